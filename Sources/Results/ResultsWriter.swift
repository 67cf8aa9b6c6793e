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
    private let layers: [LayerName]
    /// Gone when the writer has finished: a connection closes only when its statements are.
    private var open: OpenTables?
    private let tally = EntityTally()
    private var sums: [String: SetDigest]
    private let isFresh: Bool
    /// The numbers of documents that were put in.
    private var written: Set<Int> = []
    /// Documents that were taken out, by number, with the claims that others may have linked to.
    private var gone: [Int: [String]] = [:]
    private var isInPlace = false

    /// The tables with their prepared statements.
    private struct OpenTables {
        let numbers: DocumentNumbers
        let documents: DocumentTables
        let statistics: StatisticsTables
        let forms: EntityForms
        let custom: [CustomTable]
    }

    init(at path: String, fresh: Bool, layers: [LayerName], documents: [String]) throws {
        self.path = path
        self.layers = layers
        isFresh = fresh
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
                sums[shape.name] = nil
            }
            let numbers = DocumentNumbers(db)
            if fresh { try numbers.begin(documents) }
            let open = OpenTables(
                numbers: numbers, documents: try DocumentTables(in: db, numbers: numbers),
                statistics: try StatisticsTables(in: db, followsTerms: !fresh),
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
        try inDatabase { db, open in
            guard let number = try open.numbers.standing(id) else { return }
            gone[number] = try String.fetchAll(
                db.cachedStatement(sql: "select claim from claim_rows where d = ?"), arguments: [number])
            try removeRows(of: id, number, in: db, open)
        }
    }

    /// Puts a document in, in the place of what was there under its id.
    package func put(_ result: DocumentResult) throws(ResultsError) {
        let rows = try DocumentRows(result, custom: layers)
        try put(rows)
    }

    /// Puts the rows of a document in, in the place of what was there under its id.
    package func put(_ rows: DocumentRows) throws(ResultsError) {
        try inDatabase { db, open in
            let number = try open.numbers.number(of: rows.id)
            gone[number] = nil
            try removeRows(of: rows.id, number, in: db, open)
            try open.documents.put(rows, as: number)
            var tables: [String: SetDigest] = [:]
            for (table, encoded) in zip(ResultsSchema.documentTables, rows.tables) { tables[table.name] = encoded.sum }
            for table in open.custom {
                guard let bytes = rows.custom[table.layer] else { continue }
                tables[table.name] = try table.write(bytes, of: rows.id, rows.positions)
            }
            tally.add(rows.names)
            if !isFresh { for kept in KeptTable.ofDocuments { try kept.add(number, sign: 1, in: db) } }
            let document = DocumentSums(tables)
            let encoded = document.encoded
            try db.cachedStatement(sql: "insert into document_sums values (?, ?, ?)")
                .execute(arguments: [number, Data(encoded), Data(ContentDigest(of: encoded).bytes.prefix(16))])
            written.insert(number)
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

    /// Puts in rows of the tables of `summarize-statistics`, each in the place of what was there under its key.
    package func put(_ rows: [FoldRow]) throws(ResultsError) {
        try inDatabase { _, open in for row in rows { try open.statistics.put(row) } }
    }

    /// Takes a row of the tables of `summarize-statistics` out.
    package func removeRow(_ key: FoldKey) throws(ResultsError) {
        try inDatabase { _, open in try open.statistics.remove(key) }
    }

    /// Ends the transaction. From here on the database stands for `runKey`. Returns the digest of each table that has
    /// rows.
    package func finish(
        runKey: String, leftOut: [LeftOut] = [], about: [(key: String, value: String)] = []
    ) throws(ResultsError) -> [String: ContentDigest] {
        let digests = try inDatabase { db, open in
            for table in open.custom { try table.settle() }
            if isFresh { for statement in ResultsSchema.indexCreation { try db.execute(sql: statement) } }
            let hasRenamed = try tally.apply(in: db, fresh: isFresh, written: written, to: &sums)
            if isFresh || hasRenamed {
                try db.execute(sql: "delete from epoch")
                try db.execute(sql: "insert into epoch values (?)", arguments: [runKey])
            }
            open.statistics.apply(to: &sums)
            try keepUp(in: db)
            try forget(in: db)
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

    private func removeRows(of id: String, _ number: Int, in db: Database, _ open: OpenTables) throws {
        let select = try db.cachedStatement(sql: "select sums from document_sums where d = ?")
        guard let encoded = try Data.fetchOne(select, arguments: [number]) else { return }
        for (table, sum) in try DocumentSums(encoded: Array(encoded)).tables {
            sums[Self.logical[table] ?? table, default: SetDigest()] -= sum
        }
        try tally.remove(document: number, in: db)
        if !isFresh { for kept in KeptTable.ofDocuments { try kept.add(number, sign: -1, in: db) } }
        try open.documents.remove(number)
        for table in open.custom {
            try db.execute(sql: "delete from \(SQL.name(table.name)) where document = ?", arguments: [id])
        }
        try db.cachedStatement(sql: "delete from document_sums where d = ?").execute(arguments: [number])
    }

    /// Takes out the names of documents that are gone, unless a link still names one: its document was refused by a
    /// stage behind that of claims.
    private func forget(in db: Database) throws {
        let links = "select exists (select 1 from link_rows where claim_b = ?)"
        for (number, claims) in gone {
            let isNamed = try claims.contains { claim in
                try Bool.fetchOne(db.cachedStatement(sql: links), arguments: [claim]) ?? false
            }
            if !isNamed { try db.execute(sql: "delete from paths where d = ?", arguments: [number]) }
        }
    }

    /// Brings the tables that are kept for reports up to date.
    private func keepUp(in db: Database) throws {
        guard isFresh else { return try KeptTable.all.forEach { try $0.settle(in: db) } }
        for table in KeptTable.all {
            try table.build(in: db)
            for statement in table.indexCreation { try db.execute(sql: statement) }
        }
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
        sums[ResultsSchema.leftOut.name] = row.takeSum()
    }

    private static let logical = Dictionary(
        ResultsSchema.documentTables.map { ($0.name, $0.logical) }, uniquingKeysWith: { a, _ in a })
}
