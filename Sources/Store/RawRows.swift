import GRDB
import GRDBSQLite
import StageKit

/// The rows of a query, with each value where SQLite has it: nothing is copied, and nothing made for a row that nobody
/// keeps. A value of another type than it was asked for is nil, as damage makes it.
struct RawRows: ~Copyable {
    private let statement: Statement

    private var row: OpaquePointer { statement.sqliteStatement }

    /// The rows of `sql` with these integers, or texts, in the place of its question marks.
    init(_ db: Database, _ sql: String, _ arguments: StatementArguments = []) throws {
        let statement = try db.cachedStatement(sql: sql)
        sqlite3_reset(statement.sqliteStatement)
        try statement.setArguments(arguments)
        self.statement = statement
    }

    /// The rows of `sql` with the beginning of this digest in the place of its question mark.
    init(_ db: Database, _ sql: String, _ digest: ContentDigest) throws {
        let statement = try db.cachedStatement(sql: sql)
        sqlite3_reset(statement.sqliteStatement)
        sqlite3_bind_int64(statement.sqliteStatement, 1, digest.short)
        self.statement = statement
    }

    deinit { sqlite3_reset(statement.sqliteStatement) }

    /// SQLite copies what is bound before the call returns: the address -1 says so in its interface.
    static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// What SQLite has to say of a statement that failed.
    static func error(of statement: OpaquePointer) -> DatabaseError {
        let connection = sqlite3_db_handle(statement)
        return DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: String(cString: sqlite3_errmsg(connection)))
    }

    /// Goes on to the next row; false behind the last.
    func next() throws -> Bool {
        let code = sqlite3_step(row)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else { throw Self.error(of: row) }
        return false
    }

    /// Whether there is no value.
    func isNull(_ column: Int) -> Bool { sqlite3_column_type(row, Int32(column)) == SQLITE_NULL }

    /// An integer.
    func integer(_ column: Int) -> Int? {
        sqlite3_column_type(row, Int32(column)) == SQLITE_INTEGER ? Int(sqlite3_column_int64(row, Int32(column))) : nil
    }

    /// A blob, which stays where it is until the next row.
    func blob(_ column: Int) -> UnsafeRawBufferPointer? { bytes(column, of: SQLITE_BLOB) }

    /// A text as its bytes, which stay where they are until the next row; they need not be UTF-8.
    func text(_ column: Int) -> UnsafeRawBufferPointer? { bytes(column, of: SQLITE_TEXT) }

    private func bytes(_ column: Int, of type: Int32) -> UnsafeRawBufferPointer? {
        guard sqlite3_column_type(row, Int32(column)) == type else { return nil }
        guard let address = sqlite3_column_blob(row, Int32(column)) else { return .empty }
        return UnsafeRawBufferPointer(start: address, count: Int(sqlite3_column_bytes(row, Int32(column))))
    }
}

extension UnsafeRawBufferPointer {
    /// No bytes.
    static var empty: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }
}
