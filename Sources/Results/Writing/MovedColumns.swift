import GRDB

/// Which columns of the tables of documents have other values than they had, where no row has come or gone.
///
/// The rows of a document are read before they are replaced and again behind that. Of an edit most columns stay: the
/// report then asks no query again that reads these alone.
struct MovedColumns {
    /// By table, the columns that have moved.
    private(set) var columns: [String: Set<String>] = [:]
    /// The tables in which rows have come or gone, or too much has moved to be told.
    private(set) var whole: Set<String> = []
    private(set) var documents = TableMarks.MovedDocuments()

    /// What stands for words that a view cuts out of the text for a column.
    static func cut(_ column: String) -> String { "=\(column.lowercased())" }

    /// So many documents are looked at; of more, whole tables have moved.
    private static let most = 64
    /// A document with more rows in a table moves it as a whole.
    private static let mostRows = 10_000

    /// The rows of one document by the place of their table among those that are replaced; nil for those that are not read.
    typealias Rows = [[[DatabaseValue]]?]

    /// What a document has in `tables`.
    func rows(of number: Int, in tables: [DocumentTable], _ db: Database) throws -> Rows {
        try tables.map { table in
            guard documents.all.count < Self.most, !whole.contains(table.name), TableMarks.isByColumn(table.name) else {
                return nil
            }
            let values = (["t.*"] + table.cuts.map { $0.value(in: "t") }).joined(separator: ", ")
            let select = try db.cachedStatement(
                sql: "select \(values) from \(table.name) t where d = ? limit \(Self.mostRows + 1)")
            let rows = try Row.fetchAll(select, arguments: [number])
            return rows.count > Self.mostRows ? nil : rows.map { Array($0.databaseValues) }
        }
    }

    /// Takes in that the document `number` had the rows `old` in `tables` and has others now.
    mutating func take(_ number: Int, _ tables: [DocumentTable], from old: Rows, _ db: Database) throws {
        let new = try rows(of: number, in: tables, db)
        documents.all.insert(number)
        for (k, table) in tables.enumerated() {
            let moved = try old[k].flatMap { old in try new[k].flatMap { try Self.moved(old, $0, of: table, db) } }
            if let moved {
                columns[table.name, default: []].formUnion(moved)
            } else {
                whole.insert(table.name)
            }
            if TableMarks.tellsOfPassages(table.name, moved) { documents.passages.insert(number) }
        }
    }

    /// The columns by which the rows differ, with those that stand in an index with one of them; nil where rows have come or
    /// gone.
    private static func moved(
        _ old: [[DatabaseValue]], _ new: [[DatabaseValue]], of table: DocumentTable, _ db: Database
    ) throws -> Set<String>? {
        guard old.count == new.count else { return nil }
        let stored = table.columnNames
        let names = try db.columns(in: table.name).map { $0.name.lowercased() } + table.cuts.map { Self.cut($0.name) }
        let known = Set(stored + table.cuts.map { Self.cut($0.name) })
        var moved: Set<String> = []
        for (old, new) in zip(old, new) {
            guard old.count == new.count else { return nil }
            for (k, pair) in zip(old, new).enumerated() where pair.0 != pair.1 {
                guard names.indices.contains(k), known.contains(names[k]) else { return nil }
                moved.insert(names[k])
            }
        }
        for index in table.indexedTogether where !index.isDisjoint(with: moved) { moved.formUnion(index) }
        return moved
    }
}
