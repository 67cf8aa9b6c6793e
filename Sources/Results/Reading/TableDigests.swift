import Digests
import GRDB
import StageKit

/// The digest of each table.
struct TableDigests {
    /// By the name under which a table is queried.
    var sums: [String: SetDigest]

    /// The digests as they are kept.
    init(_ db: Database) throws {
        sums = [:]
        let rows = try Row.fetchAll(
            db, sql: "select name, rows, digest from digests where name <> ?", arguments: [ResultsDatabase.runName])
        for row in rows {
            let hexadecimal: String = row[2]
            sums[row[0]] = SetDigest(bytes: Self.bytes(hexadecimal), rows: row[1])
        }
    }

    /// The digests computed from the rows. `documents` are those of the tables of documents, where they are known.
    init(recomputing db: Database, documents: [String: SetDigest]? = nil) throws {
        sums = [:]
        for table in ResultsSchema.documentTables {
            sums[table.logical, default: SetDigest()] +=
                try documents?[table.name] ?? StoredRows.digest(of: table, in: db)
        }
        let statistics = try KeptNamespaces.all(in: db).flatMap(\.tables).map(\.shape)
        let kept = KeptTable.digested.map(\.shape)
        for shape in try ResultsSchema.tables + statistics + kept + CustomTable.shapes(in: db) {
            sums[shape.name] = try StoredRows.digest(of: shape, in: db)
        }
    }

    init(_ sums: [String: SetDigest]) { self.sums = sums }

    /// Those of tables that have rows.
    var digests: [String: ContentDigest] {
        sums.filter { $0.value.rows > 0 }.compactMapValues { ContentDigest($0.bytes) }
    }

    /// Keeps the digests, with the key of the run that they belong to.
    func write(to db: Database, runKey: String) throws {
        try db.execute(sql: "delete from digests")
        for (name, sum) in sums where sum.rows > 0 {
            try db.execute(
                sql: "insert into digests values (?, ?, ?)", arguments: [name, sum.rows, sum.description])
        }
        try db.execute(
            sql: "insert into digests values (?, null, ?)", arguments: [ResultsDatabase.runName, runKey])
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
