import Foundation
import TestSupport
import Testing

@testable import Commands

/// Whether a program is installed.
private func has(_ program: String, _ arguments: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
}

@Suite("Stages of one's own", .ownConsents) struct OwnStageTests {
    private static let documents = ["corpus/a.txt": "Stop! It is late. Wait!\n", "corpus/b.txt": "Çağla: 😀 go!\n"]

    /// A project with the stage that `colophon init --stage` writes for `language`.
    private func project(_ language: String, with options: String = "") async throws -> SampleProject {
        let project = try SampleProject(
            Self.documents,
            pipeline: """
                corpus: {include: corpus/*.txt}
                stages:
                  - uses: clean
                  - uses: segment
                  - uses: ./stages/mine
                \(options)
                """)
        #expect(await Colophon.run(["init", "--stage", language, project.folder.path("stages/mine")]) == 0)
        return project
    }

    private func check(_ project: SampleProject, _ rows: [[String]]) async throws {
        #expect(await Colophon.run(["trust", "--yes", project.pipelinePath]) == 0)
        #expect(await Colophon.run(["check", project.pipelinePath, "--stage", "mine"]) == 0)
        #expect(await project.run() == 0)
        #expect(try project.query("select document, text, word from exclamations order by 1, start") == rows)
    }

    private static let found = [
        ["corpus/a.txt", "Stop!", "Stop"], ["corpus/a.txt", "Wait!", "Wait"], ["corpus/b.txt", "go!", "go"],
    ]

    @Test("the stage that init writes in Python keeps to the protocol, and its options have defaults and types")
    func python() async throws {
        try await check(try await project("python"), Self.found)
        try await check(try await project("python", with: "    with: {longest: 2}"), [Self.found[2]])
        let wrong = try await project("python", with: "    with: {longest: long}")
        #expect(await wrong.run() == 2)
        let unknown = try await project("python", with: "    with: {shortest: 1}")
        #expect(await unknown.run() == 2)
    }

    @Test(
        "the stage that init writes in R keeps to the protocol",
        .enabled(if: has("Rscript", "-e", "library(jsonlite)"), "R with the package jsonlite is not installed"))
    func r() async throws { try await check(try await project("r"), Self.found) }

