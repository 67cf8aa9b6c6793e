import GRDB

/// Puts the rows of documents into their tables, and takes them out.
final class DocumentTables {
    private let db: Database
    private let numbers: DocumentNumbers
    private let statements: [BoundStatement]

    init(in db: Database, numbers: DocumentNumbers) throws {
        self.db = db
        self.numbers = numbers
        statements = try ResultsSchema.documentTables.map { table in
            BoundStatement(try db.makeStatement(sql: table.insertion), table: table.name)
        }
    }

    /// Takes the rows of the document `number` out of the tables `full`, and puts `rows` into those of `putting`.
    func replace(
        _ full: Set<String>, of number: Int, by rows: DocumentRows?, putting: Set<String>
    ) throws {
        for (k, table) in ResultsSchema.documentTables.enumerated() {
            if full.contains(table.name) {
                try db.cachedStatement(sql: table.deletion).execute(arguments: [number])
            }
            guard let rows, rows.tables[k].count > 0, putting.contains(table.name) else { continue }
            try put(rows.tables[k], into: table, by: statements[k], number)
        }
    }

    private func put(
        _ rows: EncodedRows, into table: DocumentTable, by statement: BoundStatement, _ document: Int
    ) throws {
        try rows.bytes.withUnsafeBytes { bytes in
            var reader = ValueReader(bytes)
            for _ in 0..<rows.count {
                let number = reader.integer()
                statement.bind(document, at: 1)
                if table.key != .document { statement.bind(number, at: 2) }
                for (k, column) in table.columns.enumerated() {
                    let place = table.firstValue + k
                    if column.name == DocumentTable.other, let path = reader.text() {
                        statement.bind(try numbers.number(of: String(decoding: path, as: UTF8.self)), at: place)
                    } else {
                        reader.bind(to: statement, at: place)
                    }
                }
                try statement.step()
            }
        }
    }
}

/// Reads what ``RowBytes`` wrote in this process: nothing else gets here, so nothing is checked twice.
struct ValueReader {
    private let bytes: UnsafeRawBufferPointer
    private var at = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The whole number that comes next.
    mutating func integer() -> Int {
        at += 1
        return Int(Int64(bitPattern: word()))
    }

    /// The text that comes next; nil where another value does, which is left for the next call.
    mutating func text() -> UnsafeBufferPointer<UInt8>? {
        guard bytes[at] == RowBytes.Tag.text else { return nil }
        at += 1
        let count = Int(word())
        defer { at += count }
        return UnsafeRawBufferPointer(rebasing: bytes[at..<at + count]).assumingMemoryBound(to: UInt8.self)
    }

    /// Binds the value that comes next. A text stays where it is: the row is written before the bytes go.
    mutating func bind(to statement: BoundStatement, at place: Int) {
        if let text = text() { return statement.bind(text, at: place, isCopied: false) }
        let tag = bytes[at]
        at += 1
        switch tag {
        case RowBytes.Tag.integer: statement.bind(Int(Int64(bitPattern: word())), at: place)
        case RowBytes.Tag.real: statement.bind(Double(bitPattern: word()), at: place)
        default: statement.bindNull(at: place)
        }
    }

    private mutating func word() -> UInt64 {
        defer { at += 8 }
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
}
