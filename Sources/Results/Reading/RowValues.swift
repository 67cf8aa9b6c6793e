import GRDB
import GRDBSQLite

/// The rows of a query with their values where SQLite has them: to hash a row, no text is made and nothing copied twice.
struct RowValues: ~Copyable {
    private let statement: Statement
    private var row: OpaquePointer { statement.sqliteStatement }
    /// How many values a row has.
    let count: Int

    init(_ statement: Statement, _ arguments: StatementArguments = []) throws {
        sqlite3_reset(statement.sqliteStatement)
        try statement.setArguments(arguments)
        self.statement = statement
        count = Int(sqlite3_column_count(statement.sqliteStatement))
    }

    deinit { sqlite3_reset(statement.sqliteStatement) }

    /// Goes on to the next row; false behind the last.
    func next() throws -> Bool {
        let code = sqlite3_step(row)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else {
            let connection = sqlite3_db_handle(row)
            throw DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                message: String(cString: sqlite3_errmsg(connection)))
        }
        return false
    }

    func isNull(_ column: Int) -> Bool { sqlite3_column_type(row, Int32(column)) == SQLITE_NULL }

    /// A text as its bytes, which stay where they are until the next row; none for what is no text.
    func text(_ column: Int) -> UnsafeBufferPointer<UInt8> {
        sqlite3_column_type(row, Int32(column)) == SQLITE_TEXT
            ? bytes(column) : UnsafeBufferPointer(start: nil, count: 0)
    }

    private func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
        // Asked for first: the address is that of the value in the form that it has.
        let address = sqlite3_column_blob(row, Int32(column))
        let count = Int(sqlite3_column_bytes(row, Int32(column)))
        return UnsafeBufferPointer(
            start: address?.assumingMemoryBound(to: UInt8.self), count: address == nil ? 0 : count)
    }

    /// Appends a value to what is hashed.
    func append(_ column: Int, to bytes: inout RowBytes) {
        switch sqlite3_column_type(row, Int32(column)) {
        case SQLITE_INTEGER: bytes.append(Int(sqlite3_column_int64(row, Int32(column))))
        case SQLITE_FLOAT: bytes.append(sqlite3_column_double(row, Int32(column)))
        case SQLITE_TEXT: bytes.append(text: self.bytes(column))
        case SQLITE_BLOB: bytes.append(blob: self.bytes(column))
        default: bytes.appendNull()
        }
    }
}
