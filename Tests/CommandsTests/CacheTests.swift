import Foundation
import GRDB
import Project
import StageKit
import Store
import TestSupport
import Testing

@testable import Commands

@Suite("Looking after the cache, and holding what is kept to its inputs")
struct CacheTests {
    private func cache(_ project: SampleProject, _ arguments: String...) async -> Int32 {
        await Colophon.run(["cache"] + arguments + [project.folder.path()])
    }

    private func tamper(_ project: SampleProject, _ sql: String) throws {
        try DatabaseQueue(path: project.folder.path(".colophon/store.sqlite")).write { try $0.execute(sql: sql) }
    }

    private func state(_ project: SampleProject) -> String { project.folder.path(".colophon/state/sample.sqlite") }

    @Test("what is damaged is found, thrown away, and made anew by the next run")
    func damage() async throws {
        let project = try SampleProject()
        await project.run()
        let before = try project.outputs()
        #expect(await cache(project, "verify") == 0)
        try tamper(project, "UPDATE packs SET bytes = zeroblob(length(bytes)) WHERE id % 3 = 0")
        try await DatabaseQueue(path: state(project)).write { db in
            try db.execute(sql: "UPDATE pages SET bytes = substr(bytes, 2) WHERE id = 1")
        }
        #expect(await cache(project, "verify") == 1)
        #expect(await cache(project, "repair") == 0)
        #expect(await cache(project, "verify") == 0)
        try project.folder.remove("outputs")
        #expect(await project.run() == 0)
        #expect(try project.outputs() == before)
    }

    @Test("what the last run needs stays when rubbish is thrown away; what a run before needed stays when asked for")
    func collect() async throws {
        let project = try SampleProject()
        let path = "corpus/wire/weather.txt"
        await project.run()
        try project.folder.write("Rain\n\nTom Reed said that it rained.\n", to: path)
        await project.run()

        #expect(await cache(project, "gc", "--keep-runs", "2") == 0)
        try project.folder.write(SampleProject.documents[path, default: ""], to: path)
        await project.run()
        #expect(try project.record().documents("clean.read").isEmpty, "the first run's results were to stay")

        #expect(await cache(project, "gc") == 0)
        try project.folder.remove("outputs")
        #expect(await project.run() == 0)
        #expect(try project.record().ranCount == 0)
        try project.folder.write("Rain\n\nTom Reed said that it rained.\n", to: path)
        await project.run()
        #expect(try project.record().documents("clean.read") == [path], "the second run's results were to go")
        let fresh = try project.fresh()
        await fresh.run()
        #expect(try project.outputs() == fresh.outputs())
    }

    @Test("with a limit of next to nothing everything goes, and the next run is right all the same")
    func limit() async throws {
        let project = try SampleProject()
        await project.run()
        #expect(await cache(project, "gc", "--max-size", "1kB") == 0)
        #expect(try ResultStore(folder: project.folder.path(".colophon")).size().objects.bytes <= 1000)
        try project.folder.write("Rain\n\nTom Reed said that it rained.\n", to: "corpus/wire/weather.txt")
        #expect(await project.run() == 0)
        let fresh = try project.fresh()
        await fresh.run()
        #expect(try project.outputs() == fresh.outputs())
    }

