import Digests
import Foundation
import GRDB
import StageKit

/// The digest of a document's rows in each table, kept so that they can be taken away without being read.
struct DocumentSums {
    var tables: [String: SetDigest]

    init(_ tables: [String: SetDigest]) { self.tables = tables.filter { $0.value != SetDigest() } }

    /// The tables of documents, each known by its place among them: a database with others is written anew.
    private static let names = ResultsSchema.documentTables.map(\.name)

    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(list: tables.sorted { $0.key < $1.key }) { writer, entry in
            let place = Self.names.firstIndex(of: entry.key)
            writer.write(place ?? Self.names.count)
            if place == nil { writer.write(entry.key) }
            writer.write(entry.value.rows)
            writer.write(entry.value.bytes)
        }
        return writer.bytes
    }

    init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        tables = [:]
        for entry in try reader.list({ reader throws(LayerError) in
            let place = try reader.integer()
            let name = Self.names.indices.contains(place) ? Self.names[place] : try reader.string()
            return (name: name, rows: try reader.integer(), bytes: try reader.blob())
        }) {
            guard let sum = SetDigest(bytes: entry.bytes, rows: entry.rows) else { throw LayerError("no such digest") }
            tables[entry.name] = sum
        }
        try reader.finish()
    }

    /// What is kept of every document.
    static func kept(in db: Database) throws -> [String: [String: SetDigest]] {
        var kept: [String: [String: SetDigest]] = [:]
        let rows = try Row.fetchCursor(
            db, sql: "select p.document, s.sums from _document_sums s left join _paths p using (d)")
        while let row = try rows.next() {
            kept[row[0] as String? ?? ""] = try DocumentSums(encoded: Array(row[1] as Data)).tables
        }
        return kept
    }

    /// What is kept of `documents`.
    static func kept(of documents: [String], in db: Database) throws -> [String: [String: SetDigest]] {
        let select = try db.cachedStatement(
            sql: "select s.sums from _paths p join _document_sums s using (d) where p.document = ?")
        var kept: [String: [String: SetDigest]] = [:]
        for document in documents {
            guard let bytes = try Data.fetchOne(select, arguments: [document]) else { continue }
            kept[document] = try DocumentSums(encoded: Array(bytes)).tables
        }
        return kept
    }

    /// The same of every document, computed from the rows; with the digest of each table of documents.
    static func recomputed(
        in db: Database
    ) throws -> (documents: [String: [String: SetDigest]], tables: [String: SetDigest]) {
        var documents: [String: [String: SetDigest]] = [:]
        var tables: [String: SetDigest] = [:]
        for table in ResultsSchema.documentTables {
            tables[table.name] = try StoredRows.digest(of: table, in: db) { document, sum in
                if sum != SetDigest() { documents[document, default: [:]][table.name] = sum }
            }
        }
        for shape in try CustomTable.shapesOfDocuments(in: db) {
            _ = try StoredRows.digest(of: shape, in: db) { row, sum in
                documents[row[0] as String? ?? "", default: [:]][shape.name, default: SetDigest()] += sum
            }
        }
        return (documents, tables)
    }

    /// The tables of documents whose rows are written again: those with other digests, and those whose rows refer to rows of
    /// these by number.
    static func tables(differingIn old: [String: SetDigest], _ new: [String: SetDigest]) -> [DocumentTable] {
        let differing = Set(ResultsSchema.documentTables.map(\.name).filter { old[$0] != new[$0] })
        return ResultsSchema.documentTables.filter { table in
            differing.contains(table.name)
                || !table.numbered.isDisjoint(with: differing) && (old[table.name] != nil || new[table.name] != nil)
        }
    }

    /// Forgets what documents had in a table that is there no more.
    static func forget(_ table: String, in db: Database) throws {
        for row in try Row.fetchAll(db, sql: "select d, sums from _document_sums") {
            var sums = try DocumentSums(encoded: Array(row[1] as Data))
            guard sums.tables.removeValue(forKey: table) != nil else { continue }
            try db.cachedStatement(sql: "update _document_sums set sums = ? where d = ?")
                .execute(arguments: [Data(sums.encoded), row[0] as Int])
        }
    }
}
