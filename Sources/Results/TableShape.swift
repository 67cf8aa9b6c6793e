/// A table as it is stored: narrow, and sorted by its key, so that a query without an order gives no hint of past runs.
struct TableShape: Sendable {
    /// One column.
    struct Column: Sendable {
        let name: String
        /// `TEXT`, `INTEGER`, `REAL` or empty, for a column that keeps each value's own type.
        let type: String
    }

    /// The name of the stored table.
    let name: String
    /// The name under which it is queried and its digest is kept: that of its view where it has one.
    let logical: String
    let columns: [Column]
    /// The columns of the primary key.
    let key: [String]
    /// Columns with an index of their own.
    let indexes: [[String]]
    /// Whether it holds what stands apart from the rows of another, which count.
    var isAppendix: Bool { name == "document_texts" }
    /// Whether rows are hashed by the names of the values that are there, so that a column more changes no digest.
    let isSparse: Bool

    /// A table whose columns are written `name TYPE, name TYPE, …`.
    init(_ name: String, as logical: String? = nil, _ columns: String, key: String, indexes: [String] = []) {
        self.name = name
        self.logical = logical ?? name
        self.columns = columns.split(separator: ",").map { part in
            let words = part.split(separator: " ")
            return Column(name: String(words.first ?? ""), type: words.count > 1 ? String(words[1]) : "")
        }
        self.key = Self.names(key)
        self.indexes = indexes.map(Self.names)
        isSparse = false
    }

    /// A table whose columns depend on the data.
    init(sparse name: String, _ columns: [Column], key: [String]) {
        self.name = name
        logical = name
        self.columns = columns
        self.key = key
        indexes = []
        isSparse = true
    }

    private static func names(_ list: String) -> [String] {
        list.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }

    /// The statements that create it.
    var creation: [String] {
        let columns = columns.map { $0.type.isEmpty ? SQL.name($0.name) : "\(SQL.name($0.name)) \($0.type)" }
        let key = key.map(SQL.name).joined(separator: ", ")
        let table =
            "create table \(SQL.name(name)) (\(columns.joined(separator: ", ")), primary key (\(key))) without rowid"
        return [table]
            + indexes.map { index in
                let suffix = index.joined(separator: "_")
                return "create index \(SQL.name("\(name)_by_\(suffix)")) on \(SQL.name(name)) "
                    + "(\(index.map(SQL.name).joined(separator: ", ")))"
            }
    }

    /// The statement that puts in a row.
    var insertion: String {
        "insert or replace into \(SQL.name(name)) values (\(columns.map { _ in "?" }.joined(separator: ", ")))"
    }
}

/// Names in SQL.
enum SQL {
    /// `name` in double quotes, so that `end` is a column like any other.
    static func name(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
}
