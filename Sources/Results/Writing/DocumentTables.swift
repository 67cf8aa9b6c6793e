import GRDB

/// Puts the rows of documents into their tables, and takes them out.
final class DocumentTables {
    /// Rows that wait to be put into one table.
    private struct Waiting {
        let table: DocumentTable
        let inserter: RowInserter
        /// The documents in order, each with how many rows it has.
        var documents: [(number: Int, count: Int)] = []
        var bytes: [UInt8] = []
        var count = 0
    }

    private let db: Database
    private let numbers: DocumentNumbers
    private let texts: [SharedTexts]
    private var waiting: [Waiting]

    /// How many rows of a table wait at most before they are put in.
    private static let most = 512

    init(in db: Database, numbers: DocumentNumbers, texts: [SharedTexts]) throws {
        self.db = db
        self.numbers = numbers
        self.texts = texts
        waiting = try ResultsSchema.documentTables.map { table in
            Waiting(table: table, inserter: try RowInserter(into: table.name, width: table.width, in: db))
        }
    }

    /// Takes the rows of the document `number` out of the tables `full`, and puts `rows` into those of `putting`, at
    /// the latest when ``flush()`` is called.
    func replace(
        _ full: Set<String>, of number: Int, by rows: DocumentRows?, putting: Set<String>
    ) throws {
        for (k, table) in ResultsSchema.documentTables.enumerated() {
            if full.contains(table.name) {
                try release(table, of: number)
                try db.cachedStatement(sql: table.deletion).execute(arguments: [number])
            }
            guard let rows, rows.tables[k].count > 0, putting.contains(table.name) else { continue }
            waiting[k].documents.append((number, rows.tables[k].count))
            waiting[k].bytes += rows.tables[k].bytes
            waiting[k].count += rows.tables[k].count
            if waiting[k].count >= Self.most { try flush(k) }
        }
    }

    /// Puts in what waits.
    func flush() throws { for k in waiting.indices where waiting[k].count > 0 { try flush(k) } }

    private func flush(_ k: Int) throws {
        let table = waiting[k].table
        let width = table.width
        var documents = waiting[k].documents.makeIterator()
        var document = (number: 0, count: 0)
        try waiting[k].bytes.withUnsafeBytes { bytes in
            var reader = ValueReader(bytes)
            try waiting[k].inserter.insert(waiting[k].count) { statement, first in
                if document.count == 0, let next = documents.next() { document = next }
                document.count -= 1
                let key = document.number
                statement.bind(table.key == .part ? key * TextParts.most + reader.integer() : key, at: first)
                for place in first + 1..<first + width {
                    if try reader.bindText(of: texts, to: statement, at: place) { continue }
                    if let path = reader.text(RowBytes.Tag.path) {
                        statement.bind(try numbers.number(of: String(decoding: path, as: UTF8.self)), at: place)
                    } else {
                        reader.bind(to: statement, at: place)
                    }
                }
            }
        }
        waiting[k].documents.removeAll(keepingCapacity: true)
        waiting[k].bytes.removeAll(keepingCapacity: true)
        waiting[k].count = 0
    }

    /// Counts that the rows of the document `number` in `table` have their shared texts no more.
    private func release(_ table: DocumentTable, of number: Int) throws {
        for texts in texts {
            guard let sharing = table.sharing(texts.kind) else { continue }
            let rows = try Row.fetchCursor(db.cachedStatement(sql: sharing), arguments: [number])
            while let row = try rows.next() {
                for value in row.databaseValues { if let text = Int.fromDatabaseValue(value) { texts.release(text) } }
            }
        }
    }
}
