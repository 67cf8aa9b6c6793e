/// A table of what documents have, stored in the order of documents and passages, with the view by which people read it.
///
/// A row's key is the document's number `d` and the row's own within the document, `n`: small to store, to compare and to
/// look up, where the path of the document would stand in every row and index. The view has the path. All that is to be
/// said of the table stands in its declaration; what is created, written, hashed and documented follows from that.
struct DocumentTable: Sendable {
    /// The name of the stored table.
    let name: String
    /// The name of the view over it, under which its digest is kept.
    let logical: String
    /// What a row is, as `docs/results.md` has it; empty for a table that the view of another one shows.
    let summary: String
    /// What a row is found by.
    let key: Key
    /// What a row has beside the key, in the order in which it is hashed.
    let columns: [DocumentColumn]
    /// The columns of the view in order, with `document` for the document's path, `n` and `k` for the row's numbers and
    /// `*place` for the five columns of a place. `x as y` shows x under another name; `r.x` is a column of another table
    /// that the view joins as `r`. Empty for a table without a view of its own.
    let shown: [String]
    /// What the view joins.
    let joining: String
    /// On which condition the view shows a row; empty for every row.
    let condition: String
    /// What is indexed: `(column, …)`. In a table of passages with a condition, if only that the column has a value:
    /// SQLite may walk over any other index instead of the table, and then the rows come in its order.
    let indexes: [String]

    enum Key: Sendable {
        /// There is one row a document, under its number.
        case document
        /// There are several, under the document's number and their own.
        case passage
        /// The same, and several may have one number and are told apart by a second one, `k`, which is hashed.
        case passageAndNumber
        /// There are several, under a number made of both.
        case part
    }

    init(
        _ name: String, as logical: String, _ summary: String = "", key: Key = .passage, _ columns: [DocumentColumn],
        shown: String = "", joining: String = "", condition: String = "", indexes: [String] = []
    ) {
        self.name = name
        self.logical = logical
        self.summary = summary
        self.columns = columns
        self.key = key
        self.shown = shown.split(separator: ",").map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        self.joining = joining
        self.condition = condition
        self.indexes = indexes
    }

    /// Whether its rows belong to those of another table, which count.
    var isAppendix: Bool { name == TextParts.table }

    /// The columns of the key, as far as they are stored.
    var keyColumns: [String] {
        switch key {
        case .document: ["d"]
        case .passage: ["d", "n"]
        case .passageAndNumber: ["d", "n", "k"]
        case .part: ["part"]
        }
    }

    /// How many values a row has that is put in.
    var width: Int { keyColumns.count + (key == .part ? 1 : columns.reduce(0) { $0 + $1.stored.count }) }

    /// The statement that creates it.
    var creation: String {
        if key == .part { return TextParts.creation }
        let keys = key == .document ? ["d integer primary key"] : keyColumns.map { "\($0) integer" }
        let list = (keys + columns.flatMap(\.stored) + columns.compactMap(\.generated)).joined(separator: ", ")
        return key == .document
            ? "create table \(name) (\(list))"
            : "create table \(name) (\(list), primary key (\(keyColumns.joined(separator: ", ")))) without rowid"
    }

    /// The statement that makes its view; nil for a table without one.
    var view: String? {
        guard !shown.isEmpty else { return nil }
        let list = shown.map { item in
            item == "*place"
                ? DocumentColumn.place.map { $0.value(in: "t") }.joined(separator: ", ")
                : "\(shownValue(of: Self.source(of: item))) as \(Self.shownName(of: item))"
        }
        let texts = columns.filter(\.isSearched).map { column in
            "left join \(SharedTexts.Kind.searched.rawValue) s_\(column.name) on s_\(column.name).k = t.\(column.number)"
        }
        return """
            create view \(logical) as select \(list.joined(separator: ", "))
                from \(name) t join _paths p on p.d = t.d \(joining) \(texts.joined(separator: " "))
                \(condition.isEmpty ? "" : "where \(condition)")
            """
    }

