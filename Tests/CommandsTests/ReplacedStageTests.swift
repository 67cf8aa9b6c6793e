import Foundation
import StageKit
import TestSupport
import Testing
import Text

@testable import Commands
@testable import Project

/// A stage in Swift that gives sentences: each line is one.
private enum LineSentences: Stage {
    static let description = StageDescription(name: "lines", summary: "Each line is a sentence.")
    static let steps: [StepType] = [.map(Cut.self)]
    static let fingerprint = "lines 1"

    struct Cut: MapStep {
        static let contract = StepContract("cut", reads: [DocumentText.name], writes: [Sentences.name])
        init(options: OptionReader) throws(OptionProblem) {}
        func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
            let text = try input.layer(DocumentText.self).bytes
            var spans: [ByteSpan] = []
            for line in text.split(separator: 0x0A) { spans.append(ByteSpan(line.startIndex, line.endIndex)) }
            // a mistake that the check has to find
            if text.starts(with: Array("Bad".utf8)) { spans.append(ByteSpan(0, text.count + 1)) }
            return StepOutput(Sentences(spans))
        }
    }
}

@Suite("Built-in stages that others stand in for", .ownConsents) struct ReplacedStageTests {
    /// A project in which a program writes `layer`; `body` gives the spans of a record `r`.
    private func project(
        _ layer: String, _ body: String, text: String, reads: String = "text", stages: [String] = Self.stages
    ) throws -> SampleProject {
        let project = try SampleProject(
            ["corpus/a.txt": text],
            pipeline: """
                corpus: {include: corpus/*.txt}
                stages:
                  - {id: mine, run: [python3, s.py], files: [s.py], reads: [\(reads)], writes: \(layer)}
                \(stages.map { "  - uses: \($0)\n" }.joined())
                """)
        try project.folder.write(
            """
            import json, re, sys
            sys.stdin.readline(); print('{"hello": {"protocol": 1}}', flush=True)
            def found(pattern, text, **fields):
                return [{"start": m.start(), "end": m.end(), **fields} for m in re.finditer(pattern, text)]
            def place(word, text): return {"start": text.index(word), "end": text.index(word) + len(word)}
            for line in sys.stdin:
                r = json.loads(line)
                t = r["text"]
                print(json.dumps({"n": r["n"], "spans": \(body)}), flush=True)
            """, to: "s.py")
        return project
    }

    private static let stages = ["clean", "segment", "tag-entities", "link-claims", "summarize-statistics"]
    private static let text = "The lamp is out; Bram Oske said that 14 boats were late. “We waited,” said Ada Weir.\n"

