import Foundation
import Project
import Store
import TestSupport
import Testing

@testable import Commands

@Suite("Bad input is told, and loses nothing else")
struct BadInputTests {
    @Test("a corpus full of trouble is run without the troubled documents, and the report names them")
    func troubledCorpus() async throws {
        let project = try SampleProject()
        for (name, bytes) in [
            ("empty.txt", []), ("binary.txt", Array(0...255) + Array(0...255)), ("nul.txt", [0, 0, 0, 0]),
            ("latin.txt", Array("Tom Reed visited the caf".utf8) + [0xE9, 0x0A]),
            ("empty.html", []), ("holes.txt", Array("The NHU said\0 that it\0 rained.".utf8)),
        ] as [(String, [UInt8])] { try project.folder.write(bytes, to: "corpus/bad/\(name)") }
        #expect(mkfifo(project.folder.path("corpus/bad/fifo.txt"), 0o600) == 0)
        for (link, target) in [("loop.txt", "loop.txt"), ("away.txt", "/etc/passwd"), ("up", "..")] {
            try FileManager.default.createSymbolicLink(
                atPath: project.folder.path("corpus/bad/\(link)"), withDestinationPath: target)
        }
        #expect(await project.run() == 0)
        let left = try project.query("SELECT document, code FROM left_out ORDER BY document")
        #expect(
            left == [
                ["corpus/bad/away.txt", "link-leaves-project"], ["corpus/bad/binary.txt", "binary-file"],
                ["corpus/bad/empty.html", "empty-file"], ["corpus/bad/empty.txt", "empty-file"],
                ["corpus/bad/fifo.txt", "not-a-file"], ["corpus/bad/loop.txt", "link-loop"],
                ["corpus/bad/nul.txt", "no-text"], ["corpus/bad/up", "link-loop"],
            ])
        let record = try project.record()
        #expect(record.leftOut == 8)
        #expect(record.documents == SampleProject.documents.count + 2)
        let report = try project.folder.text(of: "outputs/sample/report.md")
        for name in left.map({ $0[0] }) { #expect(report.contains(name), "the report has to name \(name)") }

        // A file that is mended comes in, and nothing else runs.
        try project.folder.write("Tom Reed said that it was mended.\n", to: "corpus/bad/empty.txt")
        #expect(await project.run() == 0)
        #expect(try project.record().documents("clean.read") == ["corpus/bad/empty.txt"])
        #expect(try project.record().leftOut == 7)
    }

    @Test("a decision about a name that no document has is a note in the report, as long as that is so")
    func unknownDecision() async throws {
        let project = try SampleProject(
            pipeline: SampleProject.pipeline.replacing(
                "uses: tag-entities", with: "uses: tag-entities\n    with: {decisions: names.yaml}"))
        try project.folder.write(
            "merge:\n- [Petra Holm, Tom Reed]\n- [Petra Holm, Ulla Brandt]\n", to: "names.yaml")
        let note = "names.yaml, line 3: a decision names 'Ulla Brandt', which no document contains"
        #expect(await project.run() == 0)
        #expect(try project.query("SELECT value FROM about WHERE key = 'note'") == [[note]])
        #expect(try project.folder.text(of: "outputs/sample/report.md").contains("Ulla Brandt"))
        #expect(
            try project.query("SELECT count(DISTINCT entity) FROM mentions WHERE text IN ('Petra Holm', 'Tom Reed')")
                == [["1"]])

