import Digests
import Foundation
import GRDB
import GRDBSQLite
import Results
import StageKit
import Words

/// Asks a results database, and nothing else: read-only, one statement at a time, within limits.
///
/// SQLite's own functions are used on GRDB's connection, because the limits and the reason for a refusal need hooks
/// that GRDB keeps for itself.
final class QueryRunner {
    /// How many rows are kept.
    static let rowLimit = 1000
    /// How many are kept for a timeline, which counts them by a unit of time.
    static let timelineLimit = 50_000

    private let connection: ReportConnection
    private let parameters: Parameters
    private let queries: NamedQueries
    private let filled: FilledQueries.Within?
    private let limits: QueryLimits

    /// A runner on a connection. Of the `queries` those are read as tables that are `filled` there.
    init(
        _ connection: ReportConnection, parameters: Parameters = Parameters([:]),
        queries: NamedQueries = NamedQueries(), filled: FilledQueries.Within? = nil, limits: QueryLimits = QueryLimits()
    ) {
        self.filled = filled
        self.connection = connection
        self.parameters = parameters
        self.queries = queries
        self.limits = limits
    }

    /// The rows of `sql`.
    func run(_ sql: String, limit: Int = QueryRunner.rowLimit) throws(QueryProblem) -> QueryResult {
        try reading(sql) { database, guardian, statement throws(QueryProblem) in
            try self.rows(of: statement, on: database, guardian, rowLimit: limit)
        }
    }

    /// Makes the rows of `sql` a table of the connection, in memory. Nil, and no table, where they are more than `most` or
    /// more than `bytes`; else the digest of the rows. And what was read, by names of ``TableMarks``.
    func fill(
        _ table: String, with sql: String, most: Int, bytes: Int
    ) throws(QueryProblem) -> (rows: ContentDigest?, read: Set<String>) {
        try reading(sql) { database, guardian, statement throws(QueryProblem) in
            // what it reads was allowed; that a table is made is ours
            guardian.isTrusted = true
            defer { guardian.isTrusted = false }
            let expanded = String(cString: sqlite3_sql(statement))
            let name = "\"\(table)\""
            func prepared(_ sql: String) throws(QueryProblem) -> OpaquePointer {
                var made: OpaquePointer?
                guard sqlite3_prepare_v2(database, sql, -1, &made, nil) == SQLITE_OK, let made else {
                    throw QueryProblem(String(cString: sqlite3_errmsg(database)))
                }
                return made
            }
            let making = try prepared("create temp table \(name) as select * from (\(expanded)\n) limit \(most + 1)")
            defer { sqlite3_finalize(making) }
            parameters.bind(to: making)
            guard sqlite3_step(making) == SQLITE_DONE else {
                throw QueryProblem(String(cString: sqlite3_errmsg(database)))
            }
            let reading = try prepared("select * from temp.\(name)")
            let (rows, count) = Self.digest(of: reading, most: most, bytes: bytes)
            sqlite3_finalize(reading)
            if rows == nil {
                sqlite3_exec(database, "drop table temp.\(name)", nil, nil, nil)
            } else {
                // Without a number of rows SQLite takes it for a large table, and begins elsewhere. It writes none of its own
                // for one without rows.
                sqlite3_exec(
                    database,
                    """
                    analyze temp.\(name); delete from temp.sqlite_stat1 where tbl = '\(table)';
                    insert into temp.sqlite_stat1 values ('\(table)', null, '\(max(1, count))');
                    analyze temp.sqlite_schema
                    """, nil, nil, nil)
            }
            return (rows, guardian.tables)
        }
    }

