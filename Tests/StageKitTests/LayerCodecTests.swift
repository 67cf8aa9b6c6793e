import StageKit
import TestSupport
import Testing
import Text

@Suite("Codecs of the layers")
struct LayerCodecTests {
    private static let mention = Mention(
        ByteSpan(3, 9), .quantity,
        value: .quantity(QuantityValue(45, lower: 40, upper: 50, unit: "km", noun: "", approximate: true)))

    private static let claim = Claim(
        ByteSpan(4, 60), source: ByteSpan(40, 50), sourceMention: 2, sourceEntity: "person:ana-brandt",
        cue: ByteSpan(51, 55), content: [ByteSpan(4, 20), ByteSpan(24, 38)], form: .mixed, stance: .hedged,
        negated: true)

    private static let layers: [any Layer] = [
        SourceBytes([0, 255, 13, 10]),
        DocumentText("Šostak said so."),
        SourceLines([0, 5, 5, 900]),
        Metadata([.init("title", "The wall", .page), .init("date", "2024-05-03", .row)]),
        Blocks([
            Blocks.Block(.title, ByteSpan(0, 8)),
            Blocks.Block(.furniture, removedAt: 9, text: "Give!", source: ByteSpan(30, 36), reason: "donation request"),
            Blocks.Block(.paragraph, ByteSpan(9, 40)),
        ]),
        Sentences([ByteSpan(0, 4), ByteSpan(5, 9)]),
        Tokens(spans: [ByteSpan(0, 3), ByteSpan(3, 4)], kinds: [.word, .punctuation]),
        Quotations([
            .init(ByteSpan(0, 40), content: ByteSpan(1, 39), form: .marked, closed: true),
            .init(ByteSpan(8, 20), content: ByteSpan(11, 17), form: .scare, closed: false, depth: 1),
        ]),
        Names([mention, Mention(ByteSpan(12, 20), .date, value: .date(DateValue("2024-05", lower: "2024-05-01")))]),
        Mentions([Mention(ByteSpan(0, 6), .person, entity: "person:ana-brandt"), mention]),
        Attributions([claim]),
        Claims([claim, Claim(ByteSpan(70, 80), content: [], form: .indirect, stance: .denied)]),
        Links([
            .init(
                claim: 1, document: "b.txt", other: ClaimReference(passage: .max, occurrence: 1), relation: .disputes,
                score: 900, reason: "figures differ")
        ]),
    ]

    @Test("every layer reads as it was written, to the same bytes")
    func roundTrip() throws {
        for layer in Self.layers { try expectRoundTrip(layer) }
    }

    private func expectRoundTrip<L: Layer>(_ layer: L) throws {
        let read = try L(encoded: layer.encoded)
        #expect(read == layer)
        #expect(read.encoded == layer.encoded)
    }

    @Test("every cut of a layer's bytes is an error")
    func cut() {
        for layer in Self.layers { expectErrors(layer) }
    }

    private func expectErrors<L: Layer>(_ layer: L) {
        let bytes = layer.encoded
        for k in bytes.indices { #expect(throws: LayerError.self) { try L(encoded: Array(bytes[..<k])) } }
        #expect(throws: LayerError.self) { try L(encoded: bytes + [0]) }
    }

    @Test("bytes of any value are an error or a layer that can be written, never a crash")
    func noise() {
        for layer in Self.layers { survive(layer) }
    }

    private func survive<L: Layer>(_ layer: L) {
        for damaged in Damage.variants(of: layer.encoded) { _ = (try? L(encoded: damaged))?.encoded }
        forSeeds(200) { random in
            var bytes = random.bytes(random.below(40))
            // short lists get further than those whose length is noise
            if let first = bytes.first { bytes[0] = first % 4 }
            _ = (try? L(encoded: bytes))?.encoded
            return nil
        }
    }

    @Test("tokens and kinds that differ in number are an error")
    func unevenTokens() {
        let bytes = Tokens(spans: [ByteSpan(0, 1)], kinds: []).encoded
        #expect(throws: LayerError("tokens and kinds differ in number")) { try Tokens(encoded: bytes) }
    }

    @Test("of two facts under one key, the better place wins, then the first")
    func metadata() {
        let metadata = Metadata([
            .init("title", "from the text", .text), .init("title", "from the row", .row),
            .init("title", "a second row", .row), .init("author", "A. Brandt", .page),
        ])
        #expect(metadata.title == "from the row")
        #expect(metadata.entries.map(\.key) == ["author", "title"])
    }

    @Test("a line is found by any of its bytes")
    func lines() {
        let lines = SourceLines([0, 10, 20])
        #expect([0, 9, 10, 19, 20, 999].map(lines.line(at:)) == [1, 1, 2, 2, 3, 3])
    }
}
