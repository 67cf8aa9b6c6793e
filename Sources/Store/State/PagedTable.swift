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

    /// A page is cut at the next key when its entries, packed, are likely to take so many bytes: several of them stand in a
    /// page of SQLite's.
    private static let full = 3000
    /// Bytes of entries at which a page is cut, at least and at most: entries that have much in common are packed to a
    /// tenth, but whoever wants one of them reads all of the page.
    private static let cuts = 3600...20_000

    /// A page as it stands in the database.
    private struct Page {
        var id: Int64
        var start: [UInt8]
        var entries: [UInt8]
        /// How many bytes the entries take, packed.
        var packed: Int
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
            var new = NewPages(place: identity + Array(name.utf8) + [0], page: page)
            while true {
                let isDue = has && limit.map { changes.keyPrecedes($0) } ?? true
                guard hasOld || isDue else { break }
                let order = !hasOld ? -1 : !isDue ? 1 : changes.order(to: old)
                if order > 0 {
                    new.append(old.entry)
                    hasOld = try old.next()
                    continue
                }
                let entry = changes.entry
                let before = order == 0 ? old.count : 0
                let after = before &+ entry.count
                each(Change(entry: entry, old: before, new: after))
                if after != 0 {
                    new.append(EntryView(key: entry.key, element: entry.element, count: after))
                }
                if order == 0 { hasOld = try old.next() }
                has = try changes.next()
            }
            if new.finish(), let page {
                // The first page covers everything before the second, so it stays when it is empty.
                if page.start.isEmpty {
                    new.write()
                } else {
                    try db.cachedStatement(sql: "DELETE FROM pages WHERE id = ?").execute(arguments: [page.id])
                }
            }
            try write(new.written)
        }
    }

    /// Whether there is no page.
    var isEmpty: Bool {
        get throws {
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT 1 FROM pages WHERE name = ? LIMIT 1"), arguments: [name]) == nil
        }
    }

    /// What is to be written of a page.
    struct Written: Sendable {
        /// The page that it takes the place of; nil for a new one.
        var id: Int64?
        var start: [UInt8]
        /// Packed and sealed.
        var bytes: [UInt8]
    }

    /// Writes pages.
    func write(_ pages: [Written]) throws {
        let update = try RawStatement(db, "UPDATE pages SET bytes = ? WHERE id = ?")
        let insert = try RawStatement(db, "INSERT INTO pages(name, start, bytes) VALUES (?, ?, ?)")
        for page in pages {
            if let id = page.id {
                update.bind(page.bytes, at: 1)
                update.bind(id, at: 2)
                try update.execute()
            } else {
                insert.bind(name, at: 1)
                insert.bind(page.start, at: 2)
                insert.bind(page.bytes, at: 3)
                try insert.execute()
            }
        }
    }

    /// Pages that are put together at once, before `write` is called with them.
    private static let batch = 64

    /// Makes the pages of a table that is empty as yet from all of its entries, and tells each. It does so without a
    /// database, which only `write` needs now and then: several tables can be made side by side.
    static func build(
        _ name: String, _ identity: [UInt8], from entries: EntryMerge, each: (Change) -> Void,
        write: ([Written]) throws -> Void
    ) throws {
        var pages = NewPages(place: identity + Array(name.utf8) + [0], page: nil)
        while try entries.next() {
            let entry = entries.entry
            each(Change(entry: entry, old: 0, new: entry.count))
            pages.append(entry)
            if pages.written.count >= batch {
                try write(pages.written)
                pages.written = []
            }
        }
        pages.finish()
        try write(pages.written)
    }

    /// Puts together what one page becomes: the page itself, and others behind it where it is full.
    private struct NewPages: ~Copyable {
        /// What the check of each page is made over, but for where the page begins.
        let place: [UInt8]
        let page: Page?
        var start: [UInt8]
        var writer = EntryWriter()
        var isFirst = true
        /// Bytes of entries at which the next page is cut.
        var cut: Int
        /// Pages that are to be written.
        var written: [Written] = []

        init(place: [UInt8], page: Page?) {
            self.place = place
            self.page = page
            start = page?.start ?? []
            cut = page.map { Self.cut($0.entries.count, packed: $0.packed) } ?? PagedTable.cuts.lowerBound
        }

        /// Where to cut a page whose entries can be packed as well as these.
        private static func cut(_ size: Int, packed: Int) -> Int {
            min(max(size * PagedTable.full / max(1, packed), PagedTable.cuts.lowerBound), PagedTable.cuts.upperBound)
        }

        mutating func append(_ entry: EntryView) {
            if writer.size >= cut, !writer.hasKey(entry.key) {
                write()
                start = Array(entry.key)
                writer = EntryWriter()
            }
            writer.append(entry)
        }

        /// The last page. Returns whether it is the first one, and nothing is left of it.
        @discardableResult
        mutating func finish() -> Bool {
            if writer.size == 0, isFirst { return true }
            write()
            return false
        }

        mutating func write() {
            defer { isFirst = false }
            let entries = writer.bytes
            if isFirst, let page, entries == page.entries { return }
            let packed = Packing.packed(entries)
            cut = Self.cut(writer.size, packed: packed.count)
            written.append(
                Written(
                    id: isFirst ? page?.id : nil, start: start, bytes: Checked.sealed(packed, place: place + start)))
        }
    }

    /// What a page's check is made over beside its bytes, so that no page can answer for another.
    private func place(_ start: [UInt8]) -> [UInt8] { identity + Self.place(name, start) }

    /// The part of it that is the same in every state.
    static func place(_ name: String, _ start: [UInt8]) -> [UInt8] { Array(name.utf8) + [0] + start }

    /// The entries of a page.
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
            let bytes = try row.decode(Data.self, atIndex: 2)
            return Page(
                id: try row.decode(Int64.self, atIndex: 0), start: start, entries: try opened(start, bytes),
                packed: bytes.count - Checked.length,
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

    /// The entries whose keys begin with one of `prefixes`, with the number of the prefix, in order. The prefixes have to be
    /// in order, and none may begin with another. A page in which several of them begin is read once.
    func entries(prefixes: [[UInt8]], _ body: (_ prefix: Int, EntryView) throws -> Void) throws {
        var next = 0
        while next < prefixes.count, let page = try page(covering: prefixes[next]) {
            var open = page
            while true {
                let cursor = EntryCursor(open.entries)
                while next < prefixes.count, try cursor.next() {
                    while next < prefixes.count, !cursor.entry.key.starts(with: prefixes[next]),
                        cursor.order(toKey: prefixes[next]) > 0
                    { next += 1 }
                    if next < prefixes.count, cursor.entry.key.starts(with: prefixes[next]) {
                        try body(next, cursor.entry)
                    }
                }
                guard next < prefixes.count, let limit = open.limit else { return }
                // A page that does not go on with the prefix has nothing more for it.
                if !limit.starts(with: prefixes[next]) {
                    while next < prefixes.count, prefixes[next].precedes(limit), !limit.starts(with: prefixes[next]) {
                        next += 1
                    }
                    break
                }
                guard let following = try self.page(covering: limit) else { return }
                open = following
            }
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
        try all { entries throws(LayerError) in try EntryMerge.negated(entries) }
    }

    /// All that is there now, page by page, as `change` changes a page.
    func all(
        _ change: @escaping ([UInt8]) throws(LayerError) -> [UInt8] = { entries throws(LayerError) in entries }
    ) throws -> EntryMerge.Run {
        let starts = try starts()
        var next = 0
        return .blocks { () throws(LayerError) in
            guard next < starts.count else { return nil }
            defer { next += 1 }
            do {
                guard let entries = try page(at: starts[next]) else { throw DamagedState() }
                return try change(entries)
            } catch {
                throw error as? LayerError ?? LayerError("a page of '\(name)' can't be read: \(error)")
            }
        }
    }

    /// Takes everything out.
    func clear() throws { try db.execute(sql: "DELETE FROM pages WHERE name = ?", arguments: [name]) }
}
