import StageKit
import Text

/// What can be told of a layer's canonical bytes without knowing the stage that wrote them.
struct LayerCheck: Sendable {
    let name: LayerName
    /// What is wrong with a layer over a text: its coding, its spans, their order.
    let problems: @Sendable (_ encoded: [UInt8], _ text: [UInt8]) -> [String]
    /// Reads bytes that may be damaged: has to throw or to give a layer that can be written again.
    let read: @Sendable (_ bytes: [UInt8]) -> Void

    /// The check of a layer type: `spans` are all its spans in the text, `ordered` those that have to rise.
    static func of<L: Layer>(
        _ type: L.Type, spans: @escaping @Sendable (L) -> [ByteSpan] = { _ in [] },
        ordered: @escaping @Sendable (L) -> [ByteSpan] = { _ in [] }, disjoint: Bool = false
    ) -> LayerCheck {
        LayerCheck(name: L.name) { encoded, text in
            guard let layer = try? L(encoded: encoded) else { return ["can't be read again"] }
            var problems = layer.encoded == encoded ? [] : ["is written otherwise after it was read"]
            for span in spans(layer) + ordered(layer) {
                if span.start < 0 || span.end > text.count || span.start > span.end {
                    problems.append("has a span outside of the text: \(span)")
                } else if !UTF8Decoding.isBoundary(span.start, in: text) || !UTF8Decoding.isBoundary(span.end, in: text)
                {
                    problems.append("has a span inside of a code point: \(span)")
                }
            }
            let order = ordered(layer)
            for (a, b) in zip(order, order.dropFirst()) where disjoint ? b.start < a.end : b.start < a.start {
                problems.append("has spans out of order: \(a), \(b)")
            }
            return problems
        } read: { bytes in
            if let layer = try? L(encoded: bytes) { _ = layer.encoded }
        }
    }

    /// The checks of the layers that the built-in stages write.
    static let known: [LayerCheck] = [
        of(DocumentText.self), of(Metadata.self), of(SourceLines.self), of(Origin.self), of(Links.self),
        of(Questions.self),
        of(Blocks.self, ordered: { $0.blocks.map(\.span) }),
        of(Sentences.self, ordered: \.spans, disjoint: true),
        of(Tokens.self, ordered: \.spans, disjoint: true),
        of(Quotations.self, spans: { $0.quotations.map(\.content) }, ordered: { $0.quotations.map(\.span) }),
        of(Names.self, ordered: { $0.mentions.map(\.span) }),
        of(Mentions.self, ordered: { $0.mentions.map(\.span) }),
        of(Attributions.self, spans: { spans(of: $0.claims) }, ordered: { $0.claims.map(\.span) }),
        of(Claims.self, spans: { spans(of: $0.claims) }, ordered: { $0.claims.map(\.span) }),
    ]

    private static func spans(of claims: [Claim]) -> [ByteSpan] {
        claims.flatMap { claim in
            claim.content + [claim.source, claim.cue].compactMap(\.self) + claim.statements.map(\.span)
        }
    }
}