    /// The digest of the rows that a statement gives, nil where they are too many; and how many they are.
    private static func digest(
        of statement: OpaquePointer, most: Int, bytes: Int
    ) -> (digest: ContentDigest?, count: Int) {
        var writer = ByteWriter()
        var count = 0
        for column in 0..<sqlite3_column_count(statement) { writer.write(name(of: column, in: statement)) }
        while sqlite3_step(statement) == SQLITE_ROW {
            count += 1
            guard count <= most, writer.bytes.count <= bytes else { return (nil, count) }
            for column in 0..<sqlite3_column_count(statement) {
                let type = sqlite3_column_type(statement, column)
                writer.write(byte: UInt8(truncatingIfNeeded: type))
                switch type {
                case SQLITE_INTEGER: writer.write(Int(sqlite3_column_int64(statement, column)))
                case SQLITE_FLOAT: writer.write(hash: sqlite3_column_double(statement, column).bitPattern)
                case SQLITE_TEXT, SQLITE_BLOB:
                    // bytes as they stand: of a blob they are those of evidence
                    let address = sqlite3_column_blob(statement, column)
                    let length = Int(sqlite3_column_bytes(statement, column))
                    writer.write(Array(UnsafeRawBufferPointer(start: address, count: address == nil ? 0 : length)))
                default: break
                }
            }
        }
        return (ContentDigest(of: writer.bytes), count)
    }

    /// The columns that `sql` gives, without running it.
    func columns(of sql: String) throws(QueryProblem) -> [String] { try shape(of: sql).columns.map(\.name) }

    /// The columns that `sql` gives with what is known of them, without running it; and the tables that it reads.
    func shape(of sql: String) throws(QueryProblem) -> (columns: [QueryColumn], tables: Set<String>) {
        let named = try reading(sql) { _, guardian, statement throws(QueryProblem) in
            let columns = (0..<sqlite3_column_count(statement)).map { k in
                let type = sqlite3_column_decltype(statement, k).map { String(cString: $0) }
                return (name: Self.name(of: k, in: statement), type: type)
            }
            return (columns, guardian.tables)
        }
        let kinds = SelectList.kinds(of: sql, count: named.0.count)
        let readsEvidence = try queries.expanded(sql).text.offset(of: "evidence") != nil
        let columns = named.0.enumerated().map { k, column in
            QueryColumn(
                column.name, QueryColumn.kind(declared: column.type) ?? kinds?[k], readsEvidence: readsEvidence)
        }
        return (columns, named.1)
    }

    /// Prepares `sql` under a guard, and hands the statement to `body`.
    private func reading<Value>(
        _ sql: String, _ body: (OpaquePointer, QueryGuard, OpaquePointer) throws(QueryProblem) -> Value
    ) throws(QueryProblem) -> Value {
        let expanded = if let filled { try filled.expanded(sql) } else { try queries.expanded(sql) }
        let sql = expanded.text
        do {
            return try connection.read { db in
                guard let database = db.sqliteConnection else { throw QueryProblem("there is no connection") }
                do throws(QueryProblem) {
                    let start = ContinuousClock.now
                    let most = Duration.seconds(limits.seconds)
                    let guardian = QueryGuard(
                        connection.interface, functions: connection.functions, filled: connection.filled, sql: sql,
                        stepLimit: limits.steps
                    ) { ContinuousClock.now - start > most }
                    guardian.attach(to: database)
                    connection.words.isTrusted = { guardian.isTrusted = $0 }
                    connection.words.charge = { try guardian.charge(bytes: $0) }
                    defer {
                        guardian.detach(from: database)
                        (connection.words.isTrusted, connection.words.charge) = (nil, nil)
                    }
                    let statement = try Self.prepare(sql, on: database, guardian)
                    defer { sqlite3_finalize(statement) }
                    if let problem = parameters.problem(with: statement, sql: sql) { throw problem }
                    return try body(database, guardian, statement)
                } catch {
                    throw expanded.own(
                        NearTable.advise(
                            error, on: sql, in: db, connection.interface,
                            queries: queries.names + connection.functions.keys, known: &connection.advice))
                }
            }
        } catch let problem as QueryProblem {
            throw problem
        } catch {
            throw QueryProblem("\(error)")
        }
    }

