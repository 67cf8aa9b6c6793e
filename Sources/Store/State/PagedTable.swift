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
    /// What tells the state that it belongs to from others.
    let identity: [UInt8]

    /// A page that grows beyond so many bytes is cut at the next key: some of them, packed, stand in a page of SQLite's.
    private static let full = 3600

    /// A page as it stands in the database.
    private struct Page {
        var id: Int64
        var start: [UInt8]
        var entries: [UInt8]
        /// Where the next page begins; nil for the last.
        var limit: [UInt8]?
    }

    /// How one entry's count changes; zero where it is not there. Its bytes are valid until the next change is told.
    struct Change {
        var entry: EntryView
        var old: Int
        var new: Int
    }

    /// Adds `changes`, whose counts may be negative, and tells each entry that they touch.
    func add(_ changes: EntryMerge, each: (Change) -> Void) throws {
        var has = try changes.next()
        while has {
            let page = try page(covering: Array(changes.entry.key))
            let limit = page?.limit
            let old = EntryCursor(page?.entries ?? [])
            var hasOld = try old.next()
            var new = NewPages(table: self, page: page)
            while true {
                let isDue = has && limit.map { changes.keyPrecedes($0) } ?? true
                guard hasOld || isDue else { break }
                let order = !hasOld ? -1 : !isDue ? 1 : changes.order(to: old)
                if order > 0 {
                    try new.append(old.entry)
                    hasOld = try old.next()
                    continue
                }
                let entry = changes.entry
                let before = order == 0 ? old.count : 0
                let after = before &+ entry.count
                each(Change(entry: entry, old: before, new: after))
                if after != 0 {
                    try new.append(EntryView(key: entry.key, element: entry.element, count: after))
                }
                if order == 0 { hasOld = try old.next() }
                has = try changes.next()
            }
            try new.finish()
        }
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

        mutating func append(_ entry: EntryView) throws {
            if writer.size >= PagedTable.full, !writer.hasKey(entry.key) {
                try write()
                start = Array(entry.key)
                writer = EntryWriter()
            }
            writer.append(entry)
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
            if isFirst, let page, writer.bytes == page.entries {
                isFirst = false
                return
            }
            let bytes = Checked.sealed(Packing.packed(writer.bytes), place: table.place(start))
            if isFirst, let page {
                isFirst = false
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
    private func place(_ start: [UInt8]) -> [UInt8] { identity + Self.place(name, start) }

    /// The part of it that is the same in every state.
    static func place(_ name: String, _ start: [UInt8]) -> [UInt8] { Array(name.utf8) + [0] + start }

    private func opened(_ start: [UInt8], _ bytes: Data) throws -> [UInt8] {
        guard let packed = Checked.opened(bytes, place: place(start)), let entries = Packing.unpacked(packed) else {
            throw DamagedState()
        }
        return entries
    }

    private func page(covering key: [UInt8]) throws -> Page? {
        let select = try db.cachedStatement(
            sql: """
                SELECT id, start, bytes,
                    (SELECT start FROM pages n WHERE n.name = p.name AND n.start > p.start ORDER BY n.start LIMIT 1)
                FROM pages p WHERE name = ? AND start <= ? ORDER BY start DESC LIMIT 1
                """)
        return try Row.fetchOne(select, arguments: [name, Data(key)]).map { row in
            let start = [UInt8](try row.decode(Data.self, atIndex: 1))
            return Page(
                id: try row.decode(Int64.self, atIndex: 0), start: start,
                entries: try opened(start, row.decode(Data.self, atIndex: 2)),
                limit: try row.decode(Data?.self, atIndex: 3).map { [UInt8]($0) })
        }
    }

    /// The pages that cover `keys`, which come in order, each with those of the keys that fall into it.
    func pages(
        covering keys: some Sequence<[UInt8]>, _ body: (_ entries: [UInt8], _ keys: [[UInt8]]) throws -> Void
    ) throws {
        var open: (entries: [UInt8], limit: [UInt8]?)?
        var covered: [[UInt8]] = []
        for key in keys {
            if let limit = open.map(\.limit), limit.map(key.precedes) ?? true {
                covered.append(key)
                continue
            }
            if let open { try body(open.entries, covered) }
            guard let page = try page(covering: key) else { return }
            open = (page.entries, page.limit)
            covered = [key]
        }
        if let open { try body(open.entries, covered) }
    }

    /// The same for many keys, which have to be in order: the pages between the first and the last are gone through one
    /// after the other, which is faster than to look for each of them.
    func pages(
        coveringMany keys: [[UInt8]], _ body: (_ entries: [UInt8], _ keys: [[UInt8]]) throws -> Void
    ) throws {
        guard let first = keys.first, let last = keys.last, let begin = try page(covering: first)?.start else { return }
        let select = try db.cachedStatement(
            sql: "SELECT start, bytes FROM pages WHERE name = ? AND start >= ? AND start <= ? ORDER BY start")
        let rows = try Row.fetchCursor(select, arguments: [name, Data(begin), Data(last)])
        var open: (start: [UInt8], bytes: Data)?
        var next = 0
        func close(before limit: [UInt8]?) throws {
            let from = next
            while next < keys.count, limit.map(keys[next].precedes) ?? true { next += 1 }
            guard let open, from < next else { return }
            try body(try opened(open.start, open.bytes), Array(keys[from..<next]))
        }
        while let row = try rows.next() {
            let start = [UInt8](try row.decode(Data.self, atIndex: 0))
            try close(before: start)
            open = (start, try row.decode(Data.self, atIndex: 1))
        }
        try close(before: nil)
    }

    /// The entries of each of `keys`, which come in order, as far as there are any.
    func entries(of keys: some Sequence<[UInt8]>, _ body: (_ key: [UInt8], EntryView) throws -> Void) throws {
        try pages(covering: keys) { entries, keys in try Self.entries(of: keys, in: entries, body) }
    }

    /// The entries of each of `keys`, which come in order, in one page.
    static func entries(
        of keys: some Sequence<[UInt8]>, in entries: [UInt8], _ body: (_ key: [UInt8], EntryView) throws -> Void
    ) throws {
        let cursor = EntryCursor(entries)
        var has = try cursor.next()
        for key in keys {
            while has, cursor.order(toKey: key) < 0 { has = try cursor.next() }
            while has, cursor.order(toKey: key) == 0 {
                try body(key, cursor.entry)
                has = try cursor.next()
            }
        }
    }

    /// The entries whose keys begin with `prefix`, in order.
    func entries(prefix: [UInt8], _ body: (EntryView) throws -> Void) throws {
        var page = try page(covering: prefix)
        while let open = page {
            let cursor = EntryCursor(open.entries)
            while try cursor.next() {
                if cursor.entry.key.starts(with: prefix) {
                    try body(cursor.entry)
                } else if cursor.order(toKey: prefix) > 0 {
                    return
                }
            }
            guard let next = open.limit, next.starts(with: prefix) else { return }
            page = try self.page(covering: next)
        }
    }

    /// The first pages behind the one that begins at `start`, or that one and those behind it, up to `limit`, each with
    /// where it begins. Without `start`, from the first on.
    func pages(
        after start: [UInt8]?, including: Bool = false, limit: Int
    ) throws -> [(start: [UInt8], entries: [UInt8])] {
        let order = start == nil || including ? ">=" : ">"
        let select = try db.cachedStatement(
            sql: "SELECT start, bytes FROM pages WHERE name = ? AND start \(order) ? ORDER BY start LIMIT ?")
        return try Row.fetchAll(select, arguments: [name, Data(start ?? []), limit]).map { row in
            let start = [UInt8](try row.decode(Data.self, atIndex: 0))
            return (start, try opened(start, row.decode(Data.self, atIndex: 1)))
        }
    }

    /// Where the page begins that covers `key`; nil where there is none.
    func startOfPage(covering key: [UInt8]) throws -> [UInt8]? {
        try Data.fetchOne(
            db, sql: "SELECT start FROM pages WHERE name = ? AND start <= ? ORDER BY start DESC LIMIT 1",
            arguments: [name, Data(key)]
        ).map { [UInt8]($0) }
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

    /// All that is there now with its counts negated, page by page: a page is read before one behind it is written to.
    func negated() throws -> EntryMerge.Run {
        let starts = try starts()
        var next = 0
        return .blocks { () throws(LayerError) in
            guard next < starts.count else { return nil }
            defer { next += 1 }
            do {
                guard let entries = try page(at: starts[next]) else { throw DamagedState() }
                return try EntryMerge.negated(entries)
            } catch {
                throw error as? LayerError ?? LayerError("a page of '\(name)' can't be read: \(error)")
            }
        }
    }

    /// Takes everything out.
    func clear() throws { try db.execute(sql: "DELETE FROM pages WHERE name = ?", arguments: [name]) }
}
