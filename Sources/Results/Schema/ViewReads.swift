/// What each column of the views of documents reads, by the names that ``TableMarks`` knows.
///
/// SQLite tells of every column that the statement behind a view has, asked for or not. What a query depends on is told by
/// the columns that it reads of the view. They are found in the declaration of the table: every word in what stands for
/// a column counts that is a name of a column or a table, so that rather too much is told than too little.
struct ViewReads: Sendable {
    /// By view, what each column reads; under the empty name, what every row of the view reads.
    private let views: [String: [String: Set<String>]]

    static let all = ViewReads()

    private init() {
        var views: [String: [String: Set<String>]] = [:]
        for table in ResultsSchema.documentTables where table.view != nil {
            let always = Self.reads(of: "\(table.name) \(table.joining) \(table.condition)", in: table)
            var columns = ["": always]
            for (name, value) in table.shownValues {
                columns[name.lowercased()] = always.union(
                    table.cuts.contains { $0.name == name }
                        ? [TableMarks.name(ofCut: name, in: table.name)] : Self.reads(of: value, in: table))
            }
            views[table.logical] = columns
        }
        self.views = views
    }

    /// What the column of a view reads, or, without a name, its rows; nil for what is no view of documents.
    func names(of column: String, in view: String) -> Set<String>? {
        guard let columns = views[view] else { return nil }
        return columns[column.lowercased()] ?? columns[""]
    }

    private static let tables = Dictionary(uniqueKeysWithValues: ResultsSchema.documentTables.map { ($0.name, $0) })

    /// What `sql` reads, which is about rows of `table` and of what its view joins.
    private static func reads(of sql: String, in table: DocumentTable) -> Set<String> {
        let words = Set(SQL.identifiers(in: sql))
        let joined = SQL.identifiers(in: table.joining)
        var names: Set<String> = []
        for name in Set([table.name] + joined + words) {
            guard TableMarks.isByColumn(name), let table = tables[name] else {
                if tables[name] != nil || name == "_paths" { names.insert(name) }
                continue
            }
            // whatever is read of its rows, it reads which there are
            names.formUnion((table.columnNames.filter(words.contains) + [""]).map { TableMarks.name(of: $0, in: name) })
        }
        return names
    }
}

extension SQL {
    /// The words of a statement that may be names, in small letters.
    static func identifiers(in sql: String) -> [String] {
        // bytes: all views are read so by each run
        sql.lowercased().utf8.split { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
                0x80...:
                false
            default: true
            }
        }.map { String(Substring($0)) }
    }
}
