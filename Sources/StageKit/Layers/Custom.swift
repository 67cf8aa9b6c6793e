public import Text

/// What a stage of the user's own writes about a document: labelled spans and values.
public struct CustomLayer: Equatable, Sendable {
    /// One annotation.
    public struct Annotation: Hashable, Sendable {
        /// The passage; nil for one about the whole document.
        public var span: ByteSpan?
        /// What the program says of it: names and values, in order of the names.
        public var fields: [Field]

        /// An annotation.
        public init(_ span: ByteSpan?, _ fields: [Field]) {
            self.span = span
            self.fields = fields
        }
    }

    /// One named value of an annotation.
    public struct Field: Hashable, Sendable {
        /// The name.
        public var name: String
        /// What it says.
        public var value: Value

        /// The value `value` under `name`.
        public init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// A value that a program may give.
    public enum Value: Hashable, Sendable {
        case string(String)
        case integer(Int)
        case real(Double)
        case bool(Bool)
        case null
    }

    /// The annotations in the order in which the program gave them.
    public var annotations: [Annotation]

    /// These annotations.
    public init(_ annotations: [Annotation]) { self.annotations = annotations }

    /// The canonical bytes.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(list: annotations) { writer, annotation in
            writer.write(optional: annotation.span) { $0.write($1, after: 0) }
            writer.write(list: annotation.fields) { writer, field in
                writer.write(field.name)
                switch field.value {
                case .null: writer.write(byte: 0)
                case .string(let value):
                    writer.write(byte: 1)
                    writer.write(value)
                case .integer(let value):
                    writer.write(byte: 2)
                    writer.write(value)
                case .real(let value):
                    writer.write(byte: 3)
                    writer.write(value)
                case .bool(let value):
                    writer.write(byte: 4)
                    writer.write(value)
                }
            }
        }
        return writer.bytes
    }

    /// Reads canonical bytes.
    public init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        annotations = try reader.list { reader throws(LayerError) in
            let span = try reader.optional { reader throws(LayerError) in
                var zero = 0
                return try reader.span(after: &zero)
            }
            let fields = try reader.list { reader throws(LayerError) in
                let name = try reader.string()
                switch try reader.byte() {
                case 0: return Field(name, .null)
                case 1: return Field(name, .string(try reader.string()))
                case 2: return Field(name, .integer(try reader.integer()))
                case 3: return Field(name, .real(try reader.double()))
                case 4: return Field(name, .bool(try reader.bool()))
                default: throw LayerError("no such kind of value")
                }
            }
            return Annotation(span, fields)
        }
        try reader.finish()
    }
}
