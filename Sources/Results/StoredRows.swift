import Digests
import GRDB

/// Rows as they stand in the database, hashed as ``TableWriter`` hashed them when they were put in.
struct StoredRows {
    let shape: TableShape
    private var bytes = RowBytes()

    init(_ shape: TableShape) { self.shape = shape }

    /// The digest of one row with all the table's columns.
    mutating func digest(_ row: Row) -> SetDigest {
        bytes.begin(shape.name)
        for (column, value) in zip(shape.columns, row.databaseValues) {
            if shape.isSparse, !value.isNull { bytes.append(text: column.name.utf8) }
            switch value.storage {
            case .null: if !shape.isSparse { bytes.appendNull() }
            case .int64(let value): bytes.append(Int(value))
            case .double(let value): bytes.append(value)
            case .string(let value): bytes.append(text: value.utf8)
            case .blob(let value): bytes.append(text: value)
            }
        }
        return bytes.digest
    }

    /// The digest of the rows that meet `condition`.
    mutating func digest(
        in db: Database, where condition: String = "true", arguments: StatementArguments = []
    ) throws -> SetDigest {
        var sum = SetDigest()
        let columns = shape.columns.map { SQL.name($0.name) }.joined(separator: ", ")
        let rows = try Row.fetchCursor(
            db, sql: "select \(columns) from \(SQL.name(shape.name)) where \(condition)", arguments: arguments)
        while let row = try rows.next() { sum += digest(row) }
        return sum
    }
}
