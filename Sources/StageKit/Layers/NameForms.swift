/// Under which form each name of a document is looked up: the keys that its entities are asked for with.
public struct NameForms: Layer {
    /// `name-forms`
    public static let name: LayerName = "name-forms"
    /// For each mention of ``Names``, the key of its form in the decisions; nil for what is no name.
    public var keys: [FoldKey?]

    /// These keys, one a mention.
    public init(_ keys: [FoldKey?]) { self.keys = keys }

    /// Writes each distinct key once, then the index of each mention's.
    public func encode(into writer: inout ByteWriter) {
        let distinct = Set(keys.compactMap { $0 }).sorted()
        let index = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, UInt64($0 + 1)) })
        writer.write(list: distinct) { $0.write($1.bytes) }
        writer.write(list: keys) { writer, key in writer.write(key.flatMap { index[$0] } ?? 0) }
    }

    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) {
        let distinct = try reader.list { reader throws(LayerError) in FoldKey(try reader.blob()) }
        keys = try reader.list { reader throws(LayerError) in
            let index = try reader.unsigned()
            guard index <= UInt64(distinct.count) else { throw LayerError("no such form of a name") }
            return index == 0 ? nil : distinct[Int(index) - 1]
        }
    }
}
