import Digests
import GRDB

/// Rows as they stand in the database, hashed as they were hashed when they were put in.
enum StoredRows {
    /// The digest of the rows of a table that is stored as it is queried.
    static func digest(of shape: TableShape, in db: Database) throws -> SetDigest {
        var sum = SetDigest()
        let columns = shape.columns.map { SQL.name($0.name) }.joined(separator: ", ")
        let rows = try Row.fetchCursor(db, sql: "select \(columns) from \(SQL.name(shape.name))")
        while let row = try rows.next() { sum += digest(row, of: shape) }
        return sum
    }

    /// The digest of one row with all the table's columns.
    static func digest(_ row: Row, of shape: TableShape) -> SetDigest {
        var bytes = RowBytes()
        bytes.begin(shape.name)
        for (column, value) in zip(shape.columns, row.databaseValues) {
            if shape.isSparse, !value.isNull { bytes.append(text: column.name.utf8) }
            if !value.isNull || !shape.isSparse { bytes.append(value) }
        }
        return bytes.digest()
    }

    /// The digest of the rows of all documents in a table.
    static func digest(of table: DocumentTable, in db: Database) throws -> SetDigest {
        var sum = SetDigest()
        var document: String?
        var bytes = RowBytes()
        var count = 0
        func endDocument() {
            sum += table.digest(of: bytes, count: count)
            count = 0
        }
        let rows = try Row.fetchCursor(db, sql: table.selection)
        while let row = try rows.next() {
            let id: String = row[0]
            if id != document {
                endDocument()
                document = id
                bytes = table.head(of: id)
            }
            for value in row.databaseValues.dropFirst() { bytes.append(value) }
            count += 1
        }
        endDocument()
        return sum
    }
}

extension RowBytes {
    fileprivate mutating func append(_ value: DatabaseValue) {
        switch value.storage {
        case .null: appendNull()
        case .int64(let value): append(Int(value))
        case .double(let value): append(value)
        case .string(let value): append(text: value.utf8)
        case .blob(let value): append(blob: value)
        }
    }
}
