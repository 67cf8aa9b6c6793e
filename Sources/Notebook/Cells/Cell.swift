/// One cell: a query, and how its rows are shown.
package struct Cell: Sendable {
    /// A text of the cell with its place in the notebook.
    struct Field: Hashable, Sendable {
        var text: String
        /// The line of its first character.
        var line: Int
        /// The column of its first character, from 1, in code points.
        var column: Int
    }

    let kind: CellKind
    /// What stands behind the kind: the sort of a chart.
    let argument: String
    /// The line on which the cell begins.
    let line: Int
    let fields: [String: Field]

    /// The query.
    var sql: Field? { fields["sql"] }
    /// What the reader is told that the rows are.
    var caption: String? { fields["caption"]?.text }
}

/// What a cell does with the rows of its query.
enum CellKind: String, CaseIterable, Sendable {
    /// The first value of the first row, in a line of text.
    case value
    /// A table.
    case table
    /// A picture.
    case chart
    /// Passages in their sentences.
    case quote
    /// Keywords in context.
    case concordance
    /// A query that has to return no rows.
    case check
    /// A figure written by hand that has to equal a query.
    case expect

    /// The fields that it takes; the first is needed.
    var fields: [String] {
        switch self {
        case .value: ["sql"]
        case .table, .chart: ["sql", "caption", "empty"]
        case .quote, .concordance: ["sql", "caption", "empty"]
        case .check: ["sql", "message"]
        case .expect: ["sql", "value", "message"]
        }
    }

    /// What may stand behind the kind.
    var arguments: [String] { self == .chart ? ChartKind.allCases.map(\.rawValue) : [] }
}

/// The sorts of charts.
enum ChartKind: String, CaseIterable, Sendable {
    case bar, line, timeline
}
