package import StageKit

/// What a report was made of, so that the next one asks and renders again only what the results have moved.
package struct KeptReport: Sendable, Equatable {
    /// The moment of the results from which it was made.
    var moment: [UInt8] = []
    var pages = KeptPages()
    /// By the digest of what a cell says, what it gave.
    var cells: [ContentDigest: KeptCell] = [:]

    /// No report.
    package init() {}

    /// The bytes to be kept until the next report.
    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(moment)
        pages.encode(into: &writer)
        writer.write(list: cells.sorted { $0.key < $1.key }) { writer, cell in
            writer.write(cell.key.bytes)
            cell.value.encode(into: &writer)
        }
        return writer.bytes
    }

    /// Reads what the last report left.
    package init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        moment = try reader.blob()
        pages = try KeptPages(decoding: &reader)
        for _ in 0..<(try reader.unsigned()) {
            guard let key = ContentDigest(try reader.blob()) else { throw LayerError("no such digest") }
            cells[key] = try KeptCell(decoding: &reader)
        }
        try reader.finish()
    }
}
