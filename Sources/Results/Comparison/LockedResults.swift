import Digests
import Foundation
import GRDB
import StageKit

/// What a lock says of results that came from elsewhere: they are compared as far as they are that, and refused otherwise.
///
/// A lock has the digest of each table, and the digest of a table of documents is the sum of those of its documents. So it is
/// enough to add up the documents' digests, and to read the rows of the documents that a comparison reads: the rows of all
/// others are not shown. A table over the corpus is read as a whole where something of it is shown.
package struct LockedResults: Sendable {
    /// Where they came from, as messages have it.
    let name: String
    /// By name, the digests of the tables.
    let tables: [String: String]
    /// By key, the facts of the table `about` that a comparison shows, as ``plain(_:)`` gives them.
    let facts: [String: String]

    package init(name: String, tables: [String: String], facts: [String: String]) {
        self.name = name
        self.tables = tables
        self.facts = facts.mapValues(Self.plain)
    }

    /// A fact without what locks and results write in different ways: ends of lines, and digests of files behind their paths.
    private static func plain(_ text: String) -> String {
        text.replacing("\n", with: "\\n").replacing("\r", with: "\\r").replacing(#/ [0-9a-f]{64}/#, with: "")
    }

    private func problem(_ reason: String) -> ResultsError {
        ResultsError("what '\(name)' says of its results is not what its lock says: \(reason)")
    }

    /// Throws where results that ``ResultsDatabase/copyRows(to:)`` wrote have tables or views of their own, or other digests
    /// than the lock.
    func admit(_ db: Database) throws {
        try db.execute(sql: "pragma trusted_schema = off; pragma cell_size_check = on")
        guard try Self.isPlain(db) else { throw problem("its tables or views are not those of results") }
        let digests = try TableDigests(db).sums
        guard digests.mapValues(\.description) == tables else {
            throw problem("its tables have other digests")
        }
        var sums: [String: SetDigest] = [:]
        let logical = Dictionary(uniqueKeysWithValues: ResultsSchema.documentTables.map { ($0.name, $0.logical) })
        for (document, parts) in try DocumentSums.kept(in: db) {
            guard !document.isEmpty else { throw problem("it has rows of no document") }
            for (table, sum) in parts {
                sums[logical[table] ?? table, default: SetDigest()] += sum
            }
        }
        let ofDocuments = Set(logical.values).union(try CustomTable.shapesOfDocuments(in: db).map(\.name))
        for table in ofDocuments where digests[table, default: SetDigest()] != sums[table, default: SetDigest()] {
            throw problem("the table '\(table)' is not the sum of its documents")
        }
        let about = try Row.fetchAll(db, sql: ComparedDatabases.facts)
        guard Set(about.map { [$0[0], Self.plain($0[1])] as [String] }) == Set(facts.map { [$0.key, $0.value] }) else {
            throw problem("it names another release, or other options of stages")
        }
    }

    /// Whether a database has the tables and views of results, and beside them only tables of layers.
    private static func isPlain(_ db: Database) throws -> Bool {
        func schema(of db: Database) throws -> Set<[String]> {
            let rows = try Row.fetchAll(db, sql: "select type, name, tbl_name, sql from sqlite_schema")
            return Set(rows.map { row in (0..<4).map { row[$0] as String? ?? "" } })
        }
        let prefixes = try String.fetchAll(db, sql: "select prefix from _namespaces order by prefix")
        guard prefixes.allSatisfy({ $0.wholeMatch(of: #/[a-z0-9_]+/#) != nil }) else { return false }
        let expected = try DatabaseQueue().inDatabase { empty in
            try ResultsFile.create(in: empty)
            _ = try KeptNamespaces.bring(empty, to: prefixes.map(StatisticsNamespace.init(kept:)))
            return try schema(of: empty)
        }
        let found = try schema(of: db)
        let own = Set(try CustomTable.shapes(in: db).map(\.name))
        return found.isSuperset(of: expected)
            && found.subtracting(expected).allSatisfy { entry in
                own.contains(entry[2])
                    && (entry[0] == "table" && entry[3].lowercased().hasPrefix("create table ")
                        || entry[0] == "index" && entry[3].isEmpty)
            }
    }

    /// Compares the rows of a table over the corpus, of which something is shown, with its digest.
    func check(_ table: TableShape, in db: Database) throws {
        let kept = try TableDigests(db).sums[table.name, default: SetDigest()]
        guard try StoredRows.digest(of: table, in: db) == kept else {
            throw problem("the table '\(table.name)' has other rows")
        }
    }

    /// Compares the rows of `documents` with their digests.
    func check(_ documents: [String], in db: Database) throws {
        let kept = try DocumentSums.kept(of: documents, in: db)
        func compare(_ table: String, _ document: String, _ sum: SetDigest) throws {
            guard kept[document]?[table] ?? SetDigest() == sum else {
                throw problem("the rows of '\(document)' in the table '\(table)' have another digest")
            }
        }
        for table in ResultsSchema.documentTables {
            for document in documents {
                try compare(table.name, document, StoredRows.digest(of: table, document: document, in: db))
            }
        }
        for shape in try CustomTable.shapesOfDocuments(in: db) {
            for document in documents {
                var sum = SetDigest()
                let columns = shape.columns.map { SQL.name($0.name) }.joined(separator: ", ")
                let rows = try Row.fetchCursor(
                    db, sql: "select \(columns) from \(SQL.name(shape.name)) where document = ?",
                    arguments: [document])
                while let row = try rows.next() { sum += StoredRows.digest(row, of: shape) }
                try compare(shape.name, document, sum)
            }
        }
    }
}
