import GRDB
import GRDBSQLite

/// A statement that puts in rows, with values bound through SQLite's own functions. What fails is kept, and thrown when
/// the row is written.
final class BoundStatement {
    private let statement: Statement
    private let table: String
    private var failure: Int32 = SQLITE_OK

    init(_ statement: Statement, table: String) {
        self.statement = statement
        self.table = table
    }

    func bindNull(at place: Int) { keep(sqlite3_bind_null(statement.sqliteStatement, Int32(place))) }

    func bind(_ value: Int, at place: Int) {
        keep(sqlite3_bind_int64(statement.sqliteStatement, Int32(place), Int64(value)))
    }

    func bind(_ value: Double, at place: Int) {
        keep(sqlite3_bind_double(statement.sqliteStatement, Int32(place), value))
    }

    /// Binds a text. One that is not copied has to stay where it is until the row is written.
    func bind(_ value: UnsafeBufferPointer<UInt8>, at place: Int, isCopied: Bool) {
        // An empty buffer may have no address, which SQLite would take for NULL.
        guard let address = value.baseAddress, !value.isEmpty else {
            return keep(sqlite3_bind_text64(statement.sqliteStatement, Int32(place), "", 0, nil, Self.utf8))
        }
        keep(
            address.withMemoryRebound(to: CChar.self, capacity: value.count) {
                sqlite3_bind_text64(
                    statement.sqliteStatement, Int32(place), $0, UInt64(value.count), isCopied ? Self.transient : nil,
                    Self.utf8)
            })
    }

    /// Binds bytes, which have to stay where they are until the row is written.
    func bind(blob value: UnsafeRawBufferPointer, at place: Int) {
        // An empty buffer may have no address, which SQLite would take for NULL.
        guard let address = value.baseAddress, !value.isEmpty else {
            return keep(sqlite3_bind_zeroblob(statement.sqliteStatement, Int32(place), 0))
        }
        keep(sqlite3_bind_blob64(statement.sqliteStatement, Int32(place), address, UInt64(value.count), nil))
    }

    /// Writes the row. Where its key is taken, `replacing` is asked to make room, and the row is tried once more.
    func step(replacing: () throws -> Void = {}) throws {
        defer {
            sqlite3_reset(statement.sqliteStatement)
            failure = SQLITE_OK
        }
        var result = failure == SQLITE_OK ? sqlite3_step(statement.sqliteStatement) : failure
        if result & 0xFF == SQLITE_CONSTRAINT {
            sqlite3_reset(statement.sqliteStatement)
            try replacing()
            result = sqlite3_step(statement.sqliteStatement)
        }
        guard result == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: result),
                message: "table '\(table)': \(String(cString: sqlite3_errstr(result)))")
        }
    }

    private func keep(_ result: Int32) { if result != SQLITE_OK { failure = result } }

    private static let utf8 = UInt8(SQLITE_UTF8)
    /// SQLite copies the value before the call returns: the address -1 says so in its interface.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
