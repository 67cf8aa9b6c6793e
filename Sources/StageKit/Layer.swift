import Text

/// The name of a layer: `text`, `sentences`, or one that a user's stage writes.
public struct LayerName: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name as users write it.
    public let rawValue: String
    /// A hash of the name, taken once: layers are looked up by name for each step and document.
    private let hash: UInt64

    /// The layer of that name.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
        hash = StableHash.of(rawValue.utf8)
    }
    /// The name that a stage has for the layer: `mentions` for `people.mentions`, the layer of a second use of the stage.
    public var base: LayerName {
        rawValue.utf8.lastIndex(of: UInt8(ascii: ".")).map {
            LayerName(String(rawValue[rawValue.utf8.index(after: $0)...]))
        } ?? self
    }
    /// What a program that writes `layer` says of the corpus as a whole: `topics.corpus`.
    package static func corpus(_ layer: LayerName) -> LayerName { LayerName("\(layer).corpus") }
    /// Whether it is about the corpus as a whole and not about documents.
    package var isOfCorpus: Bool { rawValue.hasSuffix(".corpus") }
    /// The layer of that name.
    public init(stringLiteral value: String) { self.init(value) }
    /// Whether the names are the same.
    public static func == (a: LayerName, b: LayerName) -> Bool { a.hash == b.hash && a.rawValue == b.rawValue }
    /// By the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(hash) }
    /// The name.
    public var description: String { rawValue }
    /// By the bytes of the names.
    public static func < (a: LayerName, b: LayerName) -> Bool {
        a.rawValue.utf8.lexicographicallyPrecedes(b.rawValue.utf8)
    }
}

/// What one step knows about one document, as a value with one canonical encoding: equal layers have equal bytes.
public protocol Layer: Equatable, Sendable {
    /// The name under which steps read and write it.
    static var name: LayerName { get }
    /// Writes the canonical bytes.
    func encode(into writer: inout ByteWriter)
    /// Reads what ``encode(into:)`` wrote.
    init(decoding reader: inout ByteReader) throws(LayerError)
}

extension Layer {
    /// The canonical bytes.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        encode(into: &writer)
        return writer.bytes
    }

    /// The layer whose canonical bytes these are.
    public init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        self = try Self(decoding: &reader)
        try reader.finish()
    }
}
