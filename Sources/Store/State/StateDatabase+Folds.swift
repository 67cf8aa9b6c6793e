package import Digests
import Foundation
internal import GRDB
package import StageKit
import Text

extension StateDatabase {
    static func table(of fold: String) -> String { "fold \(fold)" }

    /// Adds sorted lists of entries, whose counts may be negative, to the table of a fold, and tells each key that moved,
    /// in order.
    ///
    /// The set digest of the table is kept up to date in `digest`.
    package func add(
        _ runs: [[UInt8]], to fold: String, digest: inout SetDigest, moved: (FoldKey) -> Void
    ) throws(StoreProblem) {
        var sum = digest
        try access { db in
            var row = RowBytes()
            var last: [UInt8]?
            try PagedTable(db: db, name: Self.table(of: fold)).add(EntryMerge(runs)) { change in
                if change.old != 0 { sum -= row.digest(change.key, change.element, change.old) }
                if change.new != 0 { sum += row.digest(change.key, change.element, change.new) }
                guard last != change.key else { return }
                last = change.key
                moved(FoldKey(change.key))
            }
        }
        digest = sum
    }

    /// The row of a key; nil where there is none.
    package func row(_ key: FoldKey, of fold: String) throws(StoreProblem) -> FoldRow? {
        var found: FoldRow?
        try rows([key], of: fold) { found = $0 }
        return found
    }

    /// The rows of `keys`, which come in order, as far as there are any.
    package func rows(
        _ keys: some Sequence<FoldKey>, of fold: String, _ body: (FoldRow) throws -> Void
    ) throws(StoreProblem) {
        try access { db in
            var rows = RowGathering()
            try PagedTable(db: db, name: Self.table(of: fold)).entries(of: keys.lazy.map(\.bytes)) { _, cursor in
                if let row = rows.take(cursor.key, cursor.element, cursor.count) { try body(row) }
            }
            if let row = rows.finish() { try body(row) }
        }
    }

    /// Every row of a fold's table, in order of the keys.
    package func eachRow(of fold: String, _ body: (FoldRow) throws -> Void) throws {
        var start: [UInt8]?
        while let pages = try pages(of: fold, after: start), let last = pages.last {
            for page in pages { for row in try page.rows() { try body(row) } }
            start = last.start
        }
    }

    /// Some rows of a fold's table, as they stand in the database.
    package struct Rows: Sendable {
        package let start: [UInt8]
        package let entries: [UInt8]

        /// The rows, in order of their keys.
        package func rows() throws(LayerError) -> [FoldRow] {
            var cursor = EntryCursor(entries)
            var gathering = RowGathering()
            var rows: [FoldRow] = []
            while try cursor.next() {
                if let row = gathering.take(cursor.key, cursor.element, cursor.count) { rows.append(row) }
            }
            if let row = gathering.finish() { rows.append(row) }
            return rows
        }

        /// The row of `key`, if it is here.
        func row(_ key: FoldKey) throws(LayerError) -> FoldRow? {
            var cursor = EntryCursor(entries)
            var gathering = RowGathering()
            while try cursor.next() {
                switch cursor.key.order(to: key.bytes) {
                case 0: _ = gathering.take(cursor.key, cursor.element, cursor.count)
                case 1...: return gathering.finish()
                default: continue
                }
            }
            return gathering.finish()
        }
    }

    /// Where the pages of a fold's table begin, in order.
    func starts(of fold: String) throws(StoreProblem) -> [[UInt8]] {
        try access { db in try PagedTable(db: db, name: Self.table(of: fold)).starts() }
    }

    /// The page that begins at `start`.
    func page(of fold: String, at start: [UInt8]) throws(StoreProblem) -> Rows? {
        try access { db in
            try PagedTable(db: db, name: Self.table(of: fold)).page(at: start).map { Rows(start: start, entries: $0) }
        }
    }

    /// The next rows behind those that begin at `start`, in portions; nil where there are none. No row is in two.
    package func pages(of fold: String, after start: [UInt8]?, limit: Int = 64) throws(StoreProblem) -> [Rows]? {
        let pages = try access { db in
            try PagedTable(db: db, name: Self.table(of: fold)).pages(after: start, limit: limit)
        }
        return pages.isEmpty ? nil : pages.map { Rows(start: $0.start, entries: $0.entries) }
    }

    /// Empties the table of a fold.
    package func clear(fold: String) throws(StoreProblem) {
        try access { try PagedTable(db: $0, name: Self.table(of: fold)).clear() }
    }

    /// The digest of a fold's table, computed from its rows.
    package func recomputedDigest(of fold: String) throws -> SetDigest {
        var digest = SetDigest()
        var bytes = RowBytes()
        try eachRow(of: fold) { row in
            for element in row.elements { digest += bytes.digest(row.key.bytes, element.bytes, element.count) }
        }
        return digest
    }

    /// The digest of the table that summaries, each in its canonical bytes, add up to.
    package static func digest(of runs: [[UInt8]]) throws -> SetDigest {
        var digest = SetDigest()
        var bytes = RowBytes()
        var merge = try EntryMerge(runs)
        while try merge.next() { digest += bytes.digest(merge.key, merge.element, merge.count) }
        return digest
    }
}

extension StateDatabase {
    /// Cuts a byte off every page, so that tests can see it found.
    func damagePages() throws(StoreProblem) {
        try access { try $0.execute(sql: "UPDATE pages SET bytes = substr(bytes, 2)") }
    }
}

/// The canonical bytes of an entry as they are hashed.
private struct RowBytes {
    private var bytes: [UInt8] = []

    mutating func digest(_ key: [UInt8], _ element: [UInt8], _ count: Int) -> SetDigest {
        bytes.removeAll(keepingCapacity: true)
        append(key.count)
        bytes.append(contentsOf: key)
        append(element.count)
        bytes.append(contentsOf: element)
        append(count)
        return SetDigest(row: bytes)
    }

    private mutating func append(_ value: Int) {
        for k in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * k))) }
    }
}