    @Test(
        "the stage that init writes for the shell keeps to the protocol",
        .enabled(if: has("jq", "--version"), "jq is not installed"))
    func shell() async throws {
        let project = try await project("shell")
        #expect(await Colophon.run(["trust", "--yes", project.pipelinePath]) == 0)
        #expect(await Colophon.run(["check", project.pipelinePath, "--stage", "mine"]) == 0)
        #expect(await project.run() == 0)
        #expect(
            try project.query("select document, words from lengths order by 1") == [
                ["corpus/a.txt", "5"], ["corpus/b.txt", "3"],
            ])
    }

    @Test("the stage that init writes in Swift keeps to the protocol when it is compiled")
    func swift() async throws {
        let project = try await project("swift")
        let compiler = ProcessInfo.processInfo.environment["SWIFT_EXEC"] ?? "swiftc"
        try #require(
            has(
                compiler, project.folder.path("stages/mine/stage.swift"), "-o",
                project.folder.path("stages/mine/stage")))
        try await check(project, Self.found)
    }

    @Test("every program to start from has fewer than 40 lines", arguments: StageTemplate.allCases)
    func short(language: StageTemplate) {
        for (name, text) in language.files(name: "x") { #expect(text.split(separator: "\n").count < 40, "\(name)") }
    }

    @Test("stages lists the stages of folders beside the built-in ones, and explains them")
    func lists() async throws {
        let project = try await project("python")
        let (code, _, printed) = try ToolProcess.run(["stages"], in: project.folder.path())
        #expect(code == 0 && printed.contains("\nmine (./stages/mine)\n") && printed.contains("segment\n"))
        for name in ["mine", "./stages/mine"] {
            let (code, said, printed) = try ToolProcess.run(["stages", name], in: project.folder.path())
            #expect(code == 0, "\(said)")
            #expect(
                printed.contains("in a pipeline: uses: ./stages/mine\n") && printed.contains("writes: exclamations\n"))
            #expect(printed.contains("  longest (a whole number, default 40)\n"))
        }
        try project.folder.write("summary: nothing\n", to: "stages/broken/stage.yaml")
        let broken = try ToolProcess.run(["stages"], in: project.folder.path())
        #expect(
            broken.code == 0 && broken.said.contains("[missing-key]") && broken.printed.contains("mine (./stages/mine)")
        )
        #expect(try ToolProcess.run(["stages", "./stages/none"], in: project.folder.path()).code == 2)
    }

    @Test("init changes no file that is there")
    func again() async throws {
        let project = try await project("python")
        #expect(await Colophon.run(["init", "--stage", "r", project.folder.path("stages/mine")]) == 2)
    }

    @Test("a change to a file of the stage runs it again, and a change to its limits does not")
    func files() async throws {
        let project = try await project("python")
        #expect(await Colophon.run(["trust", "--yes", project.pipelinePath]) == 0)
        #expect(await project.run() == 0)
        let yaml = String(decoding: try project.folder.bytes(of: "stages/mine/stage.yaml"), as: UTF8.self)
        try project.folder.write(yaml.replacing("seconds: 60", with: "seconds: 50"), to: "stages/mine/stage.yaml")
        #expect(await project.run() == 0)
        #expect(try project.record().documents("mine") == [])
        let program = String(decoding: try project.folder.bytes(of: "stages/mine/stage.py"), as: UTF8.self)
        try project.folder.write(program + "# the same\n", to: "stages/mine/stage.py")
        #expect(await project.run() == 2)
        #expect(await Colophon.run(["trust", "--yes", project.pipelinePath]) == 0)
        #expect(await project.run() == 0)
        #expect(try project.record().documents("mine") == ["corpus/a.txt", "corpus/b.txt"])
    }

    @Test(
        "check explains what a program does otherwise than a stage has to",
        arguments: [
            (
                #"import random; say({"n": r["n"], "spans": [{"x": random.random()}]})"#,
                "the same text gives the same answer"
            ),
            (
                #"seen = globals().setdefault("seen", []); seen.append(1); say({"n": r["n"], "spans": [{"x": len(seen)}]})"#,
                "an answer does not depend on the texts before it"
            ),
            (
                #"say({"n": r["n"], "spans": [{"start": 0, "end": len(r["text"].encode("utf-16"))}]})"#,
                "its answers are as the protocol has them"
            ),
            (#"print("debug"); say({"n": r["n"], "spans": []})"#, "it answers for every text"),
            (#"sys.exit(1) if len(r["text"]) == 1 else say({"n": r["n"], "spans": []})"#, "it answers for every text"),
        ])
    func explains(body: String, rule: String) async throws {
        let project = try SampleProject(
            Self.documents,
            pipeline: """
                corpus: {include: corpus/*.txt}
                stages:
                  - {run: [python3, s.py], files: [s.py], reads: [text], writes: mine}

                """)
        try project.folder.write(
            """
            import json, sys
            def say(value): print(json.dumps(value), flush=True)
            sys.stdin.readline(); say({"hello": {"protocol": 1}})
            for line in sys.stdin:
                r = json.loads(line)
                \(body)
            """, to: "s.py")
        let home = ["XDG_DATA_HOME": project.folder.path("home")]
        #expect(
            try ToolProcess.run(
                ["trust", "--yes", "pipelines/sample.yaml"], in: project.folder.path(), environment: home
            ).code == 0)
        let (code, said, printed) = try ToolProcess.run(
            ["check", "pipelines/sample.yaml", "--stage", "mine"], in: project.folder.path(), environment: home)
        #expect(code == 1, "\(said)")
        #expect(printed.contains("wrong \(rule)"), "\(printed)")
    }

    @Test("a document on which a program ends is left out by name, and the others have its layer")
    func crash() async throws {
        let project = try SampleProject(
            Self.documents,
            pipeline: """
                corpus: {include: corpus/*.txt}
                stages:
                  - {run: [python3, s.py], files: [s.py], reads: [text], writes: mine}

                """)
        try project.folder.write(
            """
            import json, sys
            sys.stdin.readline(); print('{"hello": {"protocol": 1}}', flush=True)
            for line in sys.stdin:
                r = json.loads(line)
                if "late" in r["text"]: sys.exit("no memory left")
                print(json.dumps({"n": r["n"], "spans": [{"x": 1}]}), flush=True)
            """, to: "s.py")
        #expect(await Colophon.run(["trust", "--yes", project.pipelinePath]) == 0)
        #expect(await project.run() == 0)
        #expect(try project.query("select document from mine") == [["corpus/b.txt"]])
        let left = try project.query("select document, stage, reason from left_out")
        #expect(
            left == [
                [
                    "corpus/a.txt", "mine",
                    "the program ended without an answer: exit code 1. It wrote: no memory left",
                ]
            ])
    }

    @Test(
        "the example with spaCy keeps to the protocol, and its names reach entities and claims",
        .enabled(
            if: has("python3", "-c", "import spacy"), "spaCy is not installed for python3: python3 -m pip install spacy"
        ))
    func spacy() async throws {
        // a pipeline of rules: trained ones are downloads of their own
        let folder = try TemporaryProject([:])
        let model = folder.path("model")
        try #require(
            has(
                "python3", "-c",
                """
                import spacy
                pipeline = spacy.blank("en")
                pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "the Ferryman of Skerrow"}])
                pipeline.to_disk("\(model)")
                """))
        let project = try SampleProject(
            ["corpus/a.txt": "Çağla: 😀 Yesterday the Ferryman of Skerrow said that the river had frozen.\n"],
            pipeline: """
                corpus: {include: corpus/*.txt}
                stages:
                  - uses: clean
                  - uses: segment
                  - {uses: ./stages/spacy, with: {model: \(model)}}
                  - uses: tag-entities
                  - uses: link-claims
                """)
        let example = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Examples/stages/spacy")
        for name in ["stage.yaml", "stage.py"] {
            let text = String(decoding: try Data(contentsOf: example.appending(path: name)), as: UTF8.self)
            #expect(text.split(separator: "\n").count < 40)
            try project.folder.write(text, to: "stages/spacy/\(name)")
        }
        #expect(await project.trust() == 0)
        #expect(await Colophon.run(["check", project.pipelinePath, "--stage", "spacy"]) == 0)
        #expect(await project.run() == 0)
        let named = try project.query("select name from entities where type = 'person'")
        #expect(named == [["the Ferryman of Skerrow"]])
        let sources = try project.query("select e.name from claims c join entities e on e.entity = c.source_entity")
        #expect(sources == named)
    }

    @Test("a pipeline need not be named where a project has one, and has to be where it has several")
    func onlyOne() async throws {
        let project = try SampleProject()
        #expect(try ToolProcess.run(["run", "--quiet"], in: project.folder.path()).code == 0)
        #expect(await Colophon.run(["run", "--quiet", project.folder.path()]) == 0)
        try project.folder.write(SampleProject.pipeline, to: "pipelines/other.yaml")
        let (code, said, _) = try ToolProcess.run(["run", "--quiet"], in: project.folder.path())
        #expect(code == 2 && said.contains("pipelines/other.yaml, ") && said.contains("[no-pipeline]"))
    }
}
