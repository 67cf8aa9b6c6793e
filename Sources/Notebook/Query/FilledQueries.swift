import Digests
import Results
import StageKit

/// The named queries that several cells read. Each is asked once for a report: its rows stand in a table of the connection
/// then, under its name.
///
/// What a cell depends on is the rows that it reads so, and not the tables that the query read: a query that is asked again
/// and gives what it gave leaves the cells as they are. A query whose rows are too many is part of every statement that
/// reads it, and so is one that fails: the cell then says why.
final class FilledQueries {
    private let connection: ReportConnection
    private let queries: NamedQueries
    private let parameters: Parameters
    private let marks: TableMarks
    private let kept: [ContentDigest: KeptQuery]
    /// What the queries gave that were wanted, to be kept until the next report.
    private(set) var given: [ContentDigest: KeptQuery] = [:]
    /// By query, the digest of its rows; nil where they are not to be had.
    private var rows: [Int: ContentDigest?] = [:]
    /// The queries whose rows stand in tables.
    private var filled: Set<Int> = []

    /// How many rows of a query are kept, and how many bytes.
    private static let most = 50_000
    private static let bytes = 16 << 20
    /// A query that takes more of the steps that a cell may take is not filled.
    private static let steps = 200_000_000

    /// The named queries of a notebook over results with these `marks`; `parameters` are those of the pipeline, `kept` is
    /// what the queries gave for the last report.
    init(
        _ queries: NamedQueries, on connection: ReportConnection, parameters: Parameters, marks: TableMarks,
        kept: [ContentDigest: KeptQuery]
    ) {
        self.connection = connection
        self.queries = queries
        self.parameters = parameters
        self.marks = marks
        self.kept = kept
    }

    /// The queries as a cell reads them around which sections set `names`: a query that uses one of these is another one
    /// there.
    struct Within {
        let queries: FilledQueries
        let names: Set<String>

        /// `sql` with the queries that it reads before it, but for those that stand in tables.
        func expanded(_ sql: String) throws(QueryProblem) -> NamedQueries.Expanded {
            try queries.expanded(sql, within: names)
        }
    }

    private func expanded(_ sql: String, within names: Set<String>) throws(QueryProblem) -> NamedQueries.Expanded {
        fill(queries.read(in: sql), within: names, seen: [])
        let usable = filled.filter { queries.isShared($0, setting: names) }
        return try queries.expanded(sql, filled: usable)
    }

    /// Fills those of `numbers` that can be filled; of one that can't be, those that it reads.
    private func fill(_ numbers: [Int], within names: Set<String>, seen: Set<Int>) {
        for number in numbers where !filled.contains(number) && !seen.contains(number) {
            if queries.isShared(number, setting: names), rows[number] != .some(nil), fill(number) != nil { continue }
            fill(queries.read(in: queries.query(number).sql), within: names, seen: seen.union([number]))
        }
    }

    /// The digest of a query's rows, for a cell that read them when the last report was made; nil where they are not to be
    /// had. The query is asked only if what it read has moved.
    func digest(of name: String) -> ContentDigest? {
        guard let number = queries.number(of: name), queries.isShared(number, setting: []) else { return nil }
        if let known = rows[number] { return known }
        let key = key(of: number)
        guard let old = kept[key], old.reads.hold(marks, rows: digest(of:)) else { return fill(number) }
        given[key] = old
        rows[number] = .some(old.rows)
        return old.rows
    }

    /// Asks a query and keeps its rows in a table; gives their digest.
    private func fill(_ number: Int) -> ContentDigest? {
        let (name, sql) = queries.query(number)
        guard !filled.contains(number), !connection.interface.tables.contains(name) else { return rows[number] ?? nil }
        let key = key(of: number)
        // what was too much for the last report is too much again
        if let old = kept[key], old.rows == nil, old.reads.hold(marks, rows: digest(of:)) {
            given[key] = old
            rows[number] = .some(nil)
            return nil
        }
        let runner = QueryRunner(
            connection, parameters: parameters, queries: queries, filled: Within(queries: self, names: []),
            limits: QueryLimits(steps: Self.steps))
        do throws(QueryProblem) {
            let made = try runner.fill(name, with: sql, most: Self.most, bytes: Self.bytes)
            rows[number] = .some(made.rows)
            if made.rows != nil {
                filled.insert(number)
                connection.filled.insert(name)
            }
            if let reads = KeptReads(made.read, marks: marks, rows: { self.digest(of: $0) }) {
                given[key] = KeptQuery(reads: reads, rows: made.rows)
            }
            return made.rows
        } catch {
            rows[number] = .some(nil)
            return nil
        }
    }

    /// The digest of what a query says, with those that it reads, and of the code that asks it.
    private func key(of number: Int) -> ContentDigest {
        let (name, sql) = queries.query(number)
        var key = KeyFields()
        key.add("report", BuiltInReport.fingerprint)
        for field in parameters.keyFields { key.add("parameter \(field.name)", field.value) }
        key.add("name", name)
        key.add("query", (try? queries.expanded(sql).text) ?? sql)
        return ContentDigest(of: key.encoded)
    }
}
