import Results

/// A fact about documents by which they are chosen or put in groups: a column of `documents`, a part of its date, a key
/// of `metadata`, or several of these, parted by commas.
package struct MetadataColumn: Sendable {
    /// As the user wrote it.
    package let name: String
    /// The value of a document, over `_document_rows r` and `_paths p`.
    package let sql: String
    /// The values for `?` in it.
    let arguments: [String]

    private init(name: String, sql: String, arguments: [String] = []) {
        self.name = name
        self.sql = sql
        self.arguments = arguments
    }

    /// The column `name`; an error where no document has such a fact.
    package init(_ name: String, in source: WordSource) throws {
        if let single = try Self.single(name, in: source) {
            self = single
            return
        }
        let columns = try Self.parts(of: name).map { part in
            guard let column = try Self.single(part, in: source) else { throw try Self.problem(part, in: source) }
            return column
        }
        guard !columns.isEmpty else { throw try Self.problem(name, in: source) }
        self.init(
            name: name, sql: columns.map { "coalesce(\($0.sql), '')" }.joined(separator: " || ' · ' || "),
            arguments: columns.flatMap(\.arguments))
    }

    /// The columns that a name with commas stands for.
    package static func parts(of name: String) -> [String] {
        name.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
    }

    /// One column or key; nil where no document has it.
    private static func single(_ name: String, in source: WordSource) throws -> MetadataColumn? {
        if let sql = known[name.lowercased()] { return MetadataColumn(name: name, sql: sql) }
        guard try !source.rows("select 1 from _metadata_rows where key = ? limit 1", [name]).isEmpty else { return nil }
        return MetadataColumn(
            name: name,
            sql: "(select value from _metadata_rows m where m.d = r.d and m.key = ? order by m.n limit 1)",
            arguments: [name])
    }

    private static func problem(_ name: String, in source: WordSource) throws -> PatternProblem {
        let keys = try source.rows("select distinct key from _metadata_rows order by key limit 1000")
            .compactMap(\.[0].text)
        let all = (names + keys.filter { known[$0] == nil }).prefix(20).map { "'\($0)'" }.joined(separator: ", ")
        return PatternProblem(
            "no document has '\(name)' in its metadata", hint: "There are \(all).", id: "unknown-metadata")
    }

    /// Whether every corpus has the column.
    package static func isKnown(_ name: String) -> Bool { known[name.lowercased()] != nil }

    /// The values that documents have, in order, up to `limit`.
    package func values(in source: WordSource, limit: Int = 10_000) throws -> [String] {
        try source.rows(
            """
            select distinct coalesce(\(sql), '') as value from _document_rows r join _paths p using (d)
                order by value limit \(limit)
            """, arguments
        ).compactMap(\.[0].text)
    }

    private static let known: [String: String] = [
        "document": "p.document", "title": "r.title", "date": "r.date", "publisher": "r.publisher",
        "author": "r.author", "language": "r.language", "year": "substr(r.date, 1, 4)",
        "decade": "substr(r.date, 1, 3) || '0s'",
        "quarter":
            "case when length(r.date) >= 7 then substr(r.date, 1, 4) || '-Q' || ((substr(r.date, 6, 2) + 2) / 3) end",
        "month": "case when length(r.date) >= 7 then substr(r.date, 1, 7) end",
    ]

    /// The columns that every corpus has.
    package static let names = [
        "document", "title", "date", "decade", "year", "quarter", "month", "publisher", "author", "language",
    ]
}

/// The documents that a search looks at: those that have one of the values in each column.
package struct DocumentFilter: Sendable {
    /// The condition, over `_document_rows r` and `_paths p`.
    package private(set) var sql = "true"
    /// The values for `?` in it.
    package private(set) var arguments: [String] = []

    /// All documents.
    package init() {}

    /// Keeps documents whose value in `column` is among `values`, in which `*` stands for anything. A value that no
    /// document has is an error.
    package mutating func keep(_ column: String, among values: [String], in source: WordSource) throws {
        guard !values.isEmpty else { return }
        let column = try MetadataColumn(column, in: source)
        let all = try column.values(in: source)
        for value in values where !value.contains("*") && all.count < 10_000 && !all.contains(value) {
            throw PatternProblem(
                "no document has the \(column.name) '\(value)'", hint: Self.hint(value, among: all),
                id: "unknown-metadata")
        }
        sql += " and (" + values.map { _ in "coalesce(\(column.sql), '') glob ?" }.joined(separator: " or ") + ")"
        for value in values { arguments += column.arguments + [Self.glob(value)] }
    }

    /// A value as `glob` has it: only `*` has a meaning.
    private static func glob(_ value: String) -> String {
        value.map { "?[".contains($0) ? "[\($0)]" : String($0) }.joined()
    }

    private static func hint(_ value: String, among all: [String]) -> String {
        let near = NearWords.of(value, among: all.map { ($0, 1) })
        let shown = near.isEmpty ? Array(all.filter { !$0.isEmpty }.prefix(10)) : near
        return shown.isEmpty
            ? "No document has any."
            : "There \(shown.count == 1 ? "is" : "are") \(shown.map { "'\($0)'" }.joined(separator: ", "))."
    }
}
