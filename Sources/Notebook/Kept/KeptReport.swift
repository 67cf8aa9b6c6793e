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

    /// Whether the pages are others than those of `report`.
    package func hasOtherPages(than report: KeptReport) -> Bool { pages != report.pages }

    /// The pages to be kept until the next report: most of the bytes, and most edits leave them as they are.
    package var encodedPages: [UInt8] {
        var writer = ByteWriter()
        pages.encode(into: &writer)
        return writer.bytes
    }

    /// The rest to be kept until the next report.
    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(moment)
        writer.write(list: cells.sorted { $0.key < $1.key }) { writer, cell in
            writer.write(cell.key.bytes)
            cell.value.encode(into: &writer)
        }
        return writer.bytes
    }

    /// Reads what the last report left.
    package init(encoded bytes: [UInt8], pages encodedPages: [UInt8]) throws(LayerError) {
        var reader = ByteReader(encodedPages)
        pages = try KeptPages(decoding: &reader)
        try reader.finish()
        reader = ByteReader(bytes)
        moment = try reader.blob()
        for _ in 0..<(try reader.unsigned()) {
            guard let key = ContentDigest(try reader.blob()) else { throw LayerError("no such digest") }
            cells[key] = try KeptCell(decoding: &reader)
        }
        try reader.finish()
    }
}
