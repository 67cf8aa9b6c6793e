import Foundation
import TestSupport
import Testing

@testable import Commands
@testable import Project

@Suite("Programs that see the whole corpus", .ownConsents) struct CorpusProgramTests {
    /// A program that says of each document how many words all documents have, and which words no other has; `body` may
    /// change the list of answers.
    private func project(_ body: String = "pass") throws -> SampleProject {
        let project = try SampleProject(
            ["corpus/a.txt": "one two\n", "corpus/b.txt": "two three\n"],
            pipeline: """
                corpus: {include: corpus/*.txt}
                stages:
                  - uses: clean
                  - {id: all, run: [python3, s.py], files: [s.py], reads: [text], writes: rare, scope: corpus}

                """)
        try project.folder.write(
            """
            import json, sys
            hello = json.loads(sys.stdin.readline())["hello"]
            print(json.dumps({"hello": {"protocol": 1}}), flush=True)
            records = []
            for line in sys.stdin:
                r = json.loads(line)
                if "end" in r: break
                records.append(r)
            assert r["end"] == len(records) and hello["scope"] == "corpus"
            answers = []
            for r in records:
                others = {w for o in records if o is not r for w in o["text"].split()}
                own = [w for w in r["text"].split() if w not in others]
                answers.append({"n": r["n"], "spans": [{"word": w} for w in own]})
            \(body)
            for answer in reversed(answers): print(json.dumps(answer), flush=True)
            """, to: "s.py")
        return project
    }

    private static let query = "select document, word from rare order by 1, n"

    @Test("each document gets what follows from all of them, and only those whose answer changed are touched again")
    func incremental() async throws {
        let project = try project()
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        #expect(try project.query(Self.query) == [["corpus/a.txt", "one"], ["corpus/b.txt", "three"]])
        #expect(await Colophon.run(["verify", project.pipelinePath]) == 0)

        try project.folder.write("two three\n", to: "corpus/c.txt")
        #expect(await project.run() == 0)
        #expect(try project.query(Self.query) == [["corpus/a.txt", "one"]])
        let work = try #require(try project.record().steps.first { $0.step == "all.layer" })
        #expect(work.causes.flatMap(\.documents).sorted() == ["corpus/b.txt", "corpus/c.txt"])

        // a run from nothing has the same rows
        let rows = try project.query("select document, n, word from rare order by 1, 2")
        try FileManager.default.removeItem(atPath: project.folder.path(".colophon"))
        #expect(await project.run() == 0)
        #expect(try project.query("select document, n, word from rare order by 1, 2") == rows)

        try FileManager.default.removeItem(atPath: project.folder.path("corpus/c.txt"))
        #expect(await project.run() == 0)
        #expect(try project.query(Self.query) == [["corpus/a.txt", "one"], ["corpus/b.txt", "three"]])
    }

    @Test("a run with tasks asks the program itself, and has the same rows as one without")
    func tasks() throws {
        let project = try project()
        for k in 0..<30 { try project.folder.write("two word\(k)\n", to: "corpus/more\(k).txt") }
        try project.folder.write("executors: {processes: {documents-per-task: 10, at-most: 2}}\n", to: "colophon.yaml")
        let here = try project.fresh()
        for (project, more) in [(here, []), (project, ["--on", "processes", "--force-tasks"])] {
            let home = ["XDG_DATA_HOME": project.folder.path("home")]
            for arguments in [["trust", "--yes", "pipelines/sample.yaml"], ["run", "pipelines/sample.yaml"] + more] {
                let end = try ToolProcess.run(arguments, in: project.folder.path(), environment: home)
                try #require(end.code == 0, "\(end.said)")
            }
        }
        #expect(try project.query("select count(*) from rare where word like 'word%'") == [["30"]])
        #expect(try project.query(Self.query) == here.query(Self.query))
        #expect(try project.outputs() == here.outputs())
    }

    @Test("the program runs again when its options or files change, and not when nothing does")
    func keys() async throws {
        let project = try project()
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        let program = String(decoding: try project.folder.bytes(of: "s.py"), as: UTF8.self)
        try project.folder.write(program.replacing("not in others", with: "in others"), to: "s.py")
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        #expect(try project.query(Self.query) == [["corpus/a.txt", "two"], ["corpus/b.txt", "two"]])
        // a program that may not be started is not needed
        #expect(await project.run("--no-programs") == 0)
        try project.folder.write("four\n", to: "corpus/c.txt")
        #expect(await project.run("--no-programs") == 1)
    }

    @Test("a document that the program refuses is left out, and the others have its answers")
    func refuses() async throws {
        let project = try project(#"answers[0] = {"n": 0, "error": "too short"}"#)
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        #expect(try project.query(Self.query) == [["corpus/b.txt", "three"]])
        #expect(
            try project.query("select document, stage, reason from left_out") == [["corpus/a.txt", "all", "too short"]])
    }

    @Test("a program that gives no answer about a document ends the run, which names the document")
    func silent() async throws {
        let project = try project("answers.pop(0)")
        #expect(await project.trust() == 0)
        let home = project.folder.path("home")
        #expect(
            try ToolProcess.run(
                ["trust", "--yes", "pipelines/sample.yaml"], in: project.folder.path(),
                environment: ["XDG_DATA_HOME": home]
            ).code == 0)
        let (code, said, _) = try ToolProcess.run(
            ["run", "pipelines/sample.yaml"], in: project.folder.path(), environment: ["XDG_DATA_HOME": home])
        #expect(code == 1 && said.contains("corpus/a.txt") && said.contains("[program-ended]"), "\(said)")
    }

    @Test("check runs the program over its texts together")
    func check() async throws {
        let project = try project()
        #expect(await project.trust() == 0)
        #expect(await Colophon.run(["check", project.pipelinePath, "--stage", "all"]) == 0)
    }
}
