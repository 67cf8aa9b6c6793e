import GRDB
import Text

/// Numbers for texts that many rows of documents have: entities, questions, reasons of links. A row has the number, and
/// a table of its kind has the text once.
///
/// Each text has a count of how many rows have it, and goes with the last of them. A number is a hash of its text, so that
/// it does not depend on the runs before: SQLite may go through rows in the order of an index over numbers, and a query
/// without an order has to give the same order after every run.
final class SharedTexts {
    enum Kind: String, CaseIterable, Sendable {
        /// Texts that rows are searched for by. They have an index, which takes as much room as they do.
        case searched = "_searched_texts"
        /// Texts that are shown.
        case shown = "_shared_texts"

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
    /// The numbers of texts that were asked for lately: the newer half and the older one.
    private var recent: [String: Known] = [:]
    private var older: [String: Known] = [:]
    /// By how much the counts of other numbers have changed.
    private var changes: [Int: Int] = [:]

    /// A number with how many rows more have its text.
    private struct Known {
        let number: Int
        var change = 0
    }

    /// How many numbers are kept in each half.
    private static let most = 1 << 16

    /// The texts of a kind in `db`.
    init(_ kind: Kind, in db: Database) {
        self.kind = kind
        self.db = db
    }

    /// The number of a text in one more row.
    func number(of text: UnsafeBufferPointer<UInt8>) throws -> Int {
        let text = String(decoding: text, as: UTF8.self)
        if let place = recent.index(forKey: text) {
            recent.values[place].change += 1
            return recent.values[place].number
        }
        var known = try older.removeValue(forKey: text) ?? Known(number: stored(text))
        known.change += 1
        if recent.count >= Self.most {
            note(older)
            older = recent
            recent = [:]
        }
        recent[text] = known
        return known.number
    }

    private func note(_ texts: [String: Known]) {
        for known in texts.values { changes[known.number, default: 0] += known.change }
    }

    /// Notes that a row less has the text with this number.
    func release(_ number: Int) { changes[number, default: 0] -= 1 }

    /// Brings the counts up to date, and takes out the texts that no row has any more.
    func settle() throws {
        note(recent)
        note(older)
        recent = [:]
        older = [:]
        let update = try db.cachedStatement(sql: "update \(kind.rawValue) set uses = uses + ? where k = ?")
        for (number, change) in changes.sorted(by: { $0.key < $1.key }) where change != 0 {
            try update.execute(arguments: [change, number])
        }
        let delete = try db.cachedStatement(sql: "delete from \(kind.rawValue) where k = ? and uses <= 0")
        for (number, change) in changes where change <= 0 { try delete.execute(arguments: [number]) }
        changes = [:]
    }

    /// Takes out the texts that no row has any more, where rows went without being released one by one.
    static func removeUnused(in db: Database) throws {
        try db.execute(sql: "delete from \(Kind.searched.rawValue) where uses <= 0")
    }

    /// The number under which `text` stands in the table, where it is put in if need be.
    private func stored(_ text: String) throws -> Int {
        if kind == .searched {
            let select = try db.cachedStatement(sql: "select k from \(kind.rawValue) where text = ?")
            if let known = try Int.fetchOne(select, arguments: [text]) { return known }
        }
        // SQLite stores whole numbers of up to 47 bits in six bytes.
        var number = Int(StableHash.of(text.utf8) >> 17)
        let select = try db.cachedStatement(sql: "select text from \(kind.rawValue) where k = ?")
        while let other = try String.fetchOne(select, arguments: [number]) {
            if other.utf8.elementsEqual(text.utf8) { return number }
            number += 1
        }
        try db.cachedStatement(sql: "insert into \(kind.rawValue) values (?, ?, 0)").execute(arguments: [number, text])
        return number
    }
}
