import Digests
import GRDB

/// A table of sums over the rows of documents, which reports read instead of the rows.
///
/// What a document adds is a query over its own rows. It is asked before the rows are replaced and again behind that, and
/// the difference is added, so that a changed document costs what it holds and not what the corpus holds. A database that
/// is written from nothing asks the same query once, over all rows.
struct KeptTable: Sendable {
    let name: String
    /// What a row is, as `docs/results.md` has it.
    let summary: String
    /// The columns that tell rows apart.
    let key: [String]
    /// The columns of counts, which are summed. The first is 0 in a row that nothing stands behind.
    let counts: [String]
    /// Columns that are no sums, each with the query that gives it for a row `t`. They are asked again for a row that a
    /// changed document adds to.
    let derived: [(column: String, query: String)]
    /// What is indexed.
    let indexes: [String]
    /// The names of the tables of documents that the query reads.
    let reads: Set<String>
    /// Whether its rows have a digest of their own, by which who gets some of them knows that they are right, without
    /// adding up what every document has. It has no derived columns then.
    let isDigested: Bool
    /// The query that gives the key and the counts of each document among `scope`.
    let source: @Sendable (Scope) -> String

    /// Which rows of documents a query looks at.
    enum Scope {
        case all
        /// Those of the document whose number is bound to `?1`.
        case one

        /// The condition on `column`, the number of a document.
        func has(_ column: String) -> String { self == .all ? "true" : "\(column) = ?1" }
    }

    /// What documents add to the table, by its key.
    typealias Part = [[DatabaseValue]: [Int]]

    init(
        _ name: String, _ summary: String, key: [String], counts: [String],
        derived: [(column: String, query: String)] = [],
        indexes: [String] = [], reads: [DocumentTable], isDigested: Bool = false,
        source: @escaping @Sendable (Scope) -> String
    ) {
        self.name = name
        self.summary = summary
        self.key = key
        self.counts = counts
        self.derived = derived
        self.indexes = indexes
        self.reads = Set(reads.map(\.name))
        self.isDigested = isDigested
        self.source = source
    }

    /// Its columns, as those of a table that is stored as it is queried.
    var shape: TableShape {
        TableShape(name, summary, (key + counts).joined(separator: ", "), key: key.joined(separator: ","))
    }

    /// The statement that creates it.
    var creation: String {
        let columns = key.map { "\($0) not null" } + counts.map { "\($0) integer not null" } + derived.map(\.column)
        let list = key.joined(separator: ", ")
        return "create table \(name) (\(columns.joined(separator: ", ")), primary key (\(list))) without rowid"
    }

    /// The statements that make its indexes. One holds the rows that are to be looked at again, and is empty between
    /// two runs.
    var indexCreation: [String] {
        ["create index \(name)_due on \(name) (\(counts[0])) where \(isDue)"]
            + indexes.enumerated().map { n, index in "create index \(name)_\(n + 1) on \(name) \(index)" }
    }

    /// Fills it from all rows.
    func build(in db: Database) throws {
        let keys = key.joined(separator: ", ")
        let sums = counts.map { "sum(\($0))" }.joined(separator: ", ")
        let gaps = derived.map { _ in ", null" }.joined()
        try db.execute(
            sql: """
                insert into \(name) with part (\(keys), \(counts.joined(separator: ", "))) as (\(source(.all)))
                select \(keys), \(sums)\(gaps) from part group by \(keys)
                """)
        for (column, query) in derived { try db.execute(sql: "update \(name) as t set \(column) = (\(query))") }
    }

    /// Fills all of them from all rows, and makes their indexes. Gives the digests of those that have one.
    static func buildAll(in db: Database) throws -> [String: SetDigest] {
        var sums: [String: SetDigest] = [:]
        for table in all {
            try table.build(in: db)
            for statement in table.indexCreation { try db.execute(sql: statement) }
            if table.isDigested { sums[table.name] = try StoredRows.digest(of: table.shape, in: db) }
        }
        return sums
    }

    /// What the rows of the document `number` add.
    func part(of number: Int, in db: Database) throws -> Part {
        let rows = try Row.fetchCursor(db.cachedStatement(sql: source(.one)), arguments: [number])
        var part: Part = [:]
        while let row = try rows.next() {
            let values = Array(row.databaseValues)
            let key = Array(values.prefix(self.key.count))
            var sums = part[key] ?? Array(repeating: 0, count: counts.count)
            for (k, value) in values.dropFirst(self.key.count).enumerated() {
                sums[k] += Int.fromDatabaseValue(value) ?? 0
            }
            part[key] = sums
        }
        return part
    }

    /// Brings the table from what a document `added` to what it `adds`, and its digest with it. Returns whether a row
    /// moved.
    func replace(_ added: Part, by adds: Part, in db: Database, sum: inout SetDigest) throws -> Bool {
        var hasMoved = false
        for key in Set(added.keys).union(adds.keys) {
            let none = Array(repeating: 0, count: counts.count)
            let change = zip(adds[key] ?? none, added[key] ?? none).map { $0 - $1 }
            // What is derived may hang on more of the document than the counts do.
            guard !derived.isEmpty || change.contains(where: { $0 != 0 }) else { continue }
            if isDigested {
                let old = try standing(key, in: db)
                sum -= digest(key, old)
                sum += digest(key, zip(old, change).map { $0 + $1 })
            }
            try add(change, to: key, in: db)
            hasMoved = true
        }
        return hasMoved
    }

    /// The counts that stand under `key`.
    private func standing(_ key: [DatabaseValue], in db: Database) throws -> [Int] {
        let condition = self.key.map { "\($0) = ?" }.joined(separator: " and ")
        let select = try db.cachedStatement(
            sql: "select \(counts.joined(separator: ", ")) from \(name) where \(condition)")
        let row = try Row.fetchOne(select, arguments: StatementArguments(key))
        return counts.indices.map { row?[$0] ?? 0 }
    }

    /// The digest of a row; that of none for one that nothing stands behind.
    private func digest(_ key: [DatabaseValue], _ counts: [Int]) -> SetDigest {
        counts[0] == 0 ? SetDigest() : StoredRows.digest(key + counts.map(\.databaseValue), of: shape)
    }

    /// Adds `counts` to the row with the key `key`.
    func add(_ counts: [Int], to key: [DatabaseValue], in db: Database) throws {
        let moves = self.counts.map { "\($0) = \($0) + excluded.\($0)" } + derived.map { "\($0.column) = null" }
        let places = Array(repeating: "?", count: key.count + counts.count) + derived.map { _ in "null" }
        let statement = try db.cachedStatement(
            sql: """
                insert into \(name) values (\(places.joined(separator: ", ")))
                on conflict do update set \(moves.joined(separator: ", "))
                """)
        try statement.execute(arguments: StatementArguments(key) + StatementArguments(counts))
    }

    /// Looks again at the rows that have moved: those that nothing stands behind any more go.
    func settle(in db: Database) throws {
        try db.execute(sql: "delete from \(name) where (\(isDue)) and \(counts[0]) = 0")
        guard !derived.isEmpty else { return }
        let values = derived.map { "\($0.column) = (\($0.query))" }.joined(separator: ", ")
        try db.execute(sql: "update \(name) as t set \(values) where \(isDue)")
    }

    private var isDue: String {
        (["\(counts[0]) = 0"] + derived.map { "\($0.column) is null" }).joined(separator: " or ")
    }
}
