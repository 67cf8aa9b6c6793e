import Digests
import GRDB
import GRDBSQLite

/// Puts rows into one table, value by value in the order of its columns, and hashes each as it goes.
///
/// Values are bound through SQLite's own functions on a statement that GRDB prepared: a first run writes millions of
/// rows, and boxing each value costs more than writing it. A failure is kept and thrown by ``endRow()``.
final class TableWriter {
    let shape: TableShape
    private let statement: Statement
    private var row = RowBytes()
    private var column: Int32 = 0
    private var failure: Int32 = SQLITE_OK
    /// The digest of the rows that were put in since it was last taken.
    private var sum = SetDigest()

    init(_ shape: TableShape, in db: Database) throws {
        self.shape = shape
        statement = try db.makeStatement(sql: shape.insertion)
        row.begin(shape.name)
    }

    func null() {
        if !shape.isSparse { row.appendNull() }
        keep(sqlite3_bind_null(statement.sqliteStatement, next()))
    }

    func integer(_ value: Int) {
        name()
        row.append(value)
        keep(sqlite3_bind_int64(statement.sqliteStatement, next(), Int64(value)))
    }

    func integer(_ value: Int?) { if let value { integer(value) } else { null() } }

    func bool(_ value: Bool) { integer(value ? 1 : 0) }

    func real(_ value: Double?) {
        guard let value, !value.isNaN else { return null() }
        name()
        row.append(value)
        keep(sqlite3_bind_double(statement.sqliteStatement, next(), value))
    }

    func text(_ value: String) {
        var value = value
        value.withUTF8 { text(utf8: $0) }
    }

    func text(_ value: String?) { if let value { text(value) } else { null() } }

    func text(_ value: ArraySlice<UInt8>) { value.withUnsafeBufferPointer { text(utf8: $0) } }

    /// Ends a row.
    func endRow() throws {
        defer {
            sqlite3_reset(statement.sqliteStatement)
            row.begin(shape.name)
            column = 0
            failure = SQLITE_OK
        }
        let result = failure == SQLITE_OK ? sqlite3_step(statement.sqliteStatement) : failure
        guard result == SQLITE_DONE else {
            throw ResultsError("table '\(shape.name)' can't be written: \(String(cString: sqlite3_errstr(result)))")
        }
        sum += row.digest
    }

    /// The digest of the rows since the last call.
    func takeSum() -> SetDigest {
        defer { sum = SetDigest() }
        return sum
    }

    private func text(utf8: UnsafeBufferPointer<UInt8>) {
        name()
        row.append(text: utf8)
        // An empty buffer may have no address, which SQLite would take for NULL.
        guard let address = utf8.baseAddress else {
            return keep(sqlite3_bind_text64(statement.sqliteStatement, next(), "", 0, nil, Self.utf8))
        }
        keep(
            address.withMemoryRebound(to: CChar.self, capacity: utf8.count) {
                sqlite3_bind_text64(
                    statement.sqliteStatement, next(), $0, UInt64(utf8.count), Self.transient, Self.utf8)
            })
    }

    /// In a sparse table, a value is hashed with its column's name.
    private func name() { if shape.isSparse { row.append(text: shape.columns[Int(column)].name.utf8) } }

    private func next() -> Int32 {
        column += 1
        return column
    }

    private func keep(_ result: Int32) { if result != SQLITE_OK { failure = result } }

    private static let utf8 = UInt8(SQLITE_UTF8)
    /// SQLite copies the value before the call returns: the address -1 says so in its interface.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
