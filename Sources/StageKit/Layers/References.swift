public import Text

/// Words that mean somebody or something that the document names elsewhere: *she*, *the ministry*, *the governor*.
///
/// `tag-entities` writes this layer with its names, before it is known who is who over the corpus. To learn whom the
/// words for a source mean, look up the span of the pronoun or of the description with ``reference(covering:)``; the
/// reference's ``Reference/mention`` is a position in ``Names`` and in ``Mentions`` alike, so the entity is that mention's.
/// Words of which nothing tells whom they mean are not in the layer: they stay open, and whoever reads it leaves them open
/// too. Pronouns within a quotation are resolved like others; *I*, *we* and *you* never are, since only the one who finds
/// the speaker can tell.
public struct References: Layer {
    /// `references`
    public static let name: LayerName = "references"
    /// By start; none overlaps another.
    public var references: [Reference]

    /// These references, by start.
    public init(_ references: [Reference]) { self.references = references }

    /// The reference that begins within `span`, the last one if there are several: in "his deputy, she said" the words
    /// that come last are the head of the phrase. Nil where none does.
    public func reference(covering span: ByteSpan) -> Reference? {
        var low = 0
        var high = references.count
        while low < high {
            let middle = (low + high) / 2
            if references[middle].span.start < span.end { low = middle + 1 } else { high = middle }
        }
        guard low > 0, references[low - 1].span.start >= span.start, references[low - 1].span.end <= span.end else {
            return nil
        }
        return references[low - 1]
    }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) {
        var previous = 0
        writer.write(list: references) { writer, reference in
            previous = writer.write(reference.span, after: previous)
            writer.write(byte: reference.kind.rawValue)
            writer.write(UInt64(max(0, reference.mention)))
        }
    }

    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) {
        var previous = 0
        references = try reader.list { reader throws(LayerError) in
            let span = try reader.span(after: &previous)
            guard let kind = Reference.Kind(rawValue: try reader.byte()) else {
                throw LayerError("no such kind of reference")
            }
            guard let mention = Int(exactly: try reader.unsigned()) else {
                throw LayerError("no such mention")
            }
            return Reference(span, kind, mention: mention)
        }
    }
}

/// A word or a phrase that means what a name elsewhere in its document means.
public struct Reference: Hashable, Sendable {
    /// What the words are.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// *he, him, his, she, her, it, they* and the like.
        case pronoun
        /// A description with an article: *the ministry, the company, the militant*.
        case description

        /// The name in results.
        public var label: String { self == .pronoun ? "pronoun" : "description" }
    }

    /// The pronoun, or the description with its article.
    public var span: ByteSpan
    /// What the words are.
    public var kind: Kind
    /// The position in ``Names`` of the name that is meant: the last one before the words that means the same.
    public var mention: Int

    /// A reference.
    public init(_ span: ByteSpan, _ kind: Kind, mention: Int) {
        self.span = span
        self.kind = kind
        self.mention = mention
    }
}