        try project.folder.write("We met Ulla Brandt, said Petra Holm.\n", to: "corpus/wire/nobody.txt")
        #expect(await project.run() == 0)
        #expect(try project.query("SELECT value FROM about WHERE key = 'note'").isEmpty)
    }

    @Test(
        "wrong decisions and gazetteers are told before anything runs",
        arguments: [
            ("decisions", "merge: [A, B]\n"), ("decisions", "merge:\n- [A, B]\n- [B, A]\n"),
            ("decisions", "mrge: []\n"),
            ("decisions", "- A\n"), ("gazetteer", "- A\n"), ("gazetteer", "- {name: A, type: team}\n"),
            ("gazetteer", "- {name: A, type: person, aliases: [C]}\n- {name: B, type: person, aliases: [C]}\n"),
        ])
    func badNames(option: String, text: String) async throws {
        let project = try SampleProject(
            pipeline: SampleProject.pipeline.replacing(
                "uses: tag-entities", with: "uses: tag-entities\n    with: {\(option): names.yaml}"))
        try project.folder.write(text, to: "names.yaml")
        #expect(await project.run() == 2)
        #expect(!project.folder.exists("outputs"))
    }

    @Test("with --no-keep-going a document left out fails the run, the second time as well")
    func noKeepGoing() async throws {
        let project = try SampleProject()
        try project.folder.write("", to: "corpus/empty.txt")
        for _ in 0..<2 { #expect(await project.run("--no-keep-going") == 1) }
        #expect(project.folder.exists("outputs/sample/report.md"))
        #expect(await project.run() == 0)
    }

    @Test("a corpus without a document fails, with nothing written over")
    func emptyCorpus() async throws {
        let project = try SampleProject()
        await project.run()
        let before = try project.outputs()
        try project.folder.remove("corpus")
        #expect(await project.run() == 1)
        #expect(try project.outputs() == before)
    }

    @Test(
        "a pipeline that is none is wrong usage",
        arguments: [
            "", "\u{0}{{", "- a\n- b\n", "text", "corpus: {include: x", "corpus:\n  include: a\n  exlude: b\n",
            "corpus: {include: a}\nstages:\n  - uses: claen\n",
            "corpus: {include: a}\nstages:\n  - uses: segment\n    with: {nonsense: 1}\n",
            "corpus: {include: a}\nstages:\n  - uses: segment\n    with: {x: $none}\n",
            """
            corpus: {include: a}
            stages:
              - {id: one, run: [cat], reads: [two-layer], writes: one-layer}
              - {id: two, run: [cat], reads: [one-layer], writes: two-layer}
            """,
            "corpus: {include: a}\nnotebook: none.md\nstages: [{uses: clean}]\n",
        ])
    func badPipeline(text: String) async throws {
        let project = try SampleProject(pipeline: text)
        #expect(await project.run() == 2)
        #expect(!project.folder.exists("outputs") && !project.folder.exists(".colophon"))
    }

    @Test("a pipeline of 100 MB is refused at once", .timeLimit(.minutes(1)))
    func largePipeline() async throws {
        let project = try SampleProject()
        try project.folder.write([UInt8](repeating: 0x20, count: 100_000_000), to: "pipelines/sample.yaml")
        #expect(await project.run() == 2)
    }

    @Test("wrong usage ends with 2, help with 0")
    func usage() async throws {
        let project = try SampleProject()
        for arguments in [
            ["run"], ["rum"], ["run", "none.yaml"],
            ["run", project.pipelinePath, "--jobs", "0"], ["run", project.pipelinePath, "--set", "x=1"],
            ["run", project.pipelinePath, "--set", "x"], ["stages", "nonsense"],
            ["show", project.pipelinePath, "nonsense"],
        ] { #expect(await Colophon.run(arguments) == 2, "\(arguments)") }
        for arguments in [["--help"], ["run", "--help"], ["help", "why"], ["--version"], ["stages"]] {
            #expect(await Colophon.run(arguments) == 0, "\(arguments)")
        }
        #expect(await Colophon.run(["why", project.pipelinePath]) == 1, "there is no run yet")
    }

    @Test(
        "what stands in the way of outputs, lock or store fails the run; out of the way, the run gives the same bytes",
        arguments: ["outputs", "outputs/sample", "outputs/sample/report.md/x", "pipelines/sample.lock/x", ".colophon"])
    func inTheWay(path: String) async throws {
        let project = try SampleProject()
        try project.folder.write("in the way", to: path)
        #expect(await project.run() == 1)
        #expect(await project.run() == 1, "a run that failed must not pass for done")
        try project.folder.remove(path.hasSuffix("/x") ? String(path.dropLast(2)) : path)
        #expect(await project.run() == 0)
        let fresh = try project.fresh()
        await fresh.run()
        #expect(try project.outputs() == (try fresh.outputs()))
    }

    @Test("a document that a program of the user's fails on is tried again by the next run", .ownConsents)
    func triedAgain() async throws {
        let project = try SampleProject(
            pipeline: SampleProject.pipeline
                + "  - {id: own, run: [python3, own.py], files: [own.py], reads: [text], writes: own}\n")
        // The program looks at a file that it does not declare, as programs do that ask a server.
        try project.folder.write(
            """
            import json, os, sys
            sys.stdin.readline()
            print(json.dumps({"hello": {"protocol": 1}}), flush=True)
            for line in sys.stdin:
                n = json.loads(line)["n"]
                if os.path.exists("\(project.folder.path("down"))") and "budget" in line:
                    print(json.dumps({"n": n, "error": "the server is down"}), flush=True)
                else:
                    print(json.dumps({"n": n, "spans": [{"start": 0, "end": 4, "word": "x"}]}), flush=True)
            """, to: "own.py")
        try project.folder.write("", to: "down")
        await project.trust()
        #expect(await project.run() == 0)
        #expect(try project.query("SELECT document, stage FROM left_out") == [["corpus/wire/budget.txt", "own"]])
        let failed = try project.outputs()
        #expect(await project.run() == 0)
        #expect(try project.outputs() == failed)
        try project.folder.remove("down")
        #expect(await project.run() == 0)
        #expect(try project.query("SELECT document FROM left_out").isEmpty)
        #expect(try project.query("SELECT count(*) FROM own") == [["4"]])
        #expect(await project.run() == 0)
        let count = try project.records().count
        #expect(await project.run() == 0)
        #expect(try project.records().count == count, "nothing is left to try again")
    }
}
