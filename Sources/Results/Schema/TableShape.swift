/// A table that is stored as it is queried, sorted by its key, so that a query without an order gives no hint of past
/// runs.
struct TableShape: Sendable {
    /// One column.
    struct Column: Sendable {
        let name: String
        /// `TEXT`, `INTEGER`, `REAL` or empty, for a column that keeps each value's own type.
        let type: String

        /// The column as `create table` has it.
        var declaration: String { type.isEmpty ? SQL.name(name) : "\(SQL.name(name)) \(type)" }

        /// Columns written `name TYPE, name TYPE, …`.
        static func list(_ columns: String) -> [Column] {
            columns.split(separator: ",").map { part in
                let words = part.split(separator: " ")
                return Column(name: String(words.first ?? ""), type: words.count > 1 ? String(words[1]) : "")
            }
        }
    }

    let name: String
    /// What a row is, as `docs/results.md` has it; empty for the layer of a user's own.
    let summary: String
    let columns: [Column]
    /// The columns of the primary key.
    let key: [String]
    /// Whether rows are hashed by the names of the values that are there, so that a column more changes no digest.
    let isSparse: Bool

    /// A table whose columns are written `name TYPE, name TYPE, …`.
    init(_ name: String, _ summary: String, _ columns: String, key: String) {
        self.name = name
        self.summary = summary
        self.columns = Column.list(columns)
        self.key = key.split(separator: ",").map { String($0.drop { $0 == " " }) }
        isSparse = false
    }

    /// A table whose columns depend on the data.
    init(sparse name: String, _ columns: [Column], key: [String]) {
        self.name = name
        summary = ""
        self.columns = columns
        self.key = key
        isSparse = true
    }

    /// The statement that creates it.
    var creation: String {
        let columns = columns.map(\.declaration).joined(separator: ", ")
        let key = key.map(SQL.name).joined(separator: ", ")
        return "create table \(SQL.name(name)) (\(columns), primary key (\(key))) without rowid"
    }

    /// The statement that puts in a row; one that `replaces` takes out what stands under its key.
    func insertion(replaces: Bool) -> String {
        "insert \(replaces ? "or replace " : "")into \(SQL.name(name)) "
            + "values (\(columns.map { _ in "?" }.joined(separator: ", ")))"
    }
}

/// Names in SQL.
enum SQL {
    /// `name` in double quotes, so that `end` is a column like any other.
    static func name(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
}
