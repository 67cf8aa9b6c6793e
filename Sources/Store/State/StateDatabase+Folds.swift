package import Digests
import Foundation
internal import GRDB
package import StageKit
import Text

extension StateDatabase {
    static func table(of fold: StepID) -> String { "fold \(fold.key)" }

    /// Adds what is in `pile`, where counts may be negative, to the table of a fold, and tells each key that moved, in
    /// order.
    ///
    /// The set digest of the table is kept up to date in `digest`.
    package func add(
        _ pile: EntryPile, to fold: StepID, digest: inout SetDigest, moved: (UnsafeBufferPointer<UInt8>) -> Void
    ) throws(StoreProblem) {
        var sum = digest
        var row = RowBytes()
        var last: [UInt8]?
        try add(merge(of: pile), to: Self.table(of: fold)) { change in
            if change.old != 0 { sum -= row.digest(change.entry, counted: change.old) }
            if change.new != 0 { sum += row.digest(change.entry, counted: change.new) }
            let key = change.entry.key
            guard last.map({ $0.withUnsafeBufferPointer { $0.order(to: key) != 0 } }) ?? true else { return }
            last = Array(key)
            moved(key)
        }
        digest = sum
    }

    /// The row of a key; nil where there is none.
    package func row(_ key: FoldKey, of fold: StepID) throws(StoreProblem) -> FoldRow? {
        var found: FoldRow?
        try rows([key], of: fold) { found = $0 }
        return found
    }

    /// The rows of `keys`, which come in order, as far as there are any.
    package func rows(
        _ keys: some Sequence<FoldKey>, of fold: StepID, _ body: (FoldRow) throws -> Void
    ) throws(StoreProblem) {
        try access { db in
            var rows = RowGathering()
            try table(Self.table(of: fold), in: db).entries(of: keys.lazy.map(\.bytes)) { _, entry in
                if let row = rows.take(entry) { try body(row) }
            }
            if let row = rows.finish() { try body(row) }
        }
    }

    /// Every row of a fold's table, in order of the keys.
    package func eachRow(of fold: StepID, _ body: (FoldRow) throws -> Void) throws {
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

        /// The rows, in order of their keys: all, or those from a key on, or those before one.
        package func rows(
            from first: FoldKey? = nil, before limit: FoldKey? = nil
        ) throws(LayerError) -> [FoldRow] {
            let cursor = EntryCursor(entries)
            var gathering = RowGathering()
            var rows: [FoldRow] = []
            while try cursor.next() {
                if let first, cursor.order(toKey: first.bytes) < 0 { continue }
                if let limit, cursor.order(toKey: limit.bytes) >= 0 { break }
                if let row = gathering.take(cursor.entry) { rows.append(row) }
            }
            if let row = gathering.finish() { rows.append(row) }
            return rows
        }
    }

    /// Rows of `keys` as they stand in the database, to be read by whoever wants to: those of one page.
    package struct Wanted: Sendable {
        let keys: [[UInt8]]
        let entries: [UInt8]

        /// The rows that there are, in order of their keys.
        package func rows() throws(LayerError) -> [FoldRow] {
            var gathering = RowGathering()
            var rows: [FoldRow] = []
            do {
                try PagedTable.entries(of: keys, in: entries) { _, entry in
                    if let row = gathering.take(entry) { rows.append(row) }
                }
            } catch {
                throw error as? LayerError ?? LayerError("rows can't be read")
            }
            if let row = gathering.finish() { rows.append(row) }
            return rows
        }
    }

    /// From how many keys on pages are gone through instead of looked for.
    private static let many = 256

    /// What holds the rows of `keys`, which come in order.
    package func wanted(_ keys: [FoldKey], of fold: StepID) throws(StoreProblem) -> [Wanted] {
        try access { db in
            var found: [Wanted] = []
            let table = self.table(Self.table(of: fold), in: db)
            func take(_ entries: [UInt8], _ keys: [[UInt8]]) { found.append(Wanted(keys: keys, entries: entries)) }
            if keys.count > Self.many {
                try table.pages(coveringMany: keys.map(\.bytes), take)
            } else {
                try table.pages(covering: keys.lazy.map(\.bytes), take)
            }
            return found
        }
    }

    /// The next rows behind those that begin at `start`, or from there on, in portions; nil where there are none. No row
    /// is in two.
    package func pages(
        of fold: StepID, after start: [UInt8]?, including: Bool = false, limit: Int = 64
    ) throws(StoreProblem) -> [Rows]? {
        let pages = try access { db in
            try table(Self.table(of: fold), in: db).pages(after: start, including: including, limit: limit)
        }
        return pages.isEmpty ? nil : pages.map { Rows(start: $0.start, entries: $0.entries) }
    }

    /// Where the rows begin that stand in one page with `key`; nil where no page covers it.
    package func startOfPage(covering key: FoldKey, of fold: StepID) throws(StoreProblem) -> [UInt8]? {
        try access { try table(Self.table(of: fold), in: $0).startOfPage(covering: key.bytes) }
    }

    /// Empties the table of a fold.
    package func clear(fold: StepID) throws(StoreProblem) {
        try access { try table(Self.table(of: fold), in: $0).clear() }
    }

    /// The digest of a fold's table, computed from its rows.
    package func recomputedDigest(of fold: StepID) throws -> SetDigest {
        var digest = SetDigest()
        var bytes = RowBytes()
        var start: [UInt8]?
        while let pages = try pages(of: fold, after: start), let last = pages.last {
            for page in pages {
                let cursor = EntryCursor(page.entries)
                while try cursor.next() { digest += bytes.digest(cursor.entry, counted: cursor.count) }
            }
            start = last.start
        }
        return digest
    }

    /// The digest of the table that summaries, each in its canonical bytes, add up to.
    package static func digest(of runs: [[UInt8]]) throws -> SetDigest {
        var digest = SetDigest()
        var bytes = RowBytes()
        let merge = try EntryMerge(runs)
        while try merge.next() { digest += bytes.digest(merge.entry, counted: merge.entry.count) }
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

    mutating func digest(_ entry: EntryView, counted count: Int) -> SetDigest {
        bytes.removeAll(keepingCapacity: true)
        append(entry.key.count)
        bytes.append(contentsOf: entry.key)
        append(entry.element.count)
        bytes.append(contentsOf: entry.element)
        append(count)
        return SetDigest(row: bytes)
    }

    private mutating func append(_ value: Int) {
        withUnsafeBytes(of: Int64(value).littleEndian) { bytes.append(contentsOf: $0) }
    }
}
