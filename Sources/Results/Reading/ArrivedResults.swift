import Digests
import Foundation
import GRDB
package import StageKit

/// Results that came from elsewhere as a file, and are checked before anybody reads them.
extension ResultsDatabase {
    /// Another one for each set of tables and views.
    package static var layout: Int { ResultsSchema.version }

    /// Takes the file at `arrived`, which ``copyRows(to:)`` wrote, in the place of these results, of which there are none
    /// yet, and makes what follows from its rows. False where it is not a sound database of results for the run `runKey`;
    /// then it stays where it is.
    ///
    /// It has to have the tables and views that a run with these `layers` and `statistics` makes, and nothing
    /// else: no index, no trigger and no view of its own. Its rows have to be those that its digests name, for each table
    /// and for each document.
    package func take(
        _ arrived: String, layers: [LayerName], statistics: [StatisticsNamespace], runKey: String
    ) throws(ResultsError) -> Bool {
        guard Self.isPlain(arrived), (try? isSound(arrived, layers, statistics, runKey)) == true else { return false }
        return try ResultsError.wrapping("the results at '\(path)' can't be put in place") {
            guard try Self.complete(arrived, runKey: runKey) else { return false }
            let file = try FileHandle(forUpdating: URL(filePath: arrived))
            try file.synchronize()
            try file.close()
            guard rename(arrived, path) == 0 else { throw ResultsError(String(cString: strerror(errno))) }
            return true
        }
    }

    /// Whether a file says that no log stands beside it.
    private static func isPlain(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        guard let head = try? file.read(upToCount: 20), head.count == 20 else { return false }
        return head[18] == 1 && head[19] == 1
    }

    private func isSound(
        _ arrived: String, _ layers: [LayerName], _ statistics: [StatisticsNamespace], _ runKey: String
    ) throws -> Bool {
        guard ResultsFile.state(arrived) == .current else { return false }
        let empty = "\(arrived).empty"
        defer { unlink(empty) }
        _ = try ResultsWriter(at: empty, fresh: true, layers: layers, statistics: statistics, documents: [])
            .finish(runKey: "")
        let expected = try ResultsFile.open(empty, readonly: true).read(Self.schema)
        let custom = Set(layers.map(CustomTable.tableName))
        return try ResultsFile.open(arrived, readonly: true).read { db in
            try db.execute(sql: "pragma trusted_schema = off")
            try db.execute(sql: "pragma cell_size_check = on")
            // The columns of a layer of the user's own follow from its values.
            let found = try Self.schema(of: db)
            let isOwn = { (entry: [String]) in entry[0] == "table" && custom.contains(entry[1]) }
            let isIndex = { (entry: [String]) in entry[0] == "index" && !entry[3].isEmpty }
            guard found.filter({ !isOwn($0) }) == expected.filter({ !isOwn($0) && !isIndex($0) }) else { return false }
            let standing = try String.fetchOne(
                db, sql: "select digest from digests where name = ?", arguments: [Self.runName])
            guard standing == runKey, try String.fetchOne(db, sql: "pragma integrity_check(1)") == "ok" else {
                return false
            }
            let rows = try DocumentSums.recomputed(in: db)
            return try TableDigests(db).digests == TableDigests(recomputing: db, documents: rows.tables).digests
                && rows.documents == DocumentSums.kept(in: db)
        }
    }

    /// Kind, name, table and statement of all that a database has.
    private static func schema(of db: Database) throws -> Set<[String]> {
        let rows = try Row.fetchAll(db, sql: "select type, name, tbl_name, sql from sqlite_schema")
        return Set(rows.map { row in (0..<4).map { row[$0] as String? ?? "" } })
    }
}
