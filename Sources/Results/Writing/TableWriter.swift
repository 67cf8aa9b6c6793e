import Digests
import GRDB
import GRDBSQLite

/// Puts rows into one table, value by value in the order of its columns, and hashes each as it goes.
///
/// Values are bound through SQLite's own functions on a statement that GRDB prepared: a first run writes millions of
/// rows, and boxing each value costs more than writing it. A failure is kept and thrown by ``endRow(replacing:)``.
final class TableWriter: ValueSink {
    let shape: TableShape
    private let statement: BoundStatement
    private var row = RowBytes()
    private var column = 0
    /// The digest of the rows that were put in since it was last taken.
    private(set) var sum = SetDigest()

    /// A row takes the place of what stands under its key; without `replaces`, ``endRow(replacing:)`` is told first.
    init(_ shape: TableShape, in db: Database, replaces: Bool = true) throws {
        self.shape = shape
        statement = BoundStatement(try db.makeStatement(sql: shape.insertion(replaces: replaces)), table: shape.name)
        row.begin(shape.name)
    }

    func null() {
        if !shape.isSparse { row.appendNull() }
        statement.bindNull(at: next())
    }

    func integer(_ value: Int) {
        name()
        row.append(value)
        statement.bind(value, at: next())
    }

    func real(_ value: Double) {
        name()
        row.append(value)
        statement.bind(value, at: next())
    }

    func text(utf8: UnsafeBufferPointer<UInt8>) {
        name()
        row.append(text: utf8)
        statement.bind(utf8, at: next(), isCopied: true)
    }

    /// Ends a row. Where another stands under its key, `replacing` is asked to take that out.
    func endRow(replacing: () throws -> Void = {}) throws {
        defer {
            row.begin(shape.name)
            column = 0
        }
        try statement.step(replacing: replacing)
        sum += row.digest()
    }

    /// The digest of the rows since the last call.
    func takeSum() -> SetDigest {
        defer { sum = SetDigest() }
        return sum
    }

    /// In a sparse table, a value is hashed with its column's name.
    private func name() { if shape.isSparse { row.append(text: shape.columns[column].name.utf8) } }

    private func next() -> Int {
        column += 1
        return column
    }
}
