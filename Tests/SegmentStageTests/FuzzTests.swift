import Foundation
import SegmentStage
import StageKit
import TestSupport
import Testing
import Text

/// Texts that nobody would write. `COLOPHON_FUZZ_SECONDS` makes the search for them as long as you like.
@Suite("Hostile texts")
struct FuzzTests {
    @Test("whatever the text, spans are sound and the same each time", arguments: HostileText.allCases)
    func survives(kind: HostileText) async throws {
        try await expectSurvival(of: [SegmentStage.self], over: kind, seeds: 1)
    }

    @Test("sentences hold all tokens, and blocks all sentences, in every language")
    func tiles() throws {
        let seconds = ProcessInfo.processInfo.environment["COLOPHON_FUZZ_SECONDS"].flatMap(Int.init)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds ?? 0)
        var seed: UInt64 = 1
        var bytes = 0
        // a number of texts when nobody asks for a time
        while seconds == nil ? seed <= 60 : clock.now < end {
            var random = SplitMix64(seed: seed)
            let text = Self.text(&random)
            let language = Self.languages[random.below(Self.languages.count)]
            if let problem = try Self.problem(in: text, language: language) {
                Issue.record("\(problem) (seed \(seed), language \(language))")
            }
            bytes += text.count
            seed += 1
        }
        if seconds != nil { print("\(seed - 1) texts, \(bytes) bytes") }
    }

    // Where the work grew with the square of the text, a test's build would be at it for hours.
    @Test(
        "long texts of one piece many times over come to an end, with sound spans", .timeLimit(.minutes(1)),
        arguments: [
            "(", "“", "‘a ", "\"", "'", "s' ", ".", "?!", ". . ", "… ", "a.", "A. ", "a-", "1-", "1.", "1,", "@a", "a@",
            "#",
            "www.", "http://a ", "http://a(", "/", "a/", "&", "A&", "·", "a·b", ":) ", "I. ", "3. ", "« ", "a'", "l'",
            "_",
            "=", "1) ", "a) ", "• ", "\n", "a:\n\n", "“a\n\n", "He said: a.\n\n", "\u{301}", "\u{200D}", "👍", "墙", "タ",
            "ไ",
            "« a. ", "a. b. ", "From: a@b.c ", "1/1/1 1:1 ", "Regards, ", "__________ ", "« ‹ “ ‘ ", "Fig. 1 ", "No. ",
        ])
    func repeated(piece: String) throws {
        let text = Array(String(repeating: piece, count: 200_000 / piece.utf8.count).utf8)
        #expect(try Self.problem(in: text, language: "fr") == nil)
    }

    private static let languages = ["de", "fr", "es", "it", "pt", "nl", "tr", "ru", "pl", "el", "ar", "en", "ja"]

    /// A text of one hostile kind or another, repaired to be UTF-8.
    private static func text(_ random: inout SplitMix64) -> [UInt8] {
        let kind = HostileText.allCases[random.below(HostileText.allCases.count)]
        return Array(String(decoding: kind.make(1 + random.below(300), &random), as: UTF8.self).utf8)
    }

    private static func run(_ text: [UInt8], blocks: [Blocks.Block], language: String) throws -> LayerSet {
        let layers = LayerSet()
        layers.set(DocumentText(text))
        layers.set(Blocks(blocks))
        layers.set(Metadata([.init("language", language, .page)]))
        for step in try Step.prepare(SegmentStage.self) {
            guard case .map(let body) = step.shape else { continue }
            layers.set(
                try body.run(StepInput(layers: layers, facts: DocumentFacts(id: "d"), contract: step.contract)))
        }
        return layers
    }

    /// What is wrong with what the stage made of the text, cut into blocks at its blank lines; nil when all is well.
    private static func problem(in text: [UInt8], language: String) throws -> String? {
        let blocks = paragraphs(of: text).map { Blocks.Block(.paragraph, $0) }
        let layers = try run(text, blocks: blocks, language: language)
        let sentences = try #require(try layers.value(Sentences.self)).spans
        let tokens = try #require(try layers.value(Tokens.self)).spans
        for (spans, name) in [(sentences, "sentence"), (tokens, "token")] {
            for (k, span) in spans.enumerated() {
                if span.isEmpty || span.end > text.count { return "a \(name) is empty or outside" }
                if k > 0, spans[k - 1].end > span.start { return "a \(name) overlaps the one before" }
                if !UTF8Decoding.isBoundary(span.start, in: text) || !UTF8Decoding.isBoundary(span.end, in: text) {
                    return "a \(name) cuts a code point"
                }
            }
        }
        if let stray = strays(tokens, from: sentences) { return "a token at \(stray.start) is in no sentence" }
        if let stray = strays(sentences, from: blocks.map(\.span)) {
            return "a sentence at \(stray.start) crosses blocks"
        }
        // nothing but white space and marks that can't be seen lies between sentences
        var at = 0
        for sentence in sentences + [ByteSpan(text.count, text.count)] {
            if let lost = lostLetter(in: ByteSpan(at, sentence.start), of: text) {
                return "'\(lost)' is in no sentence"
            }
            at = sentence.end
        }
        for quotation in try #require(try layers.value(Quotations.self)).quotations {
            guard ByteSpan(0, text.count).contains(quotation.span), quotation.span.contains(quotation.content) else {
                return "a quotation is outside"
            }
        }
        return nil
    }

    /// The first of `inner` that no span of `outer` contains; both are in order.
    private static func strays(_ inner: [ByteSpan], from outer: [ByteSpan]) -> ByteSpan? {
        var k = 0
        for span in inner {
            while k < outer.count, outer[k].end < span.end { k += 1 }
            guard k < outer.count, outer[k].contains(span) else { return span }
        }
        return nil
    }

    private static func lostLetter(in span: ByteSpan, of text: [UInt8]) -> Unicode.Scalar? {
        guard span.start < span.end else { return nil }
        return UTF8Decoding.string(text, span).unicodeScalars.first {
            !$0.properties.isWhitespace && $0.properties.generalCategory != .format
        }
    }

    private static func paragraphs(of text: [UInt8]) -> [ByteSpan] {
        var spans: [ByteSpan] = []
        var start = 0
        for k in text.indices.dropLast() where text[k] == 0x0A && text[k + 1] == 0x0A {
            if k > start { spans.append(ByteSpan(start, k)) }
            start = k + 2
        }
        if start < text.count { spans.append(ByteSpan(start, text.count)) }
        return spans
    }
}
