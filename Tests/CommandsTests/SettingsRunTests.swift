import Engine
import Foundation
import Project
import StageKit
import TestSupport
import Testing

@testable import Commands

@Suite("Runs with settings of their own, and with many jobs")
struct SettingsRunTests {
    @Test("a run with a setting begins where the pipeline's own run left off, and gives what a run from nothing gives")
    func setting() async throws {
        let project = try SampleProject()
        try #require(await project.run() == 0)
        let setting = ["--set", "summarize-statistics.window=3"]
        #expect(await Colophon.run(["run", project.pipelinePath, "--quiet"] + setting) == 0)
        let record = try #require(try project.records(of: "sample--summarize-statistics.window-3").first)
        let ran = record.steps.filter { $0.ran > 0 }
        #expect(ran.map(\.step) == ["summarize-statistics.neighbours"])
        #expect(ran.allSatisfy { $0.causes.map(\.cause) == ["option 'window' changed"] })

        let fresh = try project.fresh()
        #expect(await Colophon.run(["run", fresh.pipelinePath, "--quiet"] + setting) == 0)
        let report = "outputs/sample--summarize-statistics.window-3/report.md"
        #expect(try project.folder.bytes(of: report) == fresh.folder.bytes(of: report))
    }

    @Test(
        "what a plan for a run with a setting says, the run does",
        arguments: ["window=3", "collocations=words", "collocations=none", "keywords=[harbour]"])
    func plan(setting: String) async throws {
        let project = try SampleProject()
        try #require(await project.run() == 0)
        let analysis = try Analysis(path: project.pipelinePath, settings: ["summarize-statistics.\(setting)"])
        let prediction = try await RunPrediction(of: analysis, jobs: 2, tell: { _ in }).prediction
        #expect(
            await Colophon.run(["run", project.pipelinePath, "--quiet", "--set", "summarize-statistics.\(setting)"])
                == 0)
        let record = try #require(try project.records(of: analysis.outputName).first)
        for work in record.steps {
            let step = try #require(prediction.steps.first { $0.key.description == work.step }?.value)
            #expect(step.certain.count == work.ran && step.reused == work.reused, "\(work.step)")
        }
    }

    @Test("an edit, a removed and a moved document are taken out of the tables, and no table is put together again")
    func noRebuild() async throws {
        let project = try SampleProject()
        try #require(await project.run() == 0)
        let path = "corpus/courier/strike.txt"
        let text = String(decoding: try project.folder.bytes(of: path), as: UTF8.self)
        try project.folder.write(text + "\nThe Harbour Board said that 90 dockers had walked out.\n", to: path)
        #expect(await project.run() == 0)
        #expect(try project.record().tables.allSatisfy { !$0.rebuilt })
        try project.folder.remove("corpus/courier/talks.txt")
        #expect(await project.run() == 0)
        #expect(try project.record().tables.allSatisfy { !$0.rebuilt })
        try project.folder.write(try project.folder.bytes(of: path), to: "corpus/wire/strike.txt")
        try project.folder.remove(path)
        #expect(await project.run() == 0)
        #expect(try project.record().tables.allSatisfy { !$0.rebuilt })
        let fresh = try project.fresh()
        try #require(await fresh.run() == 0)
        #expect(try fresh.outputs() == project.outputs())
    }

    @Test("with thirty-two jobs, thirty-two documents are in work at once", .ownConsents)
    func manyJobs() async throws {
        // Each process says that it is at work, and goes on when all of them are.
        let program = """
            import json, os, sys, time
            hello = json.loads(sys.stdin.readline())["hello"]
            print(json.dumps({"hello": {"protocol": hello["protocol"]}}), flush=True)
            for line in sys.stdin:
                record = json.loads(line)
                open("AT-WORK/%d" % os.getpid(), "w").close()
                end = time.monotonic() + 60
                while len(os.listdir("AT-WORK")) < 32 and time.monotonic() < end:
                    time.sleep(0.02)
                count = min(32, len(os.listdir("AT-WORK")))
                print(json.dumps({"n": record["n"], "spans": [{"together": count}]}), flush=True)
            """
        let documents = Dictionary(uniqueKeysWithValues: (0..<32).map { ("corpus/d\($0).txt", "Document \($0).\n") })
        let pipeline = """
            corpus:
              include: corpus/*.txt
            stages:
              - uses: clean
              - run: [python3, wait.py]
                files: [wait.py]
                reads: [text]
                writes: waited

            """
        let project = try SampleProject(documents, pipeline: pipeline)
        let atWork = project.folder.path("at-work")
        try project.folder.write(program.replacing("AT-WORK", with: atWork), to: "wait.py")
        try FileManager.default.createDirectory(
            atPath: atWork, withIntermediateDirectories: true)
        await project.trust()
        #expect(await project.run("--jobs", "32") == 0)
        #expect(try project.query("select distinct together from waited") == [["32"]])
    }
}
