public import Text

/// The parts of a document as it was laid out: those that are its text, and those that were taken out, with the reason.
public struct Blocks: Layer {
    /// What a block is.
    public enum Kind: UInt8, Sendable, CaseIterable {
        case title, heading, paragraph, quote, list, caption, table, code, furniture

        /// The name in results.
        public var label: String { Self.labels[Int(rawValue)] }
        private static let labels = allCases.map { "\($0)" }
    }

    /// One block.
    public struct Block: Hashable, Sendable {
        /// What it is.
        public var kind: Kind
        /// Its place in the text. For a block that was taken out: empty, where it would stand.
        public var span: ByteSpan
        /// Why it was taken out: `same block in 3 documents of the Courier`, `donation request`. Empty for a kept one.
        public var reason: String
        /// What a block that was taken out says; empty for a kept one, whose text is the span's.
        public var removedText: String
        /// The bytes of the original file of a block that was taken out; a kept one's follow from the origin.
        public var removedSource: ByteSpan

        /// Whether it is part of the text.
        public var isKept: Bool { reason.isEmpty }

        /// A block of the text.
        public init(_ kind: Kind, _ span: ByteSpan) {
            self.kind = kind
            self.span = span
            reason = ""
            removedText = ""
            removedSource = ByteSpan(0, 0)
        }

        /// A block that was taken out of the text at the byte `place`.
        public init(_ kind: Kind, removedAt place: Int, text: String, source: ByteSpan, reason: String) {
            self.kind = kind
            span = ByteSpan(place, place)
            self.reason = reason
            removedText = text
            removedSource = source
        }
    }

    /// `blocks`
    public static let name: LayerName = "blocks"
    /// The blocks in order of the document.
    public var blocks: [Block]

    /// These blocks, in order of the document.
    public init(_ blocks: [Block]) { self.blocks = blocks }

    /// The blocks that are part of the text.
    public var kept: [Block] { blocks.filter(\.isKept) }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) {
        var previous = 0
        writer.write(list: blocks) { writer, block in
            writer.write(byte: block.kind.rawValue)
            previous = writer.write(block.span, after: previous)
            writer.write(block.reason)
            guard !block.isKept else { return }
            writer.write(block.removedText)
            writer.write(block.removedSource, after: 0)
        }
    }

    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) {
        var previous = 0
        blocks = try reader.list { reader throws(LayerError) in
            guard let kind = Kind(rawValue: try reader.byte()) else { throw LayerError("no such kind of block") }
            let span = try reader.span(after: &previous)
            let reason = try reader.string()
            guard !reason.isEmpty else { return Block(kind, span) }
            let text = try reader.string()
            var zero = 0
            return Block(kind, removedAt: span.start, text: text, source: try reader.span(after: &zero), reason: reason)
        }
    }
}
