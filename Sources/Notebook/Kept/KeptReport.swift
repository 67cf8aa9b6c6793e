package import StageKit

/// What a report was made of, so that the next one asks and renders again only what the results have moved.
package struct KeptReport: Sendable, Equatable {
    /// The moment of the results from which it was made.
    var moment: [UInt8] = []
    var pages = KeptPages()
    /// By the digest of what a cell says, what it gave.
    var cells: [ContentDigest: KeptCell] = [:]
    /// By the digest of what a named query says, what it gave.
    var queries: [ContentDigest: KeptQuery] = [:]

    /// How it is written; another one for each form.
    private static let form = 2

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
        writer.write(Self.form)
        writer.write(moment)
        writer.write(list: cells.sorted { $0.key < $1.key }) { writer, cell in
            writer.write(cell.key.bytes)
            cell.value.encode(into: &writer)
        }
        writer.write(list: queries.sorted { $0.key < $1.key }) { writer, query in
            writer.write(query.key.bytes)
            query.value.reads.encode(into: &writer)
            writer.write(optional: query.value.rows) { $0.write($1.bytes) }
        }
        return writer.bytes
    }

    /// Reads what the last report left.
    package init(encoded bytes: [UInt8], pages encodedPages: [UInt8]) throws(LayerError) {
        var reader = ByteReader(encodedPages)
        pages = try KeptPages(decoding: &reader)
        try reader.finish()
        reader = ByteReader(bytes)
        guard try reader.integer() == Self.form else { throw LayerError("a report of another form") }
        moment = try reader.blob()
        for _ in 0..<(try reader.unsigned()) {
            cells[try ContentDigest(decoding: &reader)] = try KeptCell(decoding: &reader)
        }
        for _ in 0..<(try reader.unsigned()) {
            let key = try ContentDigest(decoding: &reader)
            let reads = try KeptReads(decoding: &reader)
            let rows = try reader.optional { reader throws(LayerError) in try ContentDigest(decoding: &reader) }
            queries[key] = KeptQuery(reads: reads, rows: rows)
        }
        try reader.finish()
    }
}
