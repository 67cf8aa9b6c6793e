import Results

/// The documents of a corpus that have one value of the metadata.
package struct CorpusPart {
    /// The value; empty for documents without one, and where the part is the whole corpus.
    package let name: String
    /// The numbers of its documents, in order; nil for all.
    let documents: [Int]?
    /// What reads the documents of parts that were made together, one part after another.
    private let shared: SharedReader

    private final class SharedReader {
        var reader: WordReader?
    }

    /// All documents.
    package static var whole: CorpusPart { CorpusPart(name: "", documents: nil, shared: SharedReader()) }

    /// A reader of its documents. One part has to be read before the next one is.
    func reader(in source: WordSource) throws -> WordReader {
        guard let documents else { return try WordReader(source) }
        let reader = try shared.reader ?? WordReader(source, numbers: [], columns: [])
        shared.reader = reader
        reader.begin(documents)
        return reader
    }

    /// The parts that `grouping` makes of the documents with words, in order of their names; without one the whole corpus.
    package static func all(by grouping: String?, in source: WordSource) throws -> [CorpusPart] {
        guard let grouping else { return [whole] }
        let column = try MetadataColumn(grouping, in: source)
        var documents: [String: [Int]] = [:]
        let rows = try source.rows(
            """
            select r.d, coalesce(\(column.sql), '') from _document_rows r join _paths p using (d)
                where r.d in (select d from _document_words) order by r.d
            """, column.arguments)
        for row in rows {
            guard let number = row[0].integer else { continue }
            documents[row[1].shown, default: []].append(number)
        }
        let shared = SharedReader()
        return documents.map { CorpusPart(name: $0.key, documents: $0.value, shared: shared) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}

extension ResultsValue {
    /// The value as a text; empty for null.
    var shown: String {
        switch self {
        case .null: ""
        case .text(let text): text
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        }
    }
}