    /// The name of what `shown` has: `n` of `r.n`, and `m` of `x as m`.
    private static func shownName(of item: String) -> String {
        String(item.split(separator: " ").last?.split(separator: ".").last ?? "")
    }

    /// What stands behind a name that `shown` has.
    private static func source(of item: String) -> String { String(item.prefix { $0 != " " }) }

    private func shownValue(of name: String) -> String {
        if name == "document" { return "p.document" }
        guard let column = columns.first(where: { $0.name == name }) else {
            return name.contains(".") ? name : "t.\(name)"
        }
        return column.isSearched ? "s_\(name).text" : column.value(in: "t")
    }

    /// The columns of the view, by name.
    var shownNames: [String] {
        shown.flatMap { $0 == "*place" ? DocumentColumn.place.map(\.name) : [Self.shownName(of: $0)] }
    }

    private func valueWithNumbers(of name: String) -> String {
        columns.first { $0.name == name }?.value(in: "t") ?? shownValue(of: name)
    }

    /// What each column of the view is, made of the stored columns: what is joined in for searching by its number.
    var shownValues: [(name: String, value: String)] {
        shown.flatMap { item in
            item == "*place"
                ? DocumentColumn.place.map { (name: $0.name, value: $0.value(in: "t")) }
                : [(name: Self.shownName(of: item), value: valueWithNumbers(of: Self.source(of: item)))]
        }
    }

    /// The columns of the table itself beside the key, stored ones and those that are made of them, in small letters.
    var columnNames: [String] {
        let derived = columns.compactMap { $0.generated == nil ? nil : $0.name }
        let stored = columns.flatMap(\.stored).compactMap { SQL.identifiers(in: $0).first }
        return stored + derived.map { $0.lowercased() }
    }

    /// The columns whose values are cut out of the text.
    var cuts: [DocumentColumn] { columns.filter(\.isCut) }

    /// The names of columns that stand together in an index. SQLite may go through an index for any of them, and then the
    /// rows come in the order of all.
    var indexedTogether: [Set<String>] {
        let names = Set(columnNames)
        return indexes.map { names.intersection(SQL.identifiers(in: $0)) }
    }

    /// The value of a column in a row `row`, for queries of our own.
    func value(of name: String, in row: String) -> String {
        columns.first { $0.name == name }?.value(in: row) ?? "\(row).\(SQL.name(name))"
    }

    /// The statements that make its indexes.
    var indexCreation: [String] {
        indexes.enumerated().map { n, index in "create index \(name)_\(n + 1) on \(name) \(index)" }
    }

    /// The statement that takes out the rows of a document.
    var deletion: String { "delete from \(name) where \(key == .part ? TextParts.belongs(to: "?1") : "d = ?1")" }

    /// The tables whose rows its own refer to by number, where the digest has what stands in them: the numbers may become
    /// others while the digest stays.
    var numbered: Set<String> {
        Set(
            columns.compactMap { column in
                if case .row(let table, _, isHashedByValue: true) = column.form { table } else { nil }
            })
    }

    /// The numbers of shared texts of a kind in the rows of a document; nil for a table that has none.
    func sharing(_ kind: SharedTexts.Kind) -> String? {
        let numbers = columns.filter { $0.isShared(kind) }.map(\.number)
        return numbers.isEmpty ? nil : "select \(numbers.joined(separator: ", ")) from \(name) where d = ?1"
    }

    /// Every row in order: the document's path, the row's number, and its values as they are hashed.
    var selection: String { selection(where: "true") }

    /// The same of the rows for which `condition` holds, where `p.document` is the document's path.
    func selection(where condition: String) -> String {
        // The parts of a text are hashed as one.
        let rows = key == .part ? "_document_rows" : name
        let keys = key == .part ? ["d"] : keyColumns
        let values = (key == .passageAndNumber ? ["t.k"] : []) + columns.compactMap { $0.hashed(in: "t") }
        return """
            select p.document, \(key == .document || key == .part ? "0" : "t.n"), \(values.joined(separator: ", "))
                from \(rows) t join _paths p using (d) where \(condition) order by \(keys.map { "t.\($0)" }.joined(separator: ", "))
            """
    }
}
