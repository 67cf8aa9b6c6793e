/// What was read out of a file that is not a text by itself: a record of a table, a message, the text of a word processor
/// file. Its encoded bytes are the source of a document of the format `extracted`.
public struct ExtractedSource: Hashable, Sendable {
    /// How ``bytes`` are to be read.
    public enum Body: UInt8, Sendable, CaseIterable {
        /// Plain text in any encoding.
        case text
        /// Plain text in UTF-8 with a form feed behind each page.
        case pages
        /// A web page in any encoding.
        case html
        /// Markdown.
        case markdown
        /// A block a line, in UTF-8: a byte that says what it is, then the text.
        case blocks
    }

    /// What the file says about the document, in order: `title`, `date`, `author`, or a name of the file's own. `encoding`
    /// is the encoding that it declares for the text.
    public var facts: [MetadataField]
    /// What a reader has to know of how it was read: `footnotes were left out`.
    public var notes: [String]
    /// How ``bytes`` are to be read.
    public var body: Body
    /// The text.
    public var bytes: [UInt8]

    /// A source with this text.
    public init(_ body: Body, _ bytes: [UInt8], facts: [MetadataField] = [], notes: [String] = []) {
        self.facts = facts
        self.notes = notes
        self.body = body
        self.bytes = bytes
    }

    /// The canonical bytes.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.reserve(bytes.count + 64)
        writer.write(list: facts) { writer, field in
            writer.write(field.key)
            writer.write(field.value)
        }
        writer.write(list: notes) { $0.write($1) }
        writer.write(byte: body.rawValue)
        writer.write(bytes)
        return writer.bytes
    }

    /// Reads canonical bytes.
    public init(encoded: [UInt8]) throws(LayerError) {
        var reader = ByteReader(encoded)
        facts = try reader.list { reader throws(LayerError) in MetadataField(try reader.string(), try reader.string()) }
        notes = try reader.list { reader throws(LayerError) in try reader.string() }
        guard let body = Body(rawValue: try reader.byte()) else { throw LayerError("no such body of a source") }
        self.body = body
        bytes = try reader.blob()
        try reader.finish()
    }

    /// What a block of ``Body/blocks`` is, with the byte that says so.
    public enum Block: UInt8, Sendable, CaseIterable {
        case title = 0x74, heading = 0x68, paragraph = 0x70, quote = 0x71, list = 0x6C, caption = 0x63, table = 0x62
        case code = 0x78
    }
}
