/// The running text of a document: valid UTF-8 in NFC. Every other layer's spans are byte offsets into it.
public struct DocumentText: Layer {
    /// `text`
    public static let name: LayerName = "text"
    /// The UTF-8.
    public var bytes: [UInt8]

    /// The text with these bytes, which have to be valid UTF-8.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
    /// The text of a string.
    public init(_ string: String) { bytes = Array(string.utf8) }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) { writer.write(bytes) }
    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) { bytes = try reader.blob() }
}
