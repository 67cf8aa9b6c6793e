import GRDB

/// A table of what documents have, stored in the order of documents and passages.
///
/// A row's key is the document's number `d` and the row's own within the document, `n`: small to store, to compare and to
/// look up, where the path of the document would stand in every row and index. A view shows the rows with the path.
struct DocumentTable: Sendable {
    /// The name of the stored table.
    let name: String
    /// The name of the view over it, under which its digest is kept.
    let logical: String
    /// What is stored beside the key.
    let columns: [TableShape.Column]
    /// What a row is found by.
    let key: Key
    /// What is indexed: `(column, …)`. In a table of passages with a condition, if only that the column has a value:
    /// SQLite may walk over any other index instead of the table, and then the rows come in its order.
    let indexes: [String]
    /// Whether its rows are part of the results. Others follow from those of other tables and have no digest there.
    let isDigested: Bool

    enum Key: Sendable {
        /// There is one row a document, under its number.
        case document
        /// There are several, under the document's number and their own.
        case passage
        /// The same, and several may have one number and are told apart by the first column.
        case passageAndFirstColumn
    }

    init(
        _ name: String, as logical: String, key: Key = .passage, _ columns: String, indexes: [String] = [],
        isDigested: Bool = true
    ) {
        self.name = name
        self.logical = logical
        self.columns = TableShape.Column.list(columns)
        self.key = key
        self.indexes = indexes
        self.isDigested = isDigested
    }

    /// The column of documents that a row tells of beside its own: a path where rows are hashed, a number where they
    /// are stored.
    static let other = "other"

    /// Whether its rows belong to those of another table, which count.
    var isAppendix: Bool { name == "document_texts" }

    /// The columns of the key.
    private var keyColumns: [String] {
        switch key {
        case .document: ["d"]
        case .passage: ["d", "n"]
        case .passageAndFirstColumn: ["d", "n", columns[0].name]
        }
    }

    /// The statement that creates it.
    var creation: String {
        let list = columns.map(\.declaration).joined(separator: ", ")
        return key == .document
            ? "create table \(name) (d integer primary key, \(list))"
            : """
            create table \(name) (d integer, n integer, \(list), primary key (\(keyColumns.joined(separator: ", "))))
                without rowid
            """
    }

    /// The statements that make its indexes.
    var indexCreation: [String] {
        indexes.enumerated().map { n, index in "create index \(name)_\(n + 1) on \(name) \(index)" }
    }

    /// The statement that takes out the rows of a document.
    var deletion: String { "delete from \(name) where d = ?" }

    /// Every row in order: the document's path, the row's number, and its values as they are hashed.
    var selection: String {
        let values = columns.map { column in
            column.name == Self.other
                ? "(select document from paths o where o.d = t.other)" : "t.\(SQL.name(column.name))"
        }
        return """
            select p.document, \(key == .document ? "0" : "t.n"), \(values.joined(separator: ", "))
                from \(name) t join paths p using (d) order by \(keyColumns.map { "t.\($0)" }.joined(separator: ", "))
            """
    }
}
