import Foundation
import GRDB
import GRDBSQLite

/// Asks a results database, and nothing else: read-only, one statement at a time, within a limit of steps.
///
/// SQLite's own functions are used on GRDB's connection, because the limit and the reason for a refusal need hooks
/// that GRDB keeps for itself.
final class QueryRunner {
    /// How many instructions of SQLite's machine a query may take: the same on every machine, unlike time.
    static let stepLimit = 1_000_000_000
    /// How many rows are kept.
    static let rowLimit = 1000

    private let connection: ReportConnection
    private let stepLimit: Int

    init(_ connection: ReportConnection, stepLimit: Int = QueryRunner.stepLimit) {
        self.connection = connection
        self.stepLimit = stepLimit
    }

    /// The rows of `sql`.
    func run(_ sql: String, limit: Int = QueryRunner.rowLimit) throws(QueryProblem) -> QueryResult {
        do {
            return try connection.read { db in
                guard let connection = db.sqliteConnection else { throw QueryProblem("there is no connection") }
                do throws(QueryProblem) {
                    return try Self.run(sql, on: connection, rowLimit: limit, stepLimit: stepLimit)
                } catch {
                    throw NearTable.advise(error, in: db)
                }
            }
        } catch let problem as QueryProblem {
            throw problem
        } catch {
            throw QueryProblem("\(error)")
        }
    }

    private static func run(
        _ sql: String, on connection: OpaquePointer, rowLimit: Int, stepLimit: Int
    ) throws(QueryProblem) -> QueryResult {
        let guardian = QueryGuard(stepLimit: stepLimit)
        guardian.attach(to: connection)
        defer { guardian.detach(from: connection) }
        let statement = try prepare(sql, on: connection, guardian)
        defer { sqlite3_finalize(statement) }
        var result = QueryResult(
            columns: (0..<sqlite3_column_count(statement)).map { name(of: $0, in: statement) },
            tables: guardian.tables)
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW where result.rows.count < rowLimit:
                result.rows.append((0..<sqlite3_column_count(statement)).map { value(of: $0, in: statement) })
            case SQLITE_ROW: result.further += 1
            case SQLITE_DONE: return result
            case SQLITE_INTERRUPT:
                throw QueryProblem(
                    "the query takes more than \(NumberText.grouped(stepLimit)) steps",
                    hint: "Ask for less: a narrower 'where', or a table that is counted already.", id: "sql-limit")
            default: throw QueryProblem(String(cString: sqlite3_errmsg(connection)))
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
                    ?? QueryProblem(message, offset: offset < 0 ? nil : at + offset)
            }
            statement = statement ?? next
            at += max(1, used)
        }
        guard let statement else { throw QueryProblem("there is no statement") }
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
