import Foundation
import GRDB
import Results

/// Reads what the pages show out of a results database: all of it as it is at one moment.
final class SiteReader {
    private let queue: DatabaseQueue

    init(_ database: ResultsDatabase) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.allowsUnsafeTransactions = true
        queue = try DatabaseQueue(path: database.path, configuration: configuration)
        try queue.unsafeRead { db in
            try db.execute(sql: "PRAGMA cache_size = -32768")
            try db.execute(sql: "PRAGMA mmap_size = 1073741824")
            try db.execute(sql: "BEGIN")
        }
    }

    /// Hands over the rows of a query in order.
    func each(_ sql: String, _ arguments: StatementArguments = [], _ body: (Row) throws -> Void) throws {
        try queue.unsafeRead { db in
            let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
            while let row = try rows.next() { try body(row) }
        }
    }

    /// What `body` makes of each row.
    func all<Value>(
        _ sql: String, _ arguments: StatementArguments = [], _ body: (Row) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        try each(sql, arguments) { values.append(try body($0)) }
        return values
    }

    /// A number, 0 where there is none.
    func number(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        try all(sql, arguments) { ($0[0] as Int?) ?? 0 }.first ?? 0
    }

    /// Documents in order of their paths.
    func documents() throws -> [SiteDocument] {
        try all(
            """
            select d, document, title, date, publisher, author, language, words, bytes
            from document_rows join paths using (d) order by document
            """
        ) { row in
            SiteDocument(
                number: row[0], id: row[1], title: row[2], date: row[3], publisher: row[4], author: row[5],
                language: row[6], words: row[7] ?? 0, bytes: row[8] ?? 0)
        }
    }

    /// The text of a document.
    func text(of document: Int) throws -> String {
        try all("select text from document_texts where d = ?", [document]) { ($0[0] as String?) ?? "" }.first ?? ""
    }

    /// The words of a passage with its sentence: what stands before it, the passage, and what stands behind it.
    func passage(
        in document: Int, from start: Int, to end: Int, sentence: Int?
    ) throws -> (before: String, words: String, after: String) {
        var (first, last) = (start, end)
        if let sentence {
            try each(
                "select start, \"end\" from sentence_rows where d = ? and n = ?", [document, sentence]
            ) { row in
                first = min(first, max(row[0] ?? start, start - 600))
                last = max(last, min(row[1] ?? end, end + 600))
            }
        }
        let text =
            try all(
                "select substr(text, ? + 1, ?) from document_texts where d = ?", [first, last - first, document]
            ) { ($0[0] as String?) ?? "" }.first ?? ""
        let scalars = text.unicodeScalars
        let from =
            scalars.index(scalars.startIndex, offsetBy: start - first, limitedBy: scalars.endIndex) ?? scalars.endIndex
        let to = scalars.index(from, offsetBy: max(0, end - start), limitedBy: scalars.endIndex) ?? scalars.endIndex
        return (String(text[..<from]), String(text[from..<to]), String(text[to...]))
    }
}

/// A document as the lists show it.
struct SiteDocument {
    /// Its number in the results.
    let number: Int
    /// Its path.
    let id: String
    let title: String?
    let date: String?
    let publisher: String?
    let author: String?
    let language: String?
    let words: Int
    let bytes: Int

    /// What it is called.
    var name: String { title.flatMap { $0.isEmpty ? nil : $0 } ?? id }
    /// Publisher and date, as far as they are known.
    var origin: String { [publisher, date].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ") }
    var address: String { SiteAddress.page(.document, id) }
}
