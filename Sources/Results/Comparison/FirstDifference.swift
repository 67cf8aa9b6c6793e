import GRDB

/// The first row in which two results differ, in the order in which stages make them.
package struct FirstDifference: Hashable, Sendable {
    package let table: String
    /// Nil for a row over the whole corpus.
    package let document: String?
    /// The line of the source in which the row's passage begins; nil where it has none.
    package let line: Int?
    /// The columns whose values differ, with both values. For a row that only one has, all columns that are not null.
    package let fields: [ResultsChange.Field]
    package let kind: ResultsChange.Kind

    /// Nil where the results are the same.
    package init?(from old: String, to new: String) throws(ResultsError) {
        let found = try ResultsError.wrapping("the results can't be compared") {
            try ComparedDatabases.reading(old, new) { databases in
                try ResultsFile.open(old, readonly: true).inDatabase { db in
                    try db.execute(sql: "attach database ? as other", arguments: [new])
                    return try Self.find(databases, db)
                }
            }
        }
        guard let found else { return nil }
        self = found
    }

    private init(
        _ table: String, _ document: String?, _ line: Int?, _ kind: ResultsChange.Kind, _ fields: [ResultsChange.Field]
    ) {
        self.table = table
        self.document = document
        self.line = line
        self.kind = kind
        self.fields = fields
    }

    private static func find(_ databases: ComparedDatabases, _ db: Database) throws -> FirstDifference? {
        let differing = try databases.tables().map(\.name)
        let order = ResultsSchema.documentTables.map(\.logical)
        let tables = order.filter(differing.contains) + differing.filter { !order.contains($0) }
        guard let table = tables.first else { return nil }
        let columns = try db.columns(in: table).map(\.name)
        guard columns.contains("document") else { return try row(db, table, columns, in: nil) }
        for document in try databases.touched() {
            if let found = try row(db, table, columns, in: document) { return found }
        }
        return FirstDifference(table, nil, nil, .different, [])
    }

    /// The first row that differs in a table, of one document or of the corpus.
    private static func row(
        _ db: Database, _ table: String, _ columns: [String], in document: String?
    ) throws -> FirstDifference? {
        func select(_ schema: String) -> String {
            "select * from \(schema).\(SQL.name(table))" + (document == nil ? "" : " where document = :document")
        }
        let arguments: StatementArguments = document.map { ["document": $0] } ?? [:]
        func first(_ one: String, _ other: String) throws -> [ResultsValue]? {
            // Of a table over the corpus the first in the order of its columns; of a document, the first passage.
            let order =
                columns.contains("start")
                ? "\"start\"" : columns.contains("n") ? "n" : columns.map(SQL.name).joined(separator: ", ")
            return try Row.fetchOne(
                db, sql: "select * from (\(select(one)) except \(select(other))) order by \(order) limit 1",
                arguments: arguments
            ).map { row in columns.indices.map { ResultsDatabase.value(row, at: $0) } }
        }
        var (old, new) = (try first("main", "other"), try first("other", "main"))
        if let before = old, let after = new, let place = columns.firstIndex(where: { $0 == "start" || $0 == "n" }),
            let (start, other) = before[place].integer.flatMap({ a in after[place].integer.map { (a, $0) } }),
            start != other
        {
            // Two passages: the first one is told.
            if start < other { new = nil } else { old = nil }
        }
        guard let shown = new ?? old else { return nil }
        let line = columns.firstIndex(of: "line").flatMap { shown[$0].integer }
        let none = columns.map { _ in ResultsValue.null }
        let fields = columns.indices.filter { (old ?? none)[$0] != (new ?? none)[$0] }.map {
            ResultsChange.Field(name: columns[$0], old: (old ?? none)[$0], new: (new ?? none)[$0])
        }
        return FirstDifference(
            table, document, line, old == nil ? .new : new == nil ? .gone : .different, fields)
    }
}
