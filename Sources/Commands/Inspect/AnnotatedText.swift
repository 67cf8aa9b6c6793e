import Project
import StageKit
import Text

/// A document's text with its names and claims marked, for a terminal or for plain text.
struct AnnotatedText {
    private let text: [UInt8]
    private let metadata: Metadata
    private let mentions: [Mention]
    private let claims: [Claim]
    private let removed: [Blocks.Block]

    /// The layers that it shows, as far as a document has them.
    static let layers: [LayerName] = [
        DocumentText.name, Metadata.name, Names.name, Mentions.name, Attributions.name, Claims.name, Blocks.name,
    ]

    init(_ layers: LayerSet) throws(LayerError) {
        text = try layers.value(DocumentText.self)?.bytes ?? []
        metadata = try layers.value(Metadata.self) ?? Metadata([])
        let names = try layers.value(Names.self)?.mentions
        mentions = try layers.value(Mentions.self)?.mentions ?? names ?? []
        let attributions = try layers.value(Attributions.self)?.claims
        claims = try layers.value(Claims.self)?.claims ?? attributions ?? []
        removed = try layers.value(Blocks.self)?.blocks.filter { !$0.isKept } ?? []
    }

    /// The text of the document `id` as lines for a person.
    func rendered(id: String, colour: Bool) -> String {
        var out = [emphasised(id.printable(keepingLines: true), colour)]
        for entry in metadata.entries { out.append("  \(entry.key): \(entry.value.printable(keepingLines: true))") }
        out += ["", marked(colour: colour), ""]
        if !claims.isEmpty { out.append(emphasised("claims", colour)) }
        for claim in claims {
            let source = claim.source.map(string) ?? (claim.cue == nil ? "the author" : "no source named")
            let cue = claim.cue.map { " (\(string($0)))" } ?? ""
            let negation = claim.negated ? ", negated" : ""
            out.append("- \(source)\(cue), \(claim.kind.label), \(claim.form.label), \(claim.stance.label)\(negation):")
            out.append("    \(claim.content.map(string).joined(separator: " … "))")
        }
        if !removed.isEmpty { out += ["", emphasised("removed", colour)] }
        for block in removed { out.append("- \(block.reason): \(block.removedText.printable(keepingLines: true))") }
        return out.joined(separator: "\n")
    }

    /// The text with what opens and closes at each byte put in.
    private func marked(colour: Bool) -> String {
        var opening: [Int: [String]] = [:]
        var closing: [Int: [String]] = [:]
        for mention in mentions where mention.kind.isName {
            opening[mention.span.start, default: []].append(colour ? "\u{1B}[4m" : "[")
            closing[mention.span.end, default: []].append(colour ? "\u{1B}[24m" : "|\(mention.kind.label)]")
        }
        for claim in claims where claim.source != nil || claim.cue != nil {
            for content in claim.content {
                opening[content.start, default: []].insert(colour ? "\u{1B}[36m" : "{", at: 0)
                closing[content.end, default: []].append(colour ? "\u{1B}[39m" : "}")
            }
        }
        var out = ""
        var from = 0
        for at in Set(opening.keys).union(closing.keys).sorted() {
            out += (UTF8Decoding.string(text, ByteSpan(from, at))).printable(keepingLines: true)
            out += (closing[at] ?? []).joined() + (opening[at] ?? []).joined()
            from = at
        }
        return out + (UTF8Decoding.string(text, ByteSpan(from, text.count))).printable(keepingLines: true)
    }

    private func string(_ span: ByteSpan) -> String {
        (UTF8Decoding.string(text, span)).printable(keepingLines: true).split(whereSeparator: \.isWhitespace).joined(
            separator: " ")
    }

    private func emphasised(_ text: String, _ colour: Bool) -> String { colour ? "\u{1B}[1m\(text)\u{1B}[22m" : text }
}
