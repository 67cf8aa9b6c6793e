import Digests
import Foundation
internal import GRDB
import StageKit
import Text

/// A table of counts by key and element, in pages: each page is one row of the database and holds the entries of a range
/// of keys, sorted, with what neighbours share written once, and a check.
///
/// The tables of a large corpus have millions of entries of a dozen bytes. As rows of their own they would cost SQLite
/// ten times their size and a microsecond each; a page takes some hundred of them at once.
struct PagedTable {
    let db: Database
    let name: String

    /// A page that grows beyond so many bytes is cut at the next key: two pages stand in a page of SQLite's.
    private static let full = 3600

    /// A page as it stands in the database.
    private struct Page {
        var id: Int64
        var start: [UInt8]
        var entries: [UInt8]
    }

    /// How one entry's count changes; zero where it is not there.
    struct Change {
        var key: [UInt8]
        var element: [UInt8]
        var old: Int
        var new: Int
    }

    /// Adds `changes`, whose counts may be negative, and tells each entry that they touch.
    func add(_ changes: consuming EntryMerge, each: (Change) -> Void) throws {
        var changes = changes
        var has = try changes.next()
        while has {
            let page = try page(covering: changes.key)
            let limit = try start(after: page?.start ?? [], isThere: page != nil)
            var old = EntryCursor(page?.entries ?? [])
            var hasOld = try old.next()
            var new = NewPages(table: self, page: page)
            while true {
                let isDue = has && limit.map { changes.key.precedes($0) } ?? true
                guard hasOld || isDue else { break }
                let order = !hasOld ? 1 : !isDue ? -1 : Self.order(old, changes)
                if order < 0 {
                    try new.append(old.key, old.element, old.count)
                    hasOld = try old.next()
                    continue
                }
                let before = order == 0 ? old.count : 0
                let after = before + changes.count
                each(Change(key: changes.key, element: changes.element, old: before, new: after))
                if after != 0 { try new.append(changes.key, changes.element, after) }
                if order == 0 { hasOld = try old.next() }
                has = try changes.next()
            }
            try new.finish()
        }
    }

    private static func order(_ a: EntryCursor, _ b: EntryMerge) -> Int {
        let order = a.key.order(to: b.key)
        return order == 0 ? a.element.order(to: b.element) : order
    }

    /// Writes what one page becomes: the page itself, and others behind it where it is full.
    private struct NewPages {
        let table: PagedTable
        let page: Page?
        var start: [UInt8]
        var writer = EntryWriter()
        var isFirst = true

        init(table: PagedTable, page: Page?) {
            self.table = table
            self.page = page
            start = page?.start ?? []
        }

        mutating func append(_ key: [UInt8], _ element: [UInt8], _ count: Int) throws {
            if writer.size >= PagedTable.full, key != writer.key {
                try write()
                start = key
                writer = EntryWriter()
            }
            writer.append(key, element, count)
        }

        mutating func finish() throws {
            // The first page covers everything before the second, so it stays when it is empty.
            if writer.size == 0, isFirst, let page, !page.start.isEmpty {
                try table.db.cachedStatement(sql: "DELETE FROM pages WHERE id = ?").execute(arguments: [page.id])
            } else {
                try write()
            }
        }

        private mutating func write() throws {
            let bytes = Checked.sealed(writer.bytes, place: table.place(start))
            if isFirst, let page {
                isFirst = false
                guard writer.bytes != page.entries else { return }
                try table.db.cachedStatement(sql: "UPDATE pages SET bytes = ? WHERE id = ?")
                    .execute(arguments: [Data(bytes), page.id])
            } else {
                isFirst = false
                try table.db.cachedStatement(sql: "INSERT INTO pages(name, start, bytes) VALUES (?, ?, ?)")
                    .execute(arguments: [table.name, Data(start), Data(bytes)])
            }
        }
    }

    /// What a page's check is made over beside its bytes, so that no page can answer for another.
    private func place(_ start: [UInt8]) -> [UInt8] { Array(name.utf8) + [0] + start }

    private func opened(_ start: [UInt8], _ bytes: Data) throws -> [UInt8] {
        guard let entries = Checked.opened(bytes, place: place(start)) else { throw DamagedState() }
        return entries
    }

