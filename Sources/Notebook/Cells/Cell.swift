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
    /// The fields that are prose, cut into Markdown and the cells in it.
    var prose: [String: [Notebook.Part]] = [:]
    /// The file that the notebook took it from; nil for the notebook itself.
    var origin: NotebookFile?

    /// The query.
    var sql: Field? { fields["sql"] ?? fields["each"] ?? fields["when"] }

    /// Whether the query is asked of every variant of the pipeline.
    var isOverVariants: Bool { fields["over"] != nil }

    /// The cell itself and the cells in its prose.
    var parts: [Cell] {
        [self]
            + prose.sorted { $0.key < $1.key }.flatMap(\.value).compactMap { part in
                if case .value(let cell) = part { cell } else { nil }
            }
    }
}

/// A file that a notebook includes.
package struct NotebookFile: Sendable, Hashable {
    /// The path as messages show it.
    let path: String
    let lines: [String]
}

/// What a cell does with the rows of its query.
enum CellKind: String, CaseIterable, Sendable {
    /// The first value of the first row, in a line of text.
    case value
    /// A parameter of the pipeline, in a line of text.
    case param
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
    /// What differs from the results of an earlier run.
    case changes
    /// A part of the notebook that is shown for each row of a query, or if a query says so.
    case section
    /// A query with a name, which others read like a table.
    case query
    /// Another notebook in the place of the cell.
    case include
    /// The number of a table or a chart, in a line of text.
    case ref
    /// A document that is cited, in a line of text.
    case cite
    /// The list of the documents that are cited.
    case references

    /// Whether it stands in a line of text, before a code span.
    var isInline: Bool { [.value, .param, .ref, .cite].contains(self) }

    /// Whether it has a query.
    var hasQuery: Bool { fields.contains("sql") }

    /// Whether a name or a path of the author's stands behind the kind.
    var takesName: Bool { self == .query || self == .include }

    /// The fields that it takes; the first is needed.
    var fields: [String] {
        switch self {
        case .value: ["sql"]
        case .param, .ref, .cite: ["name"]
        case .table:
            [
                "sql", "caption", "subtitle", "unit", "n", "label", "format", "highlight", "compare", "group", "note",
                "source", "empty", "total", "rest", "order", "over",
            ]
        case .chart:
            [
                "sql", "caption", "subtitle", "unit", "n", "label", "format", "highlight", "note", "source", "empty",
                "total", "rest", "order", "over",
            ]
        case .query: ["sql", "over"]
        case .include, .references: []
        case .quote, .concordance: ["sql", "caption", "note", "empty"]
        case .check: ["sql", "message"]
        case .expect: ["sql", "value", "message"]
        case .changes: ["baseline", "caption", "note", "empty"]
        case .section: ["each", "when", "total", "rest"]
        }
    }

    /// The fields that are prose, in which figures and parameters may stand.
    var prose: [String] {
        ["caption", "subtitle", "unit", "n", "note", "source", "empty", "rest", "message"].filter(fields.contains)
    }

    /// What may stand behind the kind.
    var arguments: [String] { self == .chart ? ChartKind.allCases.map(\.rawValue) : [] }
}

/// The sorts of charts.
enum ChartKind: String, CaseIterable, Sendable {
    case bar, line, timeline, figures, stacked, share, scatter, heat, dispersion, slope, multiples, network

    /// How many columns beside evidence its query has to give; nil where it may give more or fewer.
    var columns: Int? {
        switch self {
        case .dispersion: 2
        case .scatter, .heat, .slope, .multiples, .network: 3
        case .bar, .line, .timeline, .figures, .stacked, .share: nil
        }
    }
}
