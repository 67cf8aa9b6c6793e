/// A table that a fold keeps, as it is stored and shown.
struct StatisticsSchema: Sendable {
    /// The table of counts.
    let shape: TableShape
    /// The columns of the key, in the order of the parts behind the table's name.
    let keys: [String]
    /// The measures, by the names of a row's elements.
    let measures: [String]

    private init(_ name: String, keys: [String], measures: [String]) {
        self.keys = keys
        self.measures = measures
        let columns = keys.map { "\($0) TEXT" } + measures.map { "\($0) INTEGER" }
        shape = TableShape(name, columns.joined(separator: ", "), key: keys.joined(separator: ", "))
    }

    /// The tables of `summarize-statistics`.
    static let tables: [StatisticsSchema] = []
}
