/// The parts of a key, in the order in which they are written: tagged and length-prefixed, never joined as text.
///
/// The parts are kept with the result, so that an explanation can compare two lists and name what differs.
public struct KeyFields: Hashable, Sendable {
    /// One part: what it is, and its bytes.
    public struct Field: Hashable, Sendable {
        /// What the part is: `layer text`, `option window`.
        public var tag: String
        /// Its bytes, usually a digest.
        public var bytes: [UInt8]
    }

    /// The parts in order.
    public private(set) var fields: [Field] = []

    /// No parts yet.
    public init() {}

    /// Adds a part.
    public mutating func add(_ tag: String, _ bytes: [UInt8]) { fields.append(Field(tag: tag, bytes: bytes)) }

    /// Adds a part whose bytes are a string's.
    public mutating func add(_ tag: String, _ string: String) { add(tag, Array(string.utf8)) }

    /// The bytes that are hashed to give the key.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(list: fields) { writer, field in
            writer.write(field.tag)
            writer.write(field.bytes)
        }
        return writer.bytes
    }

    /// Reads what ``encoded`` wrote.
    public init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        fields = try reader.list { reader throws(LayerError) in
            Field(tag: try reader.string(), bytes: try reader.blob())
        }
        try reader.finish()
    }
}

extension OptionValue {
    /// The canonical bytes of the value for a key; a file counts by its content, not its path or its lines.
    public func encode(into writer: inout ByteWriter) {
        switch self {
        case .null: writer.write(byte: 0)
        case .bool(let value):
            writer.write(byte: 1)
            writer.write(value)
        case .integer(let value):
            writer.write(byte: 2)
            writer.write(value)
        case .real(let value):
            writer.write(byte: 3)
            writer.write(value)
        case .string(let value):
            writer.write(byte: 4)
            writer.write(value)
        case .list(let values):
            writer.write(byte: 5)
            writer.write(list: values) { $1.encode(into: &$0) }
        case .mapping(let entries):
            writer.write(byte: 6)
            writer.write(list: entries) { writer, entry in
                writer.write(entry.key)
                entry.value.encode(into: &writer)
            }
        case .file(let file):
            writer.write(byte: 7)
            writer.write(file.bytes)
        }
    }

    /// The canonical bytes.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        encode(into: &writer)
        return writer.bytes
    }
}
