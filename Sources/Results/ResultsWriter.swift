import Digests
import Foundation
import GRDB
package import Model
package import StageKit

/// Writes results in one transaction: rows of documents, decisions and rows of folds, each replaced as a whole.
///
/// A writer that does not finish changes nothing. It belongs to one task at a time.
package final class ResultsWriter {
    private let path: String
    /// Where a new file is written before it takes the place of the old one; nil for one that is written in place.
    private let aside: String?
    private let queue: DatabaseQueue
    /// Gone when the writer has finished: a connection closes only when its statements are.
    private var open: OpenTables?
    private let tally = EntityTally()
    private var sums: [String: SetDigest]
    private var isInPlace = false

    /// The tables with their prepared statements.
    private struct OpenTables {
        let documents: DocumentTables
        let statistics: StatisticsTables
        let forms: EntityForms
        let custom: [CustomTable]
    }

    init(at path: String, fresh: Bool, layers: [LayerName]) throws {
        self.path = path
        aside = fresh ? "\(path).part" : nil
        if let aside { try? FileManager.default.removeItem(atPath: aside) }
        queue = try ResultsFile.open(aside ?? path, readonly: false)
        (open, sums) = try queue.inDatabase { db in
            try db.execute(sql: "pragma cache_size = -65536")
            if fresh {
                // Nothing can be lost: the file is no one's until it is renamed.
                try db.execute(sql: "pragma journal_mode = off")
                try db.execute(sql: "pragma synchronous = off")
            } else {
                try db.execute(sql: "pragma secure_delete = on")
            }
            try db.beginTransaction(.immediate)
            if fresh { try ResultsFile.create(in: db) }
            var sums = try TableDigests(db).sums
            try db.execute(sql: "delete from digests")
            let names = Set(layers.map(CustomTable.tableName))
            for shape in try CustomTable.shapes(in: db) where !names.contains(shape.name) {
                try db.execute(sql: "drop table \(SQL.name(shape.name))")
                sums[shape.logical] = nil
            }
            let open = OpenTables(
                documents: try DocumentTables(in: db), statistics: try StatisticsTables(in: db),
                forms: try EntityForms(db), custom: try layers.map { try CustomTable($0, in: db) })
            return (open, sums)
        }
    }

    deinit {
        // Without a commit, closing the connection rolls back.
        if let aside, !isInPlace { try? FileManager.default.removeItem(atPath: aside) }
    }

    /// Takes a document out; one that is not there is no error.
    package func remove(document id: String) throws(ResultsError) {
        try inDatabase { db, open in try removeRows(of: id, in: db, open) }
    }

    /// Puts a document in, in the place of what was there under its id.
    package func put(_ result: DocumentResult) throws(ResultsError) {
        try inDatabase { db, open in
            try removeRows(of: result.id, in: db, open)
            var rows = try open.documents.write(result)
            if !open.custom.isEmpty {
                let positions = try Positions(result.layers)
                for table in open.custom {
                    guard let bytes = result.layers.encoded(table.layer) else { continue }
                    rows[table.name] = try table.write(bytes, of: result.id, positions)
                }
            }
            try tally.add(result.layers)
            let document = DocumentSums(rows)
            try db.cachedStatement(sql: "insert into document_sums values (?, ?)")
                .execute(arguments: [result.id, Data(document.encoded)])
            for (table, sum) in document.tables { sums[Self.logical[table] ?? table, default: SetDigest()] += sum }
        }
    }

    /// Keeps a decision of `tag-entities` on a form of a name.
    package func put(_ decision: EntityDecision, on key: FoldKey) throws(ResultsError) {
        try inDatabase { _, open in for entity in try open.forms.put(decision, on: key) { tally.touch(entity) } }
    }

    /// Forgets a decision of `tag-entities`.
    package func removeDecision(on key: FoldKey) throws(ResultsError) {
        try inDatabase { _, open in for entity in try open.forms.remove(key) { tally.touch(entity) } }
    }

    /// Whether there is a decision on a form whose key begins with `prefix`.
    package func hasDecision(on prefix: FoldKey) throws(ResultsError) -> Bool {
        try inDatabase { _, open in try open.forms.has(prefix) }
    }

    /// Puts in a row of the table of `summarize-statistics`, in the place of what was there under its key.
    package func put(_ row: FoldRow) throws(ResultsError) {
        try inDatabase { db, open in try open.statistics.put(row, in: db) }
    }

    /// Takes a row of the table of `summarize-statistics` out.
    package func removeRow(_ key: FoldKey) throws(ResultsError) {
        try inDatabase { db, open in try open.statistics.remove(key, in: db) }
    }

    /// Ends the transaction. From here on the database stands for `runKey`. Returns the digest of each table that has
    /// rows.
    package func finish(
        runKey: String, leftOut: [LeftOut] = [], about: [(key: String, value: String)] = []
    ) throws(ResultsError) -> [String: ContentDigest] {
        let digests = try inDatabase { db, open in
            for table in open.custom { try table.settle() }
            try tally.apply(in: db, to: &sums)
            open.statistics.apply(to: &sums)
            try write(leftOut, to: db)
            try db.execute(sql: "delete from about")
            for (n, fact) in about.enumerated() {
                try db.execute(sql: "insert into about values (?, ?, ?)", arguments: [n, fact.key, fact.value])
            }
            let digests = TableDigests(sums)
            try digests.write(to: db, runKey: runKey)
            try db.commit()
            return digests.digests
        }
        try ResultsError.wrapping("the results at '\(path)' can't be put in place") {
            open = nil
            try queue.close()
            guard let aside else { return }
            let file = try FileHandle(forUpdating: URL(filePath: aside))
            try file.synchronize()
            try file.close()
            guard rename(aside, path) == 0 else { throw ResultsError(String(cString: strerror(errno))) }
            isInPlace = true
        }
        return digests
    }

    private func inDatabase<Value>(
        _ body: (Database, OpenTables) throws -> Value
    ) throws(ResultsError) -> Value {
        try ResultsError.wrapping("the results at '\(path)' can't be written") {
            guard let open else { throw ResultsError("the results at '\(path)' are finished") }
            return try queue.inDatabase { try body($0, open) }
        }
    }

    private func removeRows(of id: String, in db: Database, _ open: OpenTables) throws {
        let select = try db.cachedStatement(sql: "select sums from document_sums where document = ?")
        guard let encoded = try Data.fetchOne(select, arguments: [id]) else { return }
        for (table, sum) in try DocumentSums(encoded: Array(encoded)).tables {
            sums[Self.logical[table] ?? table, default: SetDigest()] -= sum
        }
        try tally.remove(document: id, in: db)
        for shape in ResultsSchema.documentTables {
            try db.cachedStatement(sql: "delete from \(SQL.name(shape.name)) where \(SQL.name(shape.key[0])) = ?")
                .execute(arguments: [id])
        }
        for table in open.custom {
            try db.execute(sql: "delete from \(SQL.name(table.name)) where document = ?", arguments: [id])
        }
        try db.cachedStatement(sql: "delete from document_sums where document = ?").execute(arguments: [id])
    }

    private func write(_ leftOut: [LeftOut], to db: Database) throws {
        try db.execute(sql: "delete from left_out")
        let row = try TableWriter(ResultsSchema.leftOut, in: db)
        for item in leftOut {
            row.text(item.id)
            row.text(item.stage)
            row.text(item.failure.summary)
            row.text(item.failure.hint)
            row.text(item.failure.code)
            try row.endRow()
        }
        sums[ResultsSchema.leftOut.logical] = row.takeSum()
    }

    private static let logical = Dictionary(
        ResultsSchema.documentTables.map { ($0.name, $0.logical) }, uniquingKeysWith: { a, _ in a })
}
