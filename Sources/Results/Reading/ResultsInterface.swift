package import GRDB
package import StageKit

/// The tables and views of a results database that stand in `docs/results.md`. What else is there serves the program:
/// the numbers of documents, for example, depend on the runs before, so no report may read them.
package struct ResultsInterface: Sendable {
    /// The names of tables and views, in a fixed order.
    package let names: [String]
    /// The same, in small letters.
    package let tables: Set<String>
    /// The views among them, in small letters: through them everything may be read.
    package let views: Set<String>
    /// What else is there, in small letters.
    package let hidden: Set<String>

    /// The interface of an open database, with the tables of layers of the user's own and those of other uses of
    /// `summarize-statistics`.
    package init(_ db: Database) throws {
        let statistics = try KeptNamespaces.all(in: db)
        let views = ResultsSchema.documentedViews + statistics.flatMap { $0.views.map(\.name) }
        let tables = ResultsSchema.documentedTables + statistics.flatMap { $0.tables.map(\.name) }
        names = views + tables + (try CustomTable.shapes(in: db).map(\.name))
        self.tables = Set(names.map { $0.lowercased() })
        func stored(_ condition: String) throws -> Set<String> {
            Set(
                try String.fetchAll(db, sql: "select name from sqlite_schema where \(condition)").map {
                    $0.lowercased()
                })
        }
        self.views = try stored("type = 'view'").intersection(self.tables)
        hidden = try stored("true").subtracting(self.tables)
    }

    /// The table or view by which people read what `table` holds, as `claims` for `_claim_rows`; nil where there is none.
    package func view(over table: String) -> String? {
        let name = table.lowercased()
        return ResultsSchema.documentTables.first { $0.name == name }?.logical
            ?? ResultsSchema.counts.first { $0.stored == name && $0.isView }?.name
    }

    /// What the views of documents have for the column `name` of the table `table`, in a row `row` of that.
    package static func value(of name: String, of table: String, in row: String) -> String {
        ResultsSchema.documentTables.first { $0.name == table }?.value(of: name, in: row) ?? "\(row).\(SQL.name(name))"
    }

    /// The `length` code points from `start` on of the text of the document that the row `row` belongs to, in SQL.
    package static func words(from start: String, length: String, in row: String) -> String {
        TextParts.cut(row, at: start, length: length)
    }

    /// The whole text of the document that the row `row` belongs to, in SQL.
    package static func text(of row: String) -> String { TextParts.whole(row) }

    /// Makes the tables and views of a database without documents, with tables for the layers that stages of the user's
    /// own write and for these uses of `summarize-statistics`: what a query can be checked against before there are results.
    package static func create(in db: Database, layers: [LayerName], statistics: [StatisticsNamespace] = []) throws {
        try ResultsFile.create(in: db)
        _ = try KeptNamespaces.bring(db, to: statistics)
        for layer in layers { _ = try CustomTable(layer, in: db) }
    }

    /// The names of the tables for `layers`.
    package static func tableNames(of layers: [LayerName]) -> [String] { layers.map(CustomTable.tableName) }
}
