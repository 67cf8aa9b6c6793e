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
    var sums: [String: SetDigest]
    /// The digests with which the writer began.
    private let sumsBefore: [String: SetDigest]
    /// Tables without a digest of their own that have moved.
    private var moved: Set<String> = []
    /// What has moved in the tables of documents.
    private var movedColumns = MovedColumns()
    private let isFresh: Bool
    /// The numbers of documents that were taken out.
    private var gone: Set<Int> = []
    private var isInPlace = false
    /// What the writer replaces; nil where there are no results yet.
    private let before: ResultsBefore?
    /// The documents whose rows are others than they were, for a writer that replaces rows one by one.
    private var touched: Set<String> = []
    /// The names of the tables of `summarize-statistics` that were filled anew.
    private var cleared: Set<String> = []

    /// The tables with their prepared statements.
    struct OpenTables {
        let numbers: DocumentNumbers
        let texts: [SharedTexts]
        let documents: DocumentTables
        let statistics: [StatisticsNamespace: StatisticsTables]
        let forms: EntityForms
        let custom: [CustomTable]
    }

    init(
        at path: String, fresh: Bool, layers: [LayerName], statistics: [StatisticsNamespace], documents: [String]
    ) throws {
        self.path = path
        self.layers = layers
        isFresh = fresh
        aside = fresh ? "\(path).part" : nil
        if let aside { try? FileManager.default.removeItem(atPath: aside) }
        queue = try ResultsFile.open(aside ?? path, readonly: false)
        (open, sums, sumsBefore, before) = try queue.inDatabase { db in
            try db.execute(sql: "pragma cache_size = -8192")
            if fresh {
                // Nothing can be lost: the file is no one's until it is renamed.
                // Rows are some hundred bytes: in larger pages fewer of them overflow, and trees are less deep.
                try db.execute(sql: "pragma page_size = 8192")
                try db.execute(sql: "pragma journal_mode = off")
                try db.execute(sql: "pragma synchronous = off")
            } else {
                try db.execute(sql: "pragma secure_delete = on")
            }
            let before = try fresh ? ResultsBefore(at: path) : ResultsBefore(at: path, of: db)
            try db.beginTransaction(.immediate)
            if fresh { try ResultsFile.create(in: db) }
            let sumsBefore = try TableDigests(db).sums
            var sums = sumsBefore
            try db.execute(sql: "delete from digests")
            for gone in try KeptNamespaces.bring(db, to: statistics) {
                try db.execute(sql: "delete from _marks where name = ?", arguments: [gone])
                sums[gone] = nil
            }
            let names = Set(layers.map(CustomTable.tableName))
            for shape in try CustomTable.shapes(in: db) where !names.contains(shape.name) {
                try db.execute(sql: "drop table \(SQL.name(shape.name))")
                try DocumentSums.forget(shape.name, in: db)
                try db.execute(sql: "delete from _marks where name = ?", arguments: [shape.name])
                sums[shape.name] = nil
            }
            let numbers = DocumentNumbers(db)
            if fresh { try numbers.begin(documents) }
            let texts = SharedTexts.Kind.allCases.map { SharedTexts($0, in: db) }
            let open = OpenTables(
                numbers: numbers, texts: texts,
                documents: try DocumentTables(in: db, numbers: numbers, texts: texts),
                statistics: Dictionary(
                    uniqueKeysWithValues: try Set(statistics + [.plain]).map {
                        ($0, try StatisticsTables($0, in: db, texts: texts, followsTerms: !fresh))
                    }),
                forms: try EntityForms(db, fresh: fresh), custom: try layers.map { try CustomTable($0, in: db) })
            return (open, sums, sumsBefore, before)
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
            gone.insert(number)
            try replace(id, number, by: nil, in: db, open)
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
            gone.remove(number)
            try replace(rows.id, number, by: rows, in: db, open)
        }
    }

    /// Keeps a decision of `tag-entities` on a form of a name.
    package func put(_ decision: EntityDecision, on key: FoldKey) throws(ResultsError) {
        try inDatabase { db, open in
            let entities = try open.forms.put(decision, on: key)
            if !isFresh { for entity in entities { try tally.touch(entity, in: db) } }
        }
    }

    /// Forgets a decision of `tag-entities`.
    package func removeDecision(on key: FoldKey) throws(ResultsError) {
        try inDatabase { db, open in for entity in try open.forms.remove(key) { try tally.touch(entity, in: db) } }
    }

    /// Whether there is a decision on a form whose key begins with `prefix`.
    package func hasDecision(on prefix: FoldKey) throws(ResultsError) -> Bool {
        try inDatabase { _, open in try open.forms.has(prefix) }
    }

    /// Whether there is a claim of this id.
    package func hasClaim(_ id: String) throws(ResultsError) -> Bool {
        try inDatabase { db, _ in
            try Bool.fetchOne(db, sql: "select exists (select 1 from _claim_rows where claim = ?)", arguments: [id])
                ?? false
        }
    }

    /// Puts in rows of the tables of `summarize-statistics`, each in the place of what was there under its key.
    package func put(_ rows: [FoldRow], in namespace: StatisticsNamespace = .plain) throws(ResultsError) {
        try inDatabase { _, open in for row in rows { try open.statistics[namespace]?.put(row) } }
    }

    /// Puts rows into the tables of `summarize-statistics` that have none under their keys.
    package func put(_ rows: StatisticsRows) throws(ResultsError) {
        try inDatabase { _, open in try open.statistics[rows.namespace]?.put(rows) }
    }

    /// Takes all rows out of `tables` of one use of `summarize-statistics`; new ones follow.
    package func clear(_ tables: Set<StatisticsTable>, in namespace: StatisticsNamespace) throws(ResultsError) {
        try inDatabase { db, _ in
            for table in namespace.tables where tables.contains(table.plain) {
                for statement in table.emptying { try db.execute(sql: statement) }
                sums[table.name] = nil
                cleared.insert(table.name)
            }
        }
    }

    /// Takes a row of the tables of `summarize-statistics` out.
    package func removeRow(_ key: FoldKey, in namespace: StatisticsNamespace = .plain) throws(ResultsError) {
        try inDatabase { _, open in try open.statistics[namespace]?.remove(key) }
    }

    /// Writes the rest and keeps it. Returns the digest of each table that has rows.
    package func finish(
        runKey: String, leftOut: [LeftOut] = [], about: [(key: String, value: String)] = []
    ) throws(ResultsError) -> [String: ContentDigest] {
        let digests = try settle(runKey: runKey, leftOut: leftOut, about: about)
        try commit()
        return digests
    }

    /// Writes what follows from the rows. With a commit behind it the database stands for `runKey`; without one nothing has
    /// changed. Returns the digest of each table that has rows.
    package func settle(
        runKey: String, leftOut: [LeftOut] = [], about: [(key: String, value: String)] = []
    ) throws(ResultsError) -> [String: ContentDigest] {
        try inDatabase { db, open in
            try open.documents.flush()
            for texts in open.texts { try texts.settle() }
            for table in open.custom { try table.settle() }
            if isFresh { try ResultsFile.createIndexes(in: db) }
            let hasRenamed = try tally.apply(in: db, fresh: isFresh, moved: movedColumns.documents.all, to: &sums)
            if isFresh || hasRenamed {
                try db.execute(sql: "delete from _epoch")
                try db.execute(sql: "insert into _epoch values (?)", arguments: [runKey])
            }
            for tables in open.statistics.values { tables.apply(to: &sums) }
            try keepUp(in: db)
            try forget(in: db, open)
            try write(leftOut, to: db)
            try write(about, to: db)
            let digests = TableDigests(sums)
            try digests.write(to: db, runKey: runKey)
            try mark(content: TableMarks.content(runKey, digests, about), in: db, open)
            return digests.digests
        }
    }

    /// How many documents may have other rows for all differences to be told.
    private static let compared = 2000

    /// How the results that were settled differ from those that they replace; nil where there are none, or none that can be
    /// read.
    package func comparison() throws(ResultsError) -> ResultsComparison? {
        guard let before else { return nil }
        do {
            return try inDatabase { new, _ in
                try before.read { old in
                    let databases = ComparedDatabases(old: old, new: new)
                    let touched =
                        isFresh
                        ? try databases.touched()
                        : touched.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
                    return try ResultsComparison(databases, touched: touched, limit: Self.compared)
                }
            }
        } catch {
            // What a new file replaces need not be whole.
            guard isFresh else { throw error }
            return nil
        }
    }

    /// Keeps what was written, in the place of what was there.
    package func commit() throws(ResultsError) {
        try inDatabase { db, _ in try db.commit() }
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
    }

    func inDatabase<Value>(
        _ body: (Database, OpenTables) throws -> Value
    ) throws(ResultsError) -> Value {
        try ResultsError.wrapping("the results at '\(path)' can't be written") {
            guard let open else { throw ResultsError("the results at '\(path)' are finished") }
            return try queue.inDatabase { db in
                if !isFresh { try before?.keep(db) }
                return try body(db, open)
            }
        }
    }

    /// Puts `rows` in the place of what the document `number` has; nil takes that out. Tables in which the document has
    /// the same rows as before are left alone.
    private func replace(
        _ id: String, _ number: Int, by rows: DocumentRows?, in db: Database, _ open: OpenTables
    ) throws {
        let select = try db.cachedStatement(sql: "select sums from _document_sums where d = ?")
        let old =
            try Data.fetchOne(select, arguments: [number]).map { try DocumentSums(encoded: Array($0)).tables } ?? [:]
        var new: [String: SetDigest] = [:]
        for (table, encoded) in zip(ResultsSchema.documentTables, rows?.tables ?? []) {
            new[table.name] = encoded.sum == SetDigest() ? nil : encoded.sum
        }
        let movingTables = DocumentSums.tables(differingIn: old, new)
        let moving = Set(movingTables.map(\.name))
        let rowsBefore = isFresh ? [] : try movedColumns.rows(of: number, in: movingTables, db)
        let kept = isFresh ? [] : KeptTable.ofDocuments.filter { !$0.reads.isDisjoint(with: moving) }
        let added = try kept.map { try $0.part(of: number, in: db) }
        if moving.contains(ResultsSchema.mentions.name) {
            if old[ResultsSchema.mentions.name] != nil { try tally.remove(document: number, in: db) }
            if let rows { try tally.add(rows.names, in: db) }
        }
        try open.documents.replace(moving.filter { old[$0] != nil }, of: number, by: rows, putting: moving)
        if !isFresh { try open.documents.flush() }
        for (table, added) in zip(kept, added) {
            let hasMoved = try table.replace(
                added, by: table.part(of: number, in: db), in: db, sum: &sums[table.name, default: SetDigest()])
            if hasMoved { moved.insert(table.name) }
        }
        for table in open.custom {
            if old[table.name] != nil {
                try db.execute(sql: "delete from \(SQL.name(table.name)) where document = ?", arguments: [id])
            }
            guard let rows, let bytes = rows.custom[table.layer] else { continue }
            let sum = try table.write(bytes, of: id, rows.positions)
            new[table.name] = sum == SetDigest() ? nil : sum
        }
        for (table, sum) in old {
            sums[Self.logical[table] ?? table, default: SetDigest()] -= sum
        }
        for (table, sum) in new {
            sums[Self.logical[table] ?? table, default: SetDigest()] += sum
        }
        try db.cachedStatement(sql: "delete from _document_sums where d = ?").execute(arguments: [number])
        if rows != nil {
            try db.cachedStatement(sql: "insert into _document_sums values (?, ?)")
                .execute(arguments: [number, Data(DocumentSums(new).encoded)])
        }
        guard !isFresh, old != new else { return }
        touched.insert(id)
        try movedColumns.take(number, movingTables, from: rowsBefore, db)
    }

    /// Takes out the names of documents that are gone, unless a link still names one: its document was refused by a
    /// stage behind that of claims.
    private func forget(in db: Database, _ open: OpenTables) throws {
        guard !gone.isEmpty else { return }
        let named = try Int.fetchCursor(
            db, sql: "select other from _document_pair_rows union all select other from _link_rows")
        while let number = try named.next(), !gone.isEmpty { gone.remove(number) }
        for number in gone.sorted() { try open.numbers.remove(number) }
    }

    /// Brings the tables that are kept for reports up to date.
    private func keepUp(in db: Database) throws {
        if !cleared.isEmpty { try SharedTexts.removeUnused(in: db) }
        if !isFresh, cleared.contains(StatisticsTable.terms.name) {
            try db.execute(sql: "delete from \(KeptTable.terms.name)")
            try KeptTable.terms.build(in: db)
        }
        guard isFresh else { return try KeptTable.all.forEach { try $0.settle(in: db) } }
        sums.merge(try KeptTable.buildAll(in: db)) { $1 }
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

    private func write(_ about: [(key: String, value: String)], to db: Database) throws {
        let old = try Row.fetchAll(db, sql: "select key, value from about order by n").map {
            [$0[0], $0[1]] as [String]
        }
        guard old != about.map({ [$0.key, $0.value] }) else { return }
        moved.insert("about")
        try db.execute(sql: "delete from about")
        for (n, fact) in about.enumerated() {
            try db.execute(sql: "insert into about values (?, ?, ?)", arguments: [n, fact.key, fact.value])
        }
    }

    /// Marks the tables that have moved.
    private func mark(content: ContentDigest, in db: Database, _ open: OpenTables) throws {
        let documents = Set(ResultsSchema.documentTables.map(\.logical))
        let digested = Set(sums.keys).union(sumsBefore.keys).subtracting(documents)
        let counts = open.statistics.keys.flatMap(\.tables)
        let all = TableMarks.tables(custom: open.custom.map(\.name), counts: counts)
        var moved = moved.union(movedColumns.whole).union(
            digested.filter { sums[$0, default: SetDigest()] != sumsBefore[$0, default: SetDigest()] })
        for table in counts where moved.contains(table.name) { moved.insert(table.stored) }
        if moved.contains(StatisticsTable.terms.name) { moved.insert(KeptTable.terms.name) }
        if open.numbers.hasMoved { moved.insert("_paths") }
        if open.forms.hasMoved { moved.insert("_entity_forms") }
        let marked = try Set(String.fetchAll(db, sql: "select name from _marks"))
        try TableMarks.write(
            Set(all.filter { isFresh || moved.contains($0) || !marked.contains($0) }).union(["digests"]),
            columns: movedColumns.columns.filter { !moved.contains($0.key) }, moved: movedColumns.documents,
            content: content, to: db)
    }

    private static let logical = Dictionary(
        ResultsSchema.documentTables.map { ($0.name, $0.logical) }, uniquingKeysWith: { a, _ in a })
}
