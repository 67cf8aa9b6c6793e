import Foundation
import GRDB
import Results

/// Reads what the pages show out of a results database, by the tables and views that `docs/results.md` describes: all of
/// it as it is at one moment.
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
        try whileTrue(sql, arguments) { row in
            try body(row)
            return true
        }
    }

    /// Hands over the rows of a query in order for as long as `body` asks for more.
    func whileTrue(_ sql: String, _ arguments: StatementArguments = [], _ body: (Row) throws -> Bool) throws {
        try queue.unsafeRead { db in
            let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
            while let row = try rows.next() { guard try body(row) else { return } }
        }
    }

    /// Hands over every document with the digests of its rows.
    func eachDigest(_ body: (_ document: String, _ digests: [UInt8]) throws -> Void) throws {
        try queue.unsafeRead { try DocumentDigests.each(in: $0, body) }
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
            "select document, title, date, publisher, author, language, words, bytes from documents order by document"
        ) { row in
            SiteDocument(
                id: row[0], title: row[1], date: row[2], publisher: row[3], author: row[4], language: row[5],
                words: row[6] ?? 0, bytes: row[7] ?? 0)
        }
    }

    /// The text of a document.
    func text(of document: String) throws -> String {
        try all("select text from documents where document = ?", [document]) { ($0[0] as String?) ?? "" }.first ?? ""
    }

    /// The words of a passage with the sentence in which it begins: what stands before it, the passage, and what stands
    /// behind it.
    func passage(
        _ words: String, in document: String, from start: Int, sentence: Int?
    ) throws -> (before: String, words: String, after: String) {
        guard let sentence else { return ("", words, "") }
        let found = try all(
            "select start, text from sentences where document = ? and sentence = ?", [document, sentence]
        ) { (start: ($0[0] as Int?) ?? 0, text: ($0[1] as String?) ?? "") }.first
        guard let found, found.start <= start else { return ("", words, "") }
        let scalars = found.text.unicodeScalars
        let from = scalars.dropFirst(start - found.start)
        let before = String(scalars.prefix(start - found.start))
        return (before, words, String(from.dropFirst(words.unicodeScalars.count)))
    }

    /// Where a claim begins in the text of its document.
    func start(of claim: String) throws -> Int { try number("select start from claims where claim = ?", [claim]) }
}

/// A document as the lists show it.
struct SiteDocument {
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
