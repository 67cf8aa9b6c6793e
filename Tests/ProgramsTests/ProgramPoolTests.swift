import Foundation
import StageKit
import Testing
import Text

@testable import Programs

@Suite struct ProgramPoolTests {
    private typealias Annotation = CustomLayer.Annotation

    @Test("a program's spans become byte spans, its other fields come along in order of their names")
    func spans() async throws {
        let folder = try ProgramFolder.answering(
            """
            start = r["text"].index("wall")
            say({"n": r["n"], "spans": [{"start": start, "end": start + 4, "word": "wall", "score": 0.5, "by": 2,
                "sure": True, "none": None}, {"length": len(r["text"])}]})
            """)
        defer { folder.remove() }
        let layers = try await folder.annotate(["Łódź 😀 wall", "wall"]).map { try $0.get() }
        #expect(
            layers[0].annotations == [
                Annotation(
                    ByteSpan(13, 17),
                    [
                        .init("by", .integer(2)), .init("none", .null), .init("score", .real(0.5)),
                        .init("sure", .bool(true)), .init("word", .string("wall")),
                    ]), Annotation(nil, [.init("length", .integer(11))]),
            ])
        #expect(layers[1].annotations[0].span == ByteSpan(0, 4))
    }

    @Test("a program is given the layers that it reads, its options and a clean environment")
    func input() async throws {
        let folder = try ProgramFolder.answering(
            """
            say({"n": r["n"], "spans": [{"layers": json.dumps(r["layers"]), "options": json.dumps(hello["options"]),
                "reads": hello["reads"][0], "writes": hello["writes"], "ours": "COLOPHON_TEST" in os.environ, "lang": os.environ["LANG"],
                "home": os.environ["HOME"] == os.getcwd(), "files": len(os.listdir()), "tone": os.environ["TONE"]}]})
            """)
        defer { folder.remove() }
        setenv("COLOPHON_TEST", "not for programs", 1)
        let layers = try await folder.annotate(
            ["Łódź"], reads: ["sentences"], options: ["limit": .list([.integer(2), .real(0.5)])],
            environment: ["TONE": "low"])
        let fields = try #require(layers.first).get().annotations[0].fields
        let values = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.value) })
        #expect(values["layers"] == .string(#"{"sentences": [{"start": 0, "end": 4}]}"#))
        #expect(values["options"] == .string(#"{"limit": [2, 0.5]}"#))
        #expect(values["reads"] == .string("sentences"))
        #expect(values["writes"] == .string("tone"))
        #expect(values["ours"] == .bool(false))
        #expect(values["lang"] == .string("C.UTF-8"))
        #expect(values["home"] == .bool(true))
        #expect(values["files"] == .integer(0))
        #expect(values["tone"] == .string("low"))
    }

    @Test("megabytes both ways, answered only at the end and backwards, block nobody")
    func pipes() async throws {
        let folder = try ProgramFolder(
            """
            import json, sys
            sys.stdin.readline()
            print(json.dumps({"hello": {"protocol": 1}}))
            records = [json.loads(sys.stdin.readline()) for _ in range(40)]
            for r in reversed(records):
                print(json.dumps({"n": r["n"], "spans": [{"echo": r["text"]}]}))
            """)
        defer { folder.remove() }
        let texts = (0..<40).map { String(repeating: "\($0) ", count: 50_000) }
        let layers = try await folder.annotate(texts).map { try $0.get() }
        #expect(layers.map { $0.annotations[0].fields[0].value } == texts.map { .string($0) })
    }

    @Test("a document that the program refuses, or answers wrongly, is left out alone")
    func refusals() async throws {
        let folder = try ProgramFolder.answering(
            """
            answers = {
                "refuse": {"error": "too sad"}, "outside": {"spans": [{"start": 0, "end": 8}]},
                "backwards": {"spans": [{"start": 3, "end": 2}]}, "half": {"spans": [{"start": 3}]},
                "fraction": {"spans": [{"start": 0.5, "end": 1}]}, "nested": {"spans": [{"a": [1]}]},
                "shape": {"spans": {}}, "number": {"spans": [7]}, "fine": {"spans": []}}
            say({"n": r["n"], **answers[r["text"]]})
            """)
        defer { folder.remove() }
        let texts = ["refuse", "outside", "backwards", "half", "fraction", "nested", "shape", "number", "fine"]
        let results = try await folder.annotate(texts)
        let messages = results.map { if case .failure(let failure) = $0 { failure.summary } else { "" } }
        #expect(
            messages == [
                "too sad", "span 0 (0, 8) is outside the text of 7 code points",
                "span 0 ends before it starts (3, 2)",
                "'start' and 'end' of span 0 have to be whole numbers, or both missing",
                "'start' and 'end' of span 0 have to be whole numbers, or both missing",
                "field 'a' of span 0 is a list", "the answer has neither a list 'spans' nor an 'error'",
                "span 0 is a number, not an object", "",
            ])
    }

    @Test("one process serves batch after batch, and a second one starts only when two are wanted at once")
    func processes() async throws {
        let folder = try ProgramFolder.answering(#"say({"n": r["n"], "spans": [{"pid": os.getpid()}]})"#)
        defer { folder.remove() }
        let pool = ProgramPool(folder.specification(), workers: 2)
        var pids: Set<CustomLayer.Value> = []
        for _ in 0..<5 {
            for result in try await pool.annotate(ProgramFolder.records(["a", "b"])) {
                pids.insert(try ProgramFolder.layer(result).get().annotations[0].fields[0].value)
            }
        }
        #expect(pids.count == 1)
        try await withThrowingTaskGroup(of: [Result<[[UInt8]], StageFailure>].self) { group in
            for _ in 0..<12 { group.addTask { try await pool.annotate(ProgramFolder.records(["a"])) } }
            for try await results in group {
                pids.insert(try ProgramFolder.layer(results[0]).get().annotations[0].fields[0].value)
            }
        }
        #expect((1...2).contains(pids.count))
        await pool.shutdown()
    }

    @Test("no records need no program")
    func none() async throws {
        let folder = try ProgramFolder("exit(1)")
        defer { folder.remove() }
        #expect(try await folder.annotate([]).isEmpty)
    }
}
