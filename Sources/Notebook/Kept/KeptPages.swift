import StageKit

/// What the evidence pages of a report were made of, so that the next report does not write those again that would be the
/// same.
///
/// A page is a function of the ids on it, of the rows of their documents, and of the names of entities. It is held
/// against the ids that the new report would put on it, the documents whose rows have moved since, and the epoch of the
/// results, which is another one when an entity has got another name or the results were written anew.
struct KeptPages: Sendable, Equatable {
    /// One page.
    struct Page: Sendable, Equatable {
        /// The digest of its headings and ids.
        var structure: ContentDigest
        /// The numbers of the documents that it shows, or passages of them, in order.
        var documents: [Int]
        /// Those of documents that it shows as a whole.
        var wholes: [Int]
        /// What of it stands in `report.html`.
        var html: [UInt8]
    }

    /// The epoch of the results that the pages were made from.
    var epoch = ""
    /// By the path of the file.
    var pages: [String: Page] = [:]

    /// No pages.
    init() {}

    /// Writes what is to be kept until the next report.
    func encode(into writer: inout ByteWriter) {
        writer.write(epoch)
        writer.write(list: pages.sorted { $0.key < $1.key }) { writer, page in
            writer.write(page.key)
            writer.write(page.value.structure.bytes)
            for numbers in [page.value.documents, page.value.wholes] {
                var last = 0
                writer.write(list: numbers) { writer, document in
                    writer.write(document - last)
                    last = document
                }
            }
            writer.write(page.value.html)
        }
    }

    /// Reads what the last report left.
    init(decoding reader: inout ByteReader) throws(LayerError) {
        epoch = try reader.string()
        for _ in 0..<(try reader.unsigned()) {
            let path = try reader.string()
            guard let structure = ContentDigest(try reader.blob()) else { throw LayerError("no such digest") }
            let documents = try Self.numbers(&reader)
            let wholes = try Self.numbers(&reader)
            pages[path] = Page(structure: structure, documents: documents, wholes: wholes, html: try reader.blob())
        }
    }

    /// Numbers that are written as differences.
    private static func numbers(_ reader: inout ByteReader) throws(LayerError) -> [Int] {
        var last = 0
        return try reader.list { reader throws(LayerError) in
            last &+= try reader.integer()
            return last
        }
    }
}