    private func page(covering key: [UInt8]) throws -> Page? {
        let select = try db.cachedStatement(
            sql: "SELECT id, start, bytes FROM pages WHERE name = ? AND start <= ? ORDER BY start DESC LIMIT 1")
        return try Row.fetchOne(select, arguments: [name, Data(key)]).map { row in
            let start = [UInt8](try row.decode(Data.self, atIndex: 1))
            return Page(
                id: try row.decode(Int64.self, atIndex: 0), start: start,
                entries: try opened(start, row.decode(Data.self, atIndex: 2)))
        }
    }

    private func start(after start: [UInt8], isThere: Bool) throws -> [UInt8]? {
        guard isThere else { return nil }
        let select = try db.cachedStatement(
            sql: "SELECT start FROM pages WHERE name = ? AND start > ? ORDER BY start LIMIT 1")
        return try Data.fetchOne(select, arguments: [name, Data(start)]).map { [UInt8]($0) }
    }

    /// The entries of each of `keys`, which come in order, as far as there are any.
    func entries(of keys: some Sequence<[UInt8]>, _ body: (_ key: [UInt8], EntryCursor) throws -> Void) throws {
        var entries: [UInt8] = []
        var isOpen = false
        var limit: [UInt8]?
        var cursor = EntryCursor([])
        var has = false
        for key in keys {
            if !isOpen || limit.map({ !key.precedes($0) }) ?? false {
                guard let page = try page(covering: key) else { return }
                entries = page.entries
                limit = try start(after: page.start, isThere: true)
                isOpen = true
                cursor = EntryCursor(entries)
                has = try cursor.next()
            }
            while has, cursor.key.precedes(key) { has = try cursor.next() }
            while has, cursor.key == key {
                try body(key, cursor)
                has = try cursor.next()
            }
        }
    }

    /// The entries whose keys begin with `prefix`, in order.
    func entries(prefix: [UInt8], _ body: (EntryCursor) throws -> Void) throws {
        var page = try page(covering: prefix)
        while let open = page {
            var cursor = EntryCursor(open.entries)
            while try cursor.next() {
                if cursor.key.starts(with: prefix) {
                    try body(cursor)
                } else if prefix.precedes(cursor.key) {
                    return
                }
            }
            guard let next = try start(after: open.start, isThere: true), next.starts(with: prefix) else { return }
            page = try self.page(covering: next)
        }
    }

    /// The first pages behind the one that begins at `start`, up to `limit`, each with where it begins. Without
    /// `start`, from the first on.
    func pages(after start: [UInt8]?, limit: Int) throws -> [(start: [UInt8], entries: [UInt8])] {
        let select = try db.cachedStatement(
            sql: """
                SELECT start, bytes FROM pages WHERE name = ? AND start \(start == nil ? ">=" : ">") ? ORDER BY start LIMIT ?
                """)
        return try Row.fetchAll(select, arguments: [name, Data(start ?? []), limit]).map { row in
            let start = [UInt8](try row.decode(Data.self, atIndex: 0))
            return (start, try opened(start, row.decode(Data.self, atIndex: 1)))
        }
    }

    /// Where the pages begin, in order.
    func starts() throws -> [[UInt8]] {
        try Data.fetchAll(
            db, sql: "SELECT start FROM pages WHERE name = ? ORDER BY start", arguments: [name]
        ).map { [UInt8]($0) }
    }

    /// The entries of the page that begins at `start`.
    func page(at start: [UInt8]) throws -> [UInt8]? {
        let select = try db.cachedStatement(sql: "SELECT bytes FROM pages WHERE name = ? AND start = ?")
        return try Data.fetchOne(select, arguments: [name, Data(start)]).map { try opened(start, $0) }
    }

    /// Whether there is an entry. (A page that has become empty counts as one until it is taken out.)
    func isEmpty() throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT NOT EXISTS (SELECT 1 FROM pages WHERE name = ?)"), arguments: [name])
            ?? true
    }

    /// Takes everything out.
    func clear() throws { try db.execute(sql: "DELETE FROM pages WHERE name = ?", arguments: [name]) }
}
