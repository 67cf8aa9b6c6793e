import Digests
import GRDB

/// Rows as they stand in the database, hashed as they were hashed when they were put in.
enum StoredRows {
    /// The digest of the rows of a table that is stored as it is queried.
    static func digest(of shape: TableShape, in db: Database) throws -> SetDigest {
        var sum = SetDigest()
        var bytes = RowBytes()
        let columns = shape.columns.map { SQL.name($0.name) }.joined(separator: ", ")
        let rows = try RowValues(db.makeStatement(sql: "select \(columns) from \(SQL.name(shape.name))"))
        while try rows.next() {
            bytes.begin(shape.name)
            for (n, column) in shape.columns.enumerated() {
                if shape.isSparse, rows.isNull(n) { continue }
                if shape.isSparse { bytes.append(text: column.name.utf8) }
                rows.append(n, to: &bytes)
            }
            sum += bytes.digest()
        }
        return sum
    }

    /// The same; `each` is told the digest of each row.
    static func digest(
        of shape: TableShape, in db: Database, each: (Row, SetDigest) -> Void
    ) throws -> SetDigest {
        var sum = SetDigest()
        let columns = shape.columns.map { SQL.name($0.name) }.joined(separator: ", ")
        let rows = try Row.fetchCursor(db, sql: "select \(columns) from \(SQL.name(shape.name))")
        while let row = try rows.next() {
            let digest = digest(row, of: shape)
            each(row, digest)
            sum += digest
        }
        return sum
    }

    /// The digest of one row with all the table's columns.
    static func digest(_ row: Row, of shape: TableShape) -> SetDigest { digest(row.databaseValues, of: shape) }

    /// The same of its values.
    static func digest(_ values: some Sequence<DatabaseValue>, of shape: TableShape) -> SetDigest {
        var bytes = RowBytes()
        bytes.begin(shape.name)
        for (column, value) in zip(shape.columns, values) {
            if shape.isSparse, !value.isNull { bytes.append(text: column.name.utf8) }
            if !value.isNull || !shape.isSparse { bytes.append(value) }
        }
        return bytes.digest()
    }

    /// The digest of the rows of all documents in a table. `each` is told that of each document.
    static func digest(
        of table: DocumentTable, in db: Database, each: (String, SetDigest) -> Void = { _, _ in }
    ) throws -> SetDigest {
        try digest(of: table, RowValues(db.makeStatement(sql: table.selection)), each: each)
    }

    /// The digest of the rows of one document in a table.
    static func digest(of table: DocumentTable, document: String, in db: Database) throws -> SetDigest {
        let select = try db.cachedStatement(sql: table.selection(where: "p.document = ?1"))
        return try digest(of: table, RowValues(select, [document])) { _, _ in }
    }

    private static func digest(
        of table: DocumentTable, _ rows: borrowing RowValues, each: (String, SetDigest) -> Void
    ) throws -> SetDigest {
        var sum = SetDigest()
        var document: String?
        var id: [UInt8] = []
        var bytes = RowBytes()
        var count = 0
        func endDocument() {
            let digest = table.digest(of: bytes, count: count)
            if let document { each(document, digest) }
            sum += digest
            count = 0
        }
        while try rows.next() {
            let path = rows.text(0)
            if document == nil || !path.elementsEqual(id) {
                endDocument()
                id = Array(path)
                let name = String(decoding: id, as: UTF8.self)
                document = name
                bytes = table.head(of: name)
            }
            for column in 1..<rows.count { rows.append(column, to: &bytes) }
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
