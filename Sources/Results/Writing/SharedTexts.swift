import GRDB
import Text

/// Numbers for texts that many rows of documents have: entities, questions, reasons of links. A row has the number, and
/// a table of its kind has the text once.
///
/// A number is a hash of its text. SQLite may go through rows in the order of an index over numbers, and a query without
/// an order has to give the same order after every run. Each text has a count of how many rows have it, and goes with the
/// last of them.
final class SharedTexts {
    enum Kind: String, CaseIterable, Sendable {
        /// Texts that rows are searched for by. They have an index, which takes as much room as they do.
        case searched = "searched_texts"
        /// Texts that are shown.
        case shown = "shared_texts"

        /// The statement that creates the table.
        var creation: String {
            let unique = self == .searched ? " unique" : ""
            return
                "create table \(rawValue) (k integer primary key, text text not null\(unique), uses integer not null)"
        }

        /// What stands before such a text in the bytes of a row.
        var tag: UInt8 { self == .searched ? RowBytes.Tag.searched : RowBytes.Tag.shared }
    }

    let kind: Kind
    private let db: Database
    private let isFresh: Bool
    /// The numbers of texts that were asked for lately: the newer half and the older one.
    private var recent: [String: Int] = [:]
    private var older: [String: Int] = [:]
    /// By how much the counts of numbers have changed.
    private var changes: [Int: Int] = [:]

    /// How many numbers are kept in each half.
    private static let most = 1 << 16

    /// The texts of a kind in `db`; a `fresh` database has none yet.
    init(_ kind: Kind, in db: Database, fresh: Bool) throws {
        self.kind = kind
        self.db = db
        isFresh = fresh
    }

    /// The number of a text in one more row.
    func number(of text: UnsafeBufferPointer<UInt8>) throws -> Int {
        let number = try number(of: String(decoding: text, as: UTF8.self))
        changes[number, default: 0] += 1
        return number
    }

    /// Notes that a row less has the text with this number.
    func release(_ number: Int) { changes[number, default: 0] -= 1 }

    /// Brings the counts up to date, and takes out the texts that no row has any more.
    func settle() throws {
        let update = try db.cachedStatement(sql: "update \(kind.rawValue) set uses = uses + ? where k = ?")
        for (number, change) in changes.sorted(by: { $0.key < $1.key }) where change != 0 {
            try update.execute(arguments: [change, number])
        }
        if !isFresh {
            let delete = try db.cachedStatement(sql: "delete from \(kind.rawValue) where k = ? and uses <= 0")
            for (number, change) in changes where change <= 0 { try delete.execute(arguments: [number]) }
        }
        changes = [:]
    }

    private func number(of text: String) throws -> Int {
        if let number = recent[text] { return number }
        let number = try older[text] ?? stored(text)
        if recent.count >= Self.most {
            older = recent
            recent = [:]
        }
        recent[text] = number
        return number
    }

    /// The number under which `text` stands in the table, where it is put in if need be.
    private func stored(_ text: String) throws -> Int {
        let select = try db.cachedStatement(sql: "select text from \(kind.rawValue) where k = ?")
        // SQLite stores whole numbers of up to 47 bits in six bytes.
        var number = Int(StableHash.of(text.utf8) >> 17)
        while let other = try String.fetchOne(select, arguments: [number]) {
            if other == text { return number }
            number += 1
        }
        try db.cachedStatement(sql: "insert into \(kind.rawValue) values (?, ?, 0)").execute(arguments: [number, text])
        return number
    }
}
