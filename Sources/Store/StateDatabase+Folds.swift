package import Digests
import Foundation
internal import GRDB
package import StageKit

extension StateDatabase {
    /// Adds entries, whose counts may be negative, to the table of a fold, and tells which keys moved.
    ///
    /// The set digest of the table is kept up to date in `digest`.
    package func add(
        _ entries: [SummaryEntry], to fold: String, digest: inout SetDigest
    ) throws(StoreProblem) -> Set<FoldKey> {
        var sum = digest
        let moved = try access { db in
            var moved: Set<FoldKey> = []
            let upsert = try db.cachedStatement(
                sql: """
                    INSERT INTO rows VALUES (?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET count = count + excluded.count RETURNING count
                    """)
            let delete = try db.cachedStatement(sql: "DELETE FROM rows WHERE fold = ? AND key = ? AND element = ?")
            for entry in entries where entry.count != 0 {
                let key = Data(entry.key.bytes)
                let element = Data(entry.element)
                let new = try Int.fetchOne(upsert, arguments: [fold, key, element, entry.count]) ?? 0
                let old = new - entry.count
                if old != 0 { sum -= SetDigest(row: Self.row(entry.key, entry.element, old)) }
                if new == 0 {
                    try delete.execute(arguments: [fold, key, element])
                } else {
                    sum += SetDigest(row: Self.row(entry.key, entry.element, new))
                }
                moved.insert(entry.key)
            }
            return moved
        }
        digest = sum
        return moved
    }

    /// The row of a key; nil where there is none.
    package func row(_ key: FoldKey, of fold: String) throws(StoreProblem) -> FoldRow? {
        try access { db in
            let statement = try db.cachedStatement(
                sql: "SELECT element, count FROM rows WHERE fold = ? AND key = ? ORDER BY element")
            var elements: [(bytes: [UInt8], count: Int)] = []
            let rows = try Row.fetchCursor(statement, arguments: [fold, Data(key.bytes)])
            while let row = try rows.next() { elements.append((bytes: [UInt8](row[0] as Data), count: row[1])) }
            return elements.isEmpty ? nil : FoldRow(key: key, elements: elements)
        }
    }

    /// The first rows of a fold's table behind the key `after`, in order of the keys: `limit`, or what there is.
    package func rows(of fold: String, after: FoldKey?, limit: Int) throws(StoreProblem) -> [FoldRow] {
        try access { db in
            let statement = try db.cachedStatement(
                sql: "SELECT key, element, count FROM rows WHERE fold = ? AND key > ? ORDER BY key, element")
            var found: [FoldRow] = []
            var key: [UInt8]?
            var elements: [(bytes: [UInt8], count: Int)] = []
            let rows = try Row.fetchCursor(statement, arguments: [fold, Data(after?.bytes ?? [])])
            while found.count < limit, let row = try rows.next() {
                let next = [UInt8](row[0] as Data)
                if let key, key != next {
                    found.append(FoldRow(key: FoldKey(key), elements: elements))
                    elements = []
                }
                key = next
                elements.append((bytes: [UInt8](row[1] as Data), count: row[2]))
            }
            if let key, found.count < limit { found.append(FoldRow(key: FoldKey(key), elements: elements)) }
            return found
        }
    }

    /// Every row of a fold's table, in order of the keys.
    package func eachRow(of fold: String, _ body: (FoldRow) throws -> Void) throws {
        var last: FoldKey?
        while true {
            let page = try rows(of: fold, after: last, limit: 4096)
            guard let end = page.last else { return }
            for row in page { try body(row) }
            last = end.key
        }
    }

    /// Empties the table of a fold.
    package func clear(fold: String) throws(StoreProblem) {
        try access { try $0.execute(sql: "DELETE FROM rows WHERE fold = ?", arguments: [fold]) }
    }

    /// The digest of a fold's table, computed from its rows.
    package func recomputedDigest(of fold: String) throws -> SetDigest {
        var digest = SetDigest()
        try eachRow(of: fold) { row in
            for element in row.elements { digest += SetDigest(row: Self.row(row.key, element.bytes, element.count)) }
        }
        return digest
    }

    private static func row(_ key: FoldKey, _ element: [UInt8], _ count: Int) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(key.bytes)
        writer.write(element)
        writer.write(count)
        return writer.bytes
    }
}