    private func rows(
        of statement: OpaquePointer, on database: OpaquePointer, _ guardian: QueryGuard, rowLimit: Int
    ) throws(QueryProblem) -> QueryResult {
        parameters.bind(to: statement)
        var result = QueryResult(
            columns: (0..<sqlite3_column_count(statement)).map { Self.name(of: $0, in: statement) })
        var bytes = 0
        while true {
            let code = sqlite3_step(statement)
            switch code {
            case SQLITE_ROW where result.rows.count < rowLimit:
                let row = (0..<sqlite3_column_count(statement)).map { Self.value(of: $0, in: statement) }
                for case .text(let text) in row { bytes += text.utf8.count }
                guard bytes <= limits.cellBytes else {
                    throw QueryProblem(
                        "the cell gives more than \(NumberText.grouped(limits.cellBytes)) bytes of text",
                        hint: "Show less of each text, as excerpt(text, 200) does, or fewer rows.", id: "sql-limit")
                }
                result.rows.append(row)
            case SQLITE_ROW: result.further += 1
            case SQLITE_DONE:
                result.tables = guardian.tables
                return result
            case SQLITE_INTERRUPT:
                let most =
                    guardian.wasLate
                    ? "\(limits.seconds) seconds" : "\(NumberText.grouped(limits.steps)) steps"
                throw QueryProblem("the query takes more than \(most)", hint: QueryLimits.less, id: "sql-limit")
            default:
                throw QueryLimits.problem(code, on: database) ?? QueryProblem(String(cString: sqlite3_errmsg(database)))
            }
        }
    }

    /// The one statement in `sql`.
    private static func prepare(
        _ sql: String, on connection: OpaquePointer, _ guardian: QueryGuard
    ) throws(QueryProblem) -> OpaquePointer {
        let bytes = Array(sql.utf8).map(CChar.init(bitPattern:))
        guard !bytes.contains(0) else { throw QueryProblem("a query holds no NUL") }
        var statement: OpaquePointer?
        var at = 0
        while at < bytes.count {
            var next: OpaquePointer?
            let (code, used) = bytes[at...].withUnsafeBufferPointer { part in
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v2(connection, part.baseAddress, Int32(clamping: part.count), &next, &tail)
                guard let tail, let start = part.baseAddress else { return (code, part.count) }
                return (code, tail - start)
            }
            let isSecond = statement != nil && next != nil
            guard code == SQLITE_OK, !isSecond else {
                let message = String(cString: sqlite3_errmsg(connection))
                let offset = Int(sqlite3_error_offset(connection))
                sqlite3_finalize(statement)
                sqlite3_finalize(next)
                if isSecond { throw QueryProblem("a cell holds one statement", offset: at, id: "sql-statements") }
                throw guardian.refusal ?? QueryGuard.refusal(of: message)
                    ?? QueryLimits.problem(code, on: connection)
                    ?? QueryProblem(message, offset: offset < 0 ? nil : at + offset)
            }
            statement = statement ?? next
            at += max(1, used)
        }
        guard let statement else { throw QueryProblem("there is no statement") }
        guard sqlite3_stmt_isexplain(statement) == 0 else {
            sqlite3_finalize(statement)
            throw QueryProblem("a cell may only read, not explain", id: "sql-writes")
        }
        return statement
    }

    private static func name(of column: Int32, in statement: OpaquePointer) -> String {
        sqlite3_column_name(statement, column).map { String(cString: $0) } ?? ""
    }

    private static func value(of column: Int32, in statement: OpaquePointer) -> QueryValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(Int(sqlite3_column_int64(statement, column)))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            guard let address = sqlite3_column_text(statement, column) else { return .text("") }
            let count = Int(sqlite3_column_bytes(statement, column))
            return .text(String(decoding: UnsafeBufferPointer(start: address, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            let count = Int(sqlite3_column_bytes(statement, column))
            guard let address = sqlite3_column_blob(statement, column) else { return .blob(0) }
            let bytes = Array(UnsafeRawBufferPointer(start: address, count: count))
            return EvidenceAggregate.decode(bytes).map(QueryValue.evidence) ?? .blob(count)
        default: return .null
        }
    }
}