    @Test("without a store, or with a size that is none, the usage is told")
    func usage() async throws {
        let project = try SampleProject()
        for command in ["size", "verify", "repair", "gc"] { #expect(await cache(project, command) == 2) }
        await project.run()
        #expect(await cache(project, "size") == 0)
        for size in ["", "many", "-1", "2XB"] { #expect(await cache(project, "gc", "--max-size=\(size)") == 2) }
    }

    @Test(
        "sizes are read and written as people do",
        arguments: [("500MB", 500_000_000), ("1.5 GB", 1_500_000_000), ("2GiB", 2 << 30), ("12", 12), ("3kb", 3000)])
    func bytes(text: String, bytes: Int) {
        #expect(ByteCount(text)?.bytes == bytes)
        #expect(ByteCount(1_234_567).shown == "1.2 MB" && ByteCount(999).shown == "999 B")
    }

    @Test("files that are gone leave the file table with the run that finds them gone")
    func goneFiles() async throws {
        let project = try SampleProject()
        await project.run()
        try project.folder.remove("corpus/wire/weather.txt")
        await project.run()
        let files = try ResultStore(folder: project.folder.path(".colophon")).fileRecords().keys
        #expect(files.filter { $0.hasPrefix("corpus/") }.count == 3)
    }

    @Test("a digest in the file table that is not the file's is found before it is used")
    func lyingFileTable() async throws {
        let project = try SampleProject()
        await project.run()
        let before = try project.outputs()
        let store = try ResultStore(folder: project.folder.path(".colophon"))
        // With the seal that belongs to it, as if the file had changed and its stamp had not.
        let records = try store.fileRecords().map { path, record in
            var record = record
            record.digest = try #require(ContentDigest([UInt8](repeating: 7, count: 32)))
            record.seen += 1_000_000_000
            return (path: path, record: record)
        }
        try store.update(fileRecords: records)
        #expect(await project.run() == 0)
        #expect(try project.query("SELECT document FROM left_out").isEmpty)
        #expect(try project.outputs() == before)
    }

    @Test("a digest of another file in the file table is found, though the store has all results for that file")
    func swappedFiles() async throws {
        let project = try SampleProject()
        await project.run()
        let before = try project.outputs()
        let store = try ResultStore(folder: project.folder.path(".colophon"))
        let known = try store.fileRecords()
        let other = try #require(known["corpus/wire/budget.txt"])
        var record = try #require(known["corpus/wire/weather.txt"])
        record.digest = other.digest
        record.seen += 1_000_000_000
        try store.update(fileRecords: [(path: "corpus/wire/weather.txt", record: record)])
        #expect(await project.run() == 0)
        #expect(try project.outputs() == before)
    }

    @Test("what is kept comes out again, and a program that gives something else each time is told", .ownConsents)
    func verify() async throws {
        let program = """
            import json, sys, time
            hello = json.loads(sys.stdin.readline())["hello"]
            print(json.dumps({"hello": {"protocol": hello["protocol"]}}), flush=True)
            for line in sys.stdin:
                n = json.loads(line)["n"]
                print(json.dumps({"n": n, "spans": [{"value": time.time_ns() if hello["options"].get("wild") else 1}]}),
                    flush=True)
            """
        let stage = "  - id: own\n    run: [python3, own.py]\n    files: [own.py]\n    reads: [text]\n    writes: own\n"
        for isWild in [false, true] {
            let with = isWild ? "    with: {wild: true}\n" : ""
            let project = try SampleProject(pipeline: SampleProject.pipeline + stage + with)
            try project.folder.write(program, to: "own.py")
            #expect(await Colophon.run(["verify", project.pipelinePath]) == 1, "there was no run yet")
            #expect(await project.run() == 2, "nobody has consented to the program")
            #expect(await project.trust() == 0)
            #expect(await project.run() == 0)
            let code = await Colophon.run(["verify", project.pipelinePath, "--sample", "100%", "--quiet"])
            #expect(code == (isWild ? 3 : 0))
        }
    }

    @Test("a row of the results that somebody changed, and a lock of other results, are told")
    func changedResults() async throws {
        let project = try SampleProject()
        await project.run()
        let verify = ["verify", project.pipelinePath, "--sample", "0%", "--quiet"]
        #expect(await Colophon.run(verify) == 0)
        let lock = try project.folder.text(of: "pipelines/sample.lock")
        try project.folder.write(lock.replacing("table blocks ", with: "table blocks 0"), to: "pipelines/sample.lock")
        #expect(await Colophon.run(verify) == 3)
        try project.folder.write(lock, to: "pipelines/sample.lock")
        try await DatabaseQueue(path: project.folder.path("outputs/sample/results.sqlite")).write { db in
            try db.execute(sql: "DELETE FROM _metadata_rows")
        }
        #expect(await Colophon.run(verify) == 3)
    }

    @Test("a layer of a program that the store has lost is asked for again, and poisons nothing", .ownConsents)
    func lostProgramLayer() async throws {
        let program = """
            import json, sys
            hello = json.loads(sys.stdin.readline())["hello"]
            print(json.dumps({"hello": {"protocol": hello["protocol"]}}), flush=True)
            for line in sys.stdin:
                record = json.loads(line)
                print(json.dumps({"n": record["n"], "spans": [{"start": 0, "end": len(record["text"])}]}), flush=True)
            """
        let stages = """
              - id: own
                run: [python3, own.py]
                files: [own.py]
                reads: [text]
                writes: own
              - id: next
                run: [python3, own.py, again]
                files: [own.py]
                reads: [own]
                writes: next

            """
        let project = try SampleProject(pipeline: SampleProject.pipeline + stages)
        try project.folder.write(program, to: "own.py")
        await project.trust()
        #expect(await project.run() == 0)
        try tamper(
            project, "UPDATE packs SET bytes = zeroblob(length(bytes)) WHERE id IN (SELECT pack FROM objects)")
        // The second program is another now, so that what the first one gave is asked for.
        try project.folder.write(
            SampleProject.pipeline + stages.replacing("own.py, again", with: "own.py, anew"),
            to: "pipelines/sample.yaml")
        await project.trust()
        #expect(await project.run() == 0)
        #expect(try project.query("SELECT document FROM left_out").isEmpty)
        let fresh = try project.fresh()
        #expect(await fresh.run() == 0)
        #expect(try project.outputs() == fresh.outputs())
    }

    @Test("a file that an option names is told with the line that changed")
    func optionLine() async throws {
        let pipeline = SampleProject.pipeline.replacing(
            "uses: tag-entities", with: "uses: tag-entities\n    with: {gazetteer: groups.yaml}")
        let groups = """
            - name: Harbour Trust
              type: organization
            - name: River Board
              type: organization

            """
        let project = try SampleProject(pipeline: pipeline)
        try project.folder.write(groups, to: "groups.yaml")
        #expect(await project.run() == 0)
        try project.folder.write(groups.replacing("River Board", with: "River Council"), to: "groups.yaml")
        #expect(await project.run() == 0)
        let record = try project.record()
        #expect(
            record.tables.first { $0.step == "tag-entities.entities" }?.causes
                == ["option 'gazetteer' changed: groups.yaml, line 3"])
        #expect(record.tables.filter { $0.step != "tag-entities.entities" }.allSatisfy { $0.causes == nil })
    }
}