    @Test("sentences of a program are those of all stages behind")
    func sentences() async throws {
        let project = try project("sentences", #"found(r"[^;.]+[;.]\s*", t)"#, text: Self.text)
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        #expect(
            try project.query("select text from sentences order by start") == [
                ["The lamp is out;"], ["Bram Oske said that 14 boats were late."], ["“We waited,” said Ada Weir."],
            ])
        #expect(
            try project.query("select source from claims where cue = 'said' order by start") == [
                ["Bram Oske"], ["Ada Weir"],
            ])
        // nothing is stored twice: the given layer has no table of its own
        #expect(try project.query("select count(*) from sqlite_master where name like '%mine%'") == [["0"]])
        // the same again costs nothing, and the audit of what is kept finds no difference
        #expect(await Colophon.run(["verify", project.pipelinePath]) == 0)
    }

    @Test("tokens of a program are the words that are counted")
    func tokens() async throws {
        let project = try project("tokens", #"found(r"[A-Za-z]+", t, kind="word")"#, text: "Don't stop. Go on.\n")
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        #expect(
            try project.query("select term from terms where term in ('don', 't', 'don''t') order by 1") == [
                ["don"], ["t"],
            ])
    }

    @Test("names of a program become entities and sources of claims")
    func names() async throws {
        let text = "The lamp is out. bram oske said that 14 boats were late. Later bram oske went home.\n"
        let project = try project("mentions", #"found("bram oske", t, type="person")"#, text: text)
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        #expect(try project.query("select name, type, mentions from entities") == [["bram oske", "person", "2"]])
        #expect(
            try project.query("select source, source_entity is not null from claims where cue = 'said'") == [
                ["bram oske", "1"]
            ])
    }

    @Test("claims of a program have sources with entities, statements and links")
    func claims() async throws {
        let body = """
            [{"start": 0, "end": len(t) - 1, "kind": "clause", "source": place("Ada Weir", t), "cue": place("meint", t),
              "content": [{"start": t.index("meint") + 7, "end": len(t) - 1}], "stance": "hedged"}]
            """.replacing("\n", with: " ")
        let project = try project("claims", body, text: "Ada Weir meint, 14 boats were late and the lamp was out.\n")
        try project.folder.write("Ada Weir meint, 17 boats were late and the lamp was out.\n", to: "corpus/b.txt")
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        #expect(
            try project.query(
                "select source, source_entity, cue, stance, content from claims where document = 'corpus/a.txt'")
                == [["Ada Weir", "person:ada-weir", "meint", "hedged", "14 boats were late and the lamp was out"]])
        #expect(
            try project.query("select count(*) from statements where document = 'corpus/a.txt'") == [["2"]])
        #expect(try project.query("select relation from claim_links order by 1").contains(["disputes"]))
    }

    @Test("a program gives sentences, tokens and names in one run, each in place of what a built-in stage finds")
    func several() async throws {
        let text = "the lamp is out; bram oske said that 14 boats were late\n"
        let project = try project(
            "[sentences, tokens, mentions]",
            #"{"sentences": found(r"[^;\n]+", t), "tokens": found(r"\w+", t, kind="word"), "mentions": found("bram oske", t, type="person")}"#,
            text: text)
        let program = try project.folder.text(of: "s.py")
        try project.folder.write(program.replacing(#""spans""#, with: #""layers""#), to: "s.py")
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        #expect(
            try project.query("select text from sentences order by start") == [
                ["the lamp is out"], ["bram oske said that 14 boats were late"],
            ])
        #expect(try project.query("select term from terms where term in ('oske', ';')") == [["oske"]])
        #expect(try project.query("select name, type from entities") == [["bram oske", "person"]])
        #expect(try project.query("select source from claims where cue = 'said'") == [["bram oske"]])
        #expect(await Colophon.run(["verify", project.pipelinePath]) == 0)
        #expect(await Colophon.run(["check", project.pipelinePath, "--stage", "mine"]) == 0)
        // an answer without one of them is refused, and says which
        try project.folder.write(
            program.replacing(#""spans": {"#, with: #""layers": {"words": [], "#), to: "s.py")
        #expect(await project.trust() == 0)
        #expect(await project.run() == 1)
        #expect(
            try project.query("select reason from left_out") == [
                ["the answer has a layer 'words', which the stage does not write"]
            ])
    }

    @Test("layers of one's own are written by a stage each, and so are layers of a program that sees the whole corpus")
    func severalOfOwn() throws {
        for (more, id) in [
            ("writes: [tokens, mine]", "too-many-layers"), ("writes: [tokens, tokens]", "duplicate-layer"),
            ("writes: [tokens, names]", "reserved-layer"), ("writes: []", "empty-list"),
            ("writes: [tokens, sentences], scope: corpus", "too-many-layers"),
        ] {
            let project = try SampleProject(
                ["corpus/a.txt": "One.\n"],
                pipeline: """
                    corpus: {include: corpus/*.txt}
                    stages:
                      - uses: clean
                      - {id: one, run: [cat], reads: [text], \(more)}

                    """)
            let (code, said, _) = try ToolProcess.run(["check", "pipelines/sample.yaml"], in: project.folder.path())
            #expect(code == 2 && said.contains("[\(id)]"), "\(said)")
        }
    }

    @Test("without the built-in stage, the layer of a program is the layer of the pipeline")
    func alone() async throws {
        let project = try project(
            "sentences", #"found(r"[^;.]+[;.]", t)"#, text: "One; two.\n", stages: ["clean"])
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        #expect(try project.query("select text from sentences order by start") == [["One;"], ["two."]])
    }

    @Test("what breaks a rule of the layer leaves its document out, with the document and the place")
    func refused() async throws {
        let project = try project(
            "tokens", #"found(r"\w+", t, kind="word") if "good" in t else [{"start": 0, "end": 99, "kind": "word"}]"#,
            text: "Not at all.\n")
        try project.folder.write("A good text.\n", to: "corpus/b.txt")
        #expect(await project.trust() == 0)
        #expect(await project.run() == 0)
        #expect(
            try project.query("select document, stage, reason, code from left_out") == [
                ["corpus/a.txt", "mine", "token 0 (0, 99) is outside the text of 11 code points", "bad-layer"]
            ])
    }

    @Test("two stages can't stand in for one, and other layers stay reserved")
    func twice() async throws {
        for (layer, id) in [("sentences", "layer-written-twice"), ("quotations", "reserved-layer")] {
            let project = try SampleProject(
                ["corpus/a.txt": "One.\n"],
                pipeline: """
                    corpus: {include: corpus/*.txt}
                    stages:
                      - uses: segment
                      - uses: clean
                      - {id: one, run: [cat], reads: [text], writes: \(layer)}
                      - {id: two, run: [cat], reads: [text], writes: \(layer)}

                    """)
            let (code, said, _) = try ToolProcess.run(["check", "pipelines/sample.yaml"], in: project.folder.path())
            #expect(code == 2 && said.contains("[\(id)]"), "\(said)")
        }
    }

    @Test("a stage in Swift gives sentences as well, and is held to the same rules")
    func swift() async throws {
        let project = try SampleProject(
            ["corpus/a.txt": "One. Two\nthree. four\n", "corpus/b.txt": "Bad\n"],
            pipeline: """
                corpus: {include: corpus/*.txt}
                stages:
                  - uses: clean
                  - uses: lines
                  - uses: segment

                """)
        let code = await Catalogue.$added.withValue([LineSentences.self]) { await project.run() }
        #expect(code == 0)
        #expect(try project.query("select text from sentences order by start") == [["One. Two"], ["three. four"]])
        #expect(
            try project.query("select document, stage, reason from left_out") == [
                ["corpus/b.txt", "lines", "sentence 1 (bytes 0 to 4) is outside the text of 3 bytes"]
            ])
    }

    @Test(
        "what annotate prints has the shapes of the schema, and no field that it has not",
        .enabled(if: IndependentReader.isInstalled("jsonschema"), "the Python package jsonschema is not installed"))
    func schema() throws {
        let project = try SampleProject([
            "corpus/a.txt": Self.text + "On 3 May 2019 she paid $5m; it rained for 3 days.\n"
        ])
        let (code, said, printed) = try ToolProcess.run(["annotate", "corpus/a.txt"], in: project.folder.path())
        #expect(code == 0, "\(said)")
        try project.folder.write(printed, to: "records.jsonl")
        let schema = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../docs/layers.schema.json")
        let result = try IndependentReader.run("layers.py", schema.path, project.folder.path("records.jsonl"))
        #expect(result.code == 0 && (Int(result.printed.dropLast()) ?? 0) > 20, "\(result.printed)")
    }
}
