import GRDB
import GRDBSQLite
import StageKit

/// A statement that is executed for each of many rows, with values bound by SQLite's own functions: through GRDB, each
/// value would be copied twice on its way.
struct RawStatement: ~Copyable {
    private let statement: Statement
    private var row: OpaquePointer { statement.sqliteStatement }

    /// The statement `sql`, which the connection keeps.
    init(_ db: Database, _ sql: String) throws {
        statement = try db.cachedStatement(sql: sql)
        sqlite3_reset(statement.sqliteStatement)
    }

    deinit {
        sqlite3_reset(statement.sqliteStatement)
        sqlite3_clear_bindings(statement.sqliteStatement)
    }

    func bind(_ value: Int, at place: Int32) { sqlite3_bind_int64(row, place, Int64(value)) }

    func bind(_ value: Int64, at place: Int32) { sqlite3_bind_int64(row, place, value) }

    func bindNull(at place: Int32) { sqlite3_bind_null(row, place) }

    func bind(_ value: String, at place: Int32) {
        sqlite3_bind_text(row, place, value, -1, RawRows.transient)
    }

    func bind(_ bytes: [UInt8], at place: Int32) {
        bytes.withUnsafeBytes {
            _ = sqlite3_bind_blob64(row, place, $0.baseAddress, UInt64($0.count), RawRows.transient)
        }
    }

    /// Executes it with what is bound.
    func execute() throws {
        let code = sqlite3_step(row)
        // A statement that failed tells so again when it is reset.
        let failure = code == SQLITE_DONE || code == SQLITE_ROW ? nil : RawRows.error(of: row)
        sqlite3_reset(row)
        if let failure { throw failure }
    }
}
