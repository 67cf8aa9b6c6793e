import GRDB

/// A table of sums over the rows of documents, which reports read instead of the rows.
///
/// What a document adds is a query over its own rows. It is taken away before the rows are replaced and added again
/// behind that, so that a changed document costs what it holds and not what the corpus holds. A database that is
/// written from nothing asks the same query once, over all rows.
struct KeptTable: Sendable {
    let name: String
    /// The columns that tell rows apart.
    let key: [String]
    /// The columns of counts, which are summed. The first is 0 in a row that nothing stands behind.
    let counts: [String]
    /// Columns that are no sums, each with the query that gives it for a row `t`. They are asked again for a row whose
    /// counts have moved.
    let derived: [(column: String, query: String)]
    /// What is indexed.
    let indexes: [String]
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

    init(
        _ name: String, key: [String], counts: [String], derived: [(column: String, query: String)] = [],
        indexes: [String] = [], source: @escaping @Sendable (Scope) -> String
    ) {
        self.name = name
        self.key = key
        self.counts = counts
        self.derived = derived
        self.indexes = indexes
        self.source = source
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

    /// Adds what the rows of the document `number` say, or with `sign` -1 takes it away.
    func add(_ number: Int, sign: Int, in db: Database) throws {
        let keys = key.joined(separator: ", ")
        let moves = counts.map { "\($0) = \($0) + excluded.\($0)" } + derived.map { "\($0.column) = null" }
        let statement = try db.cachedStatement(
            sql: """
                insert into \(name) with part (\(keys), \(counts.joined(separator: ", "))) as (\(source(.one)))
                select \(keys), \(counts.map { "?2 * sum(\($0))" }.joined(separator: ", "))\(derived.map { _ in ", null" }.joined())
                from part group by \(keys)
                on conflict (\(keys)) do update set \(moves.joined(separator: ", "))
                """)
        try statement.execute(arguments: [number, sign])
    }

    /// Adds `counts` to the row with the key `key`.
    func add(_ counts: [Int], to key: [String], in db: Database) throws {
        let moves = self.counts.map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", ")
        let places = Array(repeating: "?", count: key.count + counts.count).joined(separator: ", ")
        let statement = try db.cachedStatement(
            sql: "insert into \(name) values (\(places)) on conflict do update set \(moves)")
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
