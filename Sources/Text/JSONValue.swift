/// A JSON document (RFC 8259) as a value, read strictly and without trust: any bytes give a value or an error.
public enum JSONValue: Hashable, Sendable {
    /// A key of an object with its value.
    public struct Member: Hashable, Sendable {
        /// The key.
        public var key: String
        /// The value.
        public var value: JSONValue
    }

    /// Members in the order in which they were written, each key once.
    case object([Member])
    case array([JSONValue])
    case string(String)
    /// A number without fraction and exponent that fits.
    case integer(Int)
    case real(Double)
    case bool(Bool)
    case null

    /// The value of a key of an object; nil where there is none.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// What kind of value it is, for messages.
    public var kind: String {
        switch self {
        case .object: "an object"
        case .array: "a list"
        case .string: "a string"
        case .integer, .real: "a number"
        case .bool: "true or false"
        case .null: "null"
        }
    }

    /// Reads one document.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        var parser = JSONParser(bytes)
        self = try parser.document()
    }
}

/// Bytes that are not JSON.
public struct JSONError: Error, Hashable, Sendable {
    /// What is wrong: lower case, no full stop.
    public var summary: String
    /// The byte at which it is wrong.
    public var offset: Int
}
