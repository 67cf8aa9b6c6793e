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
            import json, os, sys
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

    /// A program that adds a letter to a file each time it runs, and how many there are. (Programs are not confined in the
    /// process of tests.)
    private func counted(_ body: String) throws -> (project: SampleProject, count: () -> Int) {
        let folder = try TemporaryProject([:])
        let project = try project("with open('\(folder.path("count"))', 'a') as f: f.write('x')\n\(body)")
        return (project, { (try? folder.bytes(of: "count").count) ?? 0 })
    }

    @Test("answers are kept under a key: a corpus that comes back, and a lost state, cost no run of the program")
    func cached() async throws {
        let (project, count) = try counted(#"print(json.dumps({"corpus": [{"words": len(records)}]}))"#)
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        let rows = try project.query("select document, n, word from rare order by 1, 2")
        try project.folder.write("two three\n", to: "corpus/c.txt")
        #expect(await project.run() == 0)
        #expect(count() == 2)
        let ran = try #require(try project.record().tables.first { $0.step == "all.answers" })
        #expect(ran.asked == true && ran.touched == 3)
        #expect(ran.causes == ["what it reads of the documents changed"])
        #expect(try project.query("select n, words from rare_corpus") == [["0", "3"]])

        // the corpus is what it was
        try FileManager.default.removeItem(atPath: project.folder.path("corpus/c.txt"))
        #expect(await project.run("--no-programs") == 0)
        #expect(count() == 2)
        let reused = try #require(try project.record().tables.first { $0.step == "all.answers" })
        #expect(reused.asked == false && reused.touched == 0)
        #expect(try project.query("select document, n, word from rare order by 1, 2") == rows)
        #expect(try project.query("select n, words from rare_corpus") == [["0", "2"]])

        // a file has another name, and stands at the same place among the others
        try FileManager.default.moveItem(
            atPath: project.folder.path("corpus/b.txt"), toPath: project.folder.path("corpus/bb.txt"))
        #expect(await project.run("--no-programs") == 0)
        // the state is lost, and what nobody needs is deleted
        #expect(await Colophon.run(["cache", "gc", project.folder.path()]) == 0)
        try FileManager.default.removeItem(atPath: project.folder.path(".colophon/state"))
        #expect(await project.run("--no-programs") == 0)
        #expect(count() == 2)
        #expect(
            try project.query("select document, word from rare order by 1, n")
                == [["corpus/a.txt", "one"], ["corpus/bb.txt", "three"]])
        #expect(try project.query("select n, words from rare_corpus") == [["0", "2"]])
    }

    @Test("a table has what the program says of the corpus, in its order, and stands in the lock as the others do")
    func corpusRows() async throws {
        let project = try project(
            #"print(json.dumps({"corpus": [{"topic": 2, "n": "a", "start": 0.5}, {"topic": 1, "Words": "ice"}]}))"#)
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        let query = "select n, n_, start, topic, words from rare_corpus order by n"
        #expect(try project.query(query) == [["0", "a", "0.5", "2", ""], ["1", "", "", "1", "ice"]])
        #expect(try project.query("select rows from digests where name = 'rare_corpus'") == [["2"]])
        #expect(await Colophon.run(["verify", project.pipelinePath]) == 0)

        let program = String(decoding: try project.folder.bytes(of: "s.py"), as: UTF8.self)
        try project.folder.write(program.replacing(#", {"topic": 1, "Words": "ice"}"#, with: ""), to: "s.py")
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        #expect(try project.query("select * from rare_corpus") == [["0", "a", "0.5", "2"]])
        // a run from nothing has the same table
        let digest = try project.query("select digest from digests where name = 'rare_corpus'")
        try FileManager.default.removeItem(atPath: project.folder.path(".colophon"))
        try FileManager.default.removeItem(atPath: project.folder.path("outputs"))
        #expect(await project.run() == 0)
        #expect(try project.query("select digest from digests where name = 'rare_corpus'") == digest)
    }

    @Test("a document that the program refused is still one of those that it reads")
    func refusedStays() async throws {
        let project = try project(
            """
            answers = [a if "three" not in r["text"] else {"n": r["n"], "error": "no"} for a, r in zip(answers, records)]
            print(json.dumps({"corpus": [{"seen": len(records)}]}))
            """)
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        try project.folder.write("four\n", to: "corpus/c.txt")
        #expect(await project.run() == 0)
        #expect(try project.query("select seen from rare_corpus") == [["3"]])
        #expect(try project.query("select document from left_out") == [["corpus/b.txt"]])
    }

    @Test("plan says whether the program runs, and why")
    func plan() throws {
        let project = try project()
        let home = ["XDG_DATA_HOME": project.folder.path("home")]
        func say(_ arguments: String...) throws -> String {
            let end = try ToolProcess.run(arguments, in: project.folder.path(), environment: home)
            #expect(end.code == 0, "\(end.said)")
            return end.printed
        }
        #expect(try say("plan", "pipelines/sample.yaml").contains("all.answers: may run over the whole corpus"))
        _ = try say("trust", "--yes", "pipelines/sample.yaml")
        _ = try say("run", "pipelines/sample.yaml")
        #expect(try say("plan", "pipelines/sample.yaml").contains("nothing to compute"))
        #expect(
            try say("why", "pipelines/sample.yaml", "all").contains(
                "all.answers: the program ran over 2 documents, 2 answers changed: new"))
        let program = String(decoding: try project.folder.bytes(of: "s.py"), as: UTF8.self)
        try project.folder.write(program + "# another\n", to: "s.py")
        #expect(
            try say("plan", "pipelines/sample.yaml").contains(
                "all.answers: runs over the whole corpus: program file s.py changed"))
        try project.folder.write(program, to: "s.py")
        try FileManager.default.removeItem(atPath: project.folder.path("corpus/b.txt"))
        #expect(
            try say("plan", "pipelines/sample.yaml").contains(
                "all.answers: runs over the whole corpus: what it reads of the documents changed"))
    }

    @Test("verify finds a program that gives other answers when it is asked again")
    func lies() async throws {
        let (project, count) = try counted(
            """
            answers[0]["spans"] = [{"word": str(os.stat(f.name).st_size)}]
            print(json.dumps({"corpus": [{"count": os.stat(f.name).st_size}]}))
            """)
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        let analysis = try Analysis(path: project.pipelinePath)
        let problems = try await Verification(of: analysis, jobs: 1, share: 1) { _ in }.problems
        #expect(count() == 2 && problems.count == 2)
        #expect(problems.first?.hasPrefix("'corpus/a.txt': step 'all.answers': ") == true)
        #expect(problems.last?.hasPrefix("'the whole corpus': step 'all.answers': ") == true)
        #expect(problems.allSatisfy { $0.hasSuffix("[not-deterministic]") })
    }

    @Test(
        "what a program must not say of the corpus ends the run with a message, and nothing of it is kept",
        arguments: [
            (#"print('{"corpus": 5}')"#, "'corpus' is"), (#"print('{"corpus": [5]}')"#, "row 0 is"),
            (#"print('{"corpus": [{"a": []}]}')"#, "field 'a' of row 0 is"),
            (#"print('{"corpus": []}'); print('{"corpus": []}')"#, "a second line 'corpus'"),
            ("import atexit, os; atexit.register(lambda: os._exit(3))", "exit code 3"),
            (#"import atexit; atexit.register(lambda: print('{"corpus": [', end=''))"#, "no line end"),
        ])
    func wrongRows(_ body: String, _ expected: String) throws {
        let project = try project(body)
        let home = ["XDG_DATA_HOME": project.folder.path("home")]
        for (arguments, code) in [(["trust", "--yes"], Int32(0)), (["run"], 1), (["run"], 1)] {
            let end = try ToolProcess.run(
                arguments + ["pipelines/sample.yaml"], in: project.folder.path(), environment: home)
            #expect(end.code == code, "\(end.said)")
            if code == 1 { #expect(end.said.contains(expected), "\(end.said)") }
        }
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

    @Test("check finds a program that says something else of the corpus when it is asked again")
    func unsteady() async throws {
        let (project, count) = try counted(#"print(json.dumps({"corpus": [{"size": os.stat(f.name).st_size}]}))"#)
        #expect(await project.trust() == 0)
        #expect(await Colophon.run(["check", project.pipelinePath, "--stage", "all"]) == 1)
        #expect(count() == 2)
    }

    @Test("check runs the program over its texts together")
    func check() async throws {
        let project = try project()
        #expect(await project.trust() == 0)
        #expect(await Colophon.run(["check", project.pipelinePath, "--stage", "all"]) == 0)
    }
}
