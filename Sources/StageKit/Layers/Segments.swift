public import Text

/// The sentences of the text, trimmed of white space, in order, none overlapping another, none across blocks.
public struct Sentences: Layer {
    /// `sentences`
    public static let name: LayerName = "sentences"
    /// The spans in order.
    public var spans: [ByteSpan]

    /// These sentences, in order.
    public init(_ spans: [ByteSpan]) { self.spans = spans }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) { writer.write(spans: spans) }
    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) { spans = try reader.spans() }
}

/// The tokens of the text, in order, none overlapping another, none across sentences.
public struct Tokens: Layer {
    /// What a token is.
    public enum Kind: UInt8, Sendable, CaseIterable {
        case word, number, punctuation, symbol, address

        /// The name in results.
        public var label: String { Self.labels[Int(rawValue)] }
        private static let labels = allCases.map { "\($0)" }
    }

    /// `tokens`
    public static let name: LayerName = "tokens"
    /// The spans in order.
    public var spans: [ByteSpan]
    /// What each is; as many as `spans`.
    public var kinds: [Kind]

    /// These tokens, in order.
    public init(spans: [ByteSpan], kinds: [Kind]) {
        self.spans = spans
        self.kinds = kinds
    }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) {
        // of a token, most often two bytes for its place and one for its kind
        writer.reserve(spans.count * 3 + 16)
        writer.write(spans: spans)
        writer.write(kinds.map(\.rawValue))
    }

    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) {
        spans = try reader.spans()
        var kinds: [Kind] = []
        kinds.reserveCapacity(spans.count)
        for byte in try reader.blob() {
            guard let kind = Kind(rawValue: byte) else { throw LayerError("no such kind of token") }
            kinds.append(kind)
        }
        guard kinds.count == spans.count else { throw LayerError("tokens and kinds differ in number") }
        self.kinds = kinds
    }
}

/// The passages that the text sets off as somebody's words.
public struct Quotations: Layer {
    /// How a passage is set off.
    public enum Form: UInt8, Sendable, CaseIterable {
        /// Quotation marks around speech.
        case marked
        /// Quotation marks around a word or two that the author keeps at a distance.
        case scare
        /// A block introduced by a colon, or laid out as a quotation, without marks.
        case block

        /// The name in results.
        public var label: String { Self.labels[Int(rawValue)] }
        private static let labels = allCases.map { "\($0)" }
    }

    /// One passage.
    public struct Quotation: Hashable, Sendable {
        /// From the opening mark to behind the closing one; for a block, the block's text.
        public var span: ByteSpan
        /// The words alone, without the outer marks.
        public var content: ByteSpan
        /// How it is set off.
        public var form: Form
        /// Whether its end is marked.
        public var closed: Bool
        /// How many quotations it stands in: 0 for an outer one.
        public var depth: Int

        /// A passage.
        public init(_ span: ByteSpan, content: ByteSpan, form: Form, closed: Bool, depth: Int = 0) {
            self.span = span
            self.content = content
            self.form = form
            self.closed = closed
            self.depth = depth
        }
    }

    /// `quotations`
    public static let name: LayerName = "quotations"
    /// The passages by start, an outer one before those inside it. A passage of several paragraphs is one.
    public var quotations: [Quotation]

    /// These passages, by start.
    public init(_ quotations: [Quotation]) { self.quotations = quotations }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) {
        var previous = 0
        writer.write(list: quotations) { writer, quotation in
            previous = writer.write(quotation.span, after: previous)
            writer.write(quotation.content, after: previous)
            writer.write(byte: quotation.form.rawValue)
            writer.write(quotation.closed)
            writer.write(quotation.depth)
        }
    }

    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) {
        var previous = 0
        quotations = try reader.list { reader throws(LayerError) in
            let span = try reader.span(after: &previous)
            var near = previous
            let content = try reader.span(after: &near)
            guard let form = Form(rawValue: try reader.byte()) else { throw LayerError("no such form of quotation") }
            return Quotation(span, content: content, form: form, closed: try reader.bool(), depth: try reader.integer())
        }
    }
}

extension ByteWriter {
    /// Spans, each after the one before.
    public mutating func write(spans: [ByteSpan]) {
        var previous = 0
        write(list: spans) { previous = $0.write($1, after: previous) }
    }
}

extension ByteReader {
    /// Spans that were written each after the one before.
    public mutating func spans() throws(LayerError) -> [ByteSpan] {
        var previous = 0
        return try list { reader throws(LayerError) in try reader.span(after: &previous) }
    }
}
