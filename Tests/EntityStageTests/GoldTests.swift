import CleanStage
import SegmentStage
import StageKit
import TestSupport
import Testing
import Text

@testable import EntityStage

/// The stage held against what a careful reader marked in the sample corpus. Floors stand a little below what is
/// reached, so that a change that costs names is seen.
@Suite struct GoldTests {
    /// A name where both the reader and the stage have one.
    private struct Pair {
        var marked: String
        var found: String?
        var text: String
    }

    /// The layers of the documents, made once for all tests.
    private static let layers = Task { try await run() }

    private static func run() async throws -> [String: LayerSet] {
        let steps =
            try Step.prepare(CleanStage.self) + Step.prepare(SegmentStage.self) + Step.prepare(EntityStage.self)
        let run = try await MemoryRun(StepGraph(steps), over: GoldCorpus.documents(), jobs: 2)
        return Dictionary(run.documents.map { ($0.facts.id, $0.layers) }, uniquingKeysWith: { a, _ in a })
    }

    /// The marked passages of a kind in one document: those that the text as cleaned has.
    private static func marked(_ key: String, _ gold: JSONValue, _ text: [UInt8]) -> [(ByteSpan, JSONValue)] {
        (gold[key]?.elements ?? []).compactMap { item in item.passage(in: text).map { ($0, item) } }
    }

    /// Without the title, which a reader counts to the name and the stage does not.
    private static func untitled(_ span: ByteSpan, _ text: [UInt8]) -> ByteSpan {
        let titles: Set<String> = ["Mr", "Ms", "Mrs", "Dr", "Captain", "Capt", "Justice"]
        guard let blank = text[span.range].firstIndex(of: 0x20),
            titles.contains(String(decoding: text[span.start..<blank], as: UTF8.self))
        else { return span }
        return ByteSpan(blank + 1, span.end)
    }

    @Test("names are found where a reader marked them, and are of the same kind")
    func names() async throws {
        let layers = try await Self.layers.value
        var spans = Agreement(), kinds = Agreement()
        for gold in try GoldCorpus.annotations() {
            let document = try #require(layers[gold["document"]?.text ?? ""])
            let text = try #require(try document.value(DocumentText.self)).bytes
            let found = try #require(try document.value(Mentions.self)).mentions.filter { $0.kind.isName }
            spans.found += found.count
            kinds.found += found.count
            for (span, item) in Self.marked("mentions", gold, text) where item["entity"] != .null {
                spans.marked += 1
                kinds.marked += 1
                guard let same = found.first(where: { $0.span == span || $0.span == Self.untitled(span, text) }) else {
                    continue
                }
                spans.right += 1
                if same.kind.label == item["type"]?.text { kinds.right += 1 }
            }
        }
        #expect(spans.recall >= 0.96, "reached 0.979: \(spans)")
        #expect(spans.precision >= 0.88, "reached 0.903: \(spans)")
        #expect(kinds.recall >= 0.91, "reached 0.928: \(kinds)")
        #expect(kinds.precision >= 0.84, "reached 0.856: \(kinds)")
    }

    @Test("names of one entity are grouped, and never with those of another")
    func entities() async throws {
        let layers = try await Self.layers.value
        var pairs: [Pair] = []
        for gold in try GoldCorpus.annotations() {
            let document = try #require(layers[gold["document"]?.text ?? ""])
            let text = try #require(try document.value(DocumentText.self)).bytes
            let found = try #require(try document.value(Mentions.self)).mentions.filter { $0.kind.isName }
            for (span, item) in Self.marked("mentions", gold, text) {
                guard let entity = item["entity"]?.text,
                    let same = found.first(where: { $0.span == span || $0.span == Self.untitled(span, text) })
                else { continue }
                pairs.append(Pair(marked: entity, found: same.entity, text: UTF8Decoding.string(text, span)))
            }
        }
        var together = Agreement()
        var merged: Set<String> = []
        for (k, a) in pairs.enumerated() {
            for b in pairs[..<k] {
                let isMarked = a.marked == b.marked, isFound = a.found != nil && a.found == b.found
                together.marked += isMarked ? 1 : 0
                together.found += isFound ? 1 : 0
                together.right += isMarked && isFound ? 1 : 0
                if isFound, !isMarked { merged.insert("\(a.text) / \(b.text)") }
            }
        }
        #expect(merged.isEmpty, "two entities became one: \(merged.sorted())")
        #expect(together.recall >= 0.92, "reached 0.927: \(together)")
    }

    @Test("dates are found where a reader marked them")
    func dates() async throws {
        let layers = try await Self.layers.value
        var spans = Agreement()
        for gold in try GoldCorpus.annotations() {
            let document = try #require(layers[gold["document"]?.text ?? ""])
            let text = try #require(try document.value(DocumentText.self)).bytes
            let found = Set(try #require(try document.value(Mentions.self)).mentions.map(\.span))
            for (span, _) in Self.marked("dates", gold, text) {
                spans.marked += 1
                spans.right += found.contains(span) ? 1 : 0
            }
        }
        #expect(spans.recall >= 0.92, "reached 0.938: \(spans)")
    }
}
