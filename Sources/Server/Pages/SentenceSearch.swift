import Foundation
import GRDB
import Results

/// A full-text index over the sentences of a results database, made in a file without a name.
final class SentenceSearch: Sendable {
    /// A sentence that was found.
    struct Hit: Sendable {
        let document: String
        let title: String
        let origin: String
        let sentence: Int
        /// The sentence, with ``opening`` and ``closing`` around the words that were asked for.
        let text: String
    }

    static let opening = "\u{2}"
    static let closing = "\u{3}"
    /// How many sentences a page shows.
    static let limit = 50

    private let queue: DatabaseQueue

    init(_ results: ResultsDatabase) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "colophon-\(UUID().uuidString).sqlite").path
        queue = try DatabaseQueue(path: path)
        // the file lives as long as the connection
        defer { for end in ["", "-wal", "-shm", "-journal"] { unlink(path + end) } }
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY")
            try db.execute(
                sql: "attach database ? as results", arguments: ["file:\(Self.escaped(results.path))?mode=ro"])
            try db.inTransaction {
                try db.execute(
                    sql: """
                        create virtual table found using fts5 (text, document unindexed, sentence unindexed,
                            title unindexed, origin unindexed, tokenize = "unicode61 remove_diacritics 2");
                        insert into found select replace(replace(s.text, char(2), ''), char(3), ''), s.document, s.sentence,
                            coalesce(nullif(d.title, ''), s.document),
                            coalesce(d.publisher, '') || coalesce(', ' || d.date, '')
                          from results.sentences s join results.documents d on d.document = s.document;
                        """)
                return .commit
            }
            try db.execute(sql: "detach database results")
        }
    }

    private static func escaped(_ path: String) -> String {
        path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
    }

    /// The sentences that have all words of `text`, the best first, and how many there are.
    func hits(_ text: String) throws -> (hits: [Hit], count: Int) {
        let words = text.split { !$0.isLetter && !$0.isNumber }.prefix(20)
        guard !words.isEmpty else { return ([], 0) }
        // Each word is a string, so that nothing in it is an operator; the last may be the beginning of a word.
        let query = words.map { "\"\($0)\"" }.joined(separator: " ") + "*"
        return try queue.read { db in
            let hits = try Row.fetchAll(
                db,
                sql: """
                    select document, title, origin, sentence, highlight(found, 0, ?, ?) from found where found match ?
                    order by rank, document, sentence limit ?
                    """, arguments: [Self.opening, Self.closing, query, Self.limit]
            ).map { Hit(document: $0[0], title: $0[1], origin: $0[2], sentence: $0[3], text: $0[4]) }
            let count = try Int.fetchOne(db, sql: "select count(*) from found where found match ?", arguments: [query])
            return (hits, count ?? 0)
        }
    }
}
