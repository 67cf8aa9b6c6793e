import StageKit

/// What a document adds to the table of forms, carried from the map to the fold.
struct NameEvidence: Layer {
    static let name: LayerName = "aliases-evidence"
    let summary: Summary

    init(_ summary: Summary) { self.summary = summary }

    func encode(into writer: inout ByteWriter) { writer.write(summary.encoded) }
    init(decoding reader: inout ByteReader) throws(LayerError) {
        summary = try Summary(encoded: try reader.blob())
    }
}
