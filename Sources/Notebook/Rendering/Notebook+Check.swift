package import Model
package import Results
package import StageKit

extension Notebook {
    /// What is wrong with the queries of all cells, as far as it can be known without results: each is prepared over
    /// tables without rows. `layers` are those that stages of the user's own write, `statistics` the uses of
    /// `summarize-statistics`.
    package func problems(
        parameters: [String: OptionValue], layers: [LayerName] = [], statistics: [StatisticsNamespace] = []
    ) -> [Diagnostic] {
        guard let connection = try? ReportConnection(emptyWith: layers, statistics: statistics) else { return [] }
        var check = QueryCheck(
            notebook: self, connection: connection, customTables: ResultsInterface.tableNames(of: layers))
        check.check(parts, Parameters(parameters))
        return NotebookProblems(check.problems).diagnostics
    }
}

/// Goes through the cells of a notebook and prepares their queries.
private struct QueryCheck {
    let notebook: Notebook
    let connection: ReportConnection
    /// Tables of which nobody knows the columns before the program has run that fills them.
    let customTables: [String]
    private(set) var problems: [Diagnostic] = []

    init(notebook: Notebook, connection: ReportConnection, customTables: [String]) {
        self.notebook = notebook
        self.connection = connection
        self.customTables = customTables
    }

    mutating func check(_ parts: [Notebook.Part], _ parameters: Parameters) {
        for part in parts {
            switch part {
            case .markdown, .frontMatter: break
            case .value(let cell), .cell(let cell): for cell in cell.parts { _ = columns(of: cell, parameters) }
            case .section(let section):
                let columns = columns(of: section.cell, parameters)
                for inner in section.cell.parts.dropFirst() { _ = self.columns(of: inner, parameters) }
                let isRepeated = section.cell.fields["each"] != nil
                check(section.parts, isRepeated ? parameters.with(columns.map { ($0, .null) }) : parameters)
            }
        }
    }

    /// The columns of a cell's query; none where it is wrong.
    private mutating func columns(of cell: Cell, _ parameters: Parameters) -> [String] {
        if cell.kind == .param, let name = cell.fields["name"]?.text.trimmed, parameters.text(name) == nil {
            problems.append(notebook.diagnostic(parameters.unknown(name), in: cell))
        }
        let runner = QueryRunner(connection, parameters: parameters, queries: notebook.queries)
        var columns: [String] = []
        if cell.kind == .query, connection.interface.tables.contains(cell.argument.lowercased()) {
            problems.append(
                notebook.diagnostic(
                    QueryProblem(
                        "'\(cell.argument)' is a table of the results: give the query another name", id: "query-name"),
                    in: cell))
        }
        for field in [cell.sql, cell.fields["total"]].compactMap(\.self) where cell.kind != .param {
            do throws(QueryProblem) {
                let found = try runner.columns(of: field.text)
                if field == cell.sql {
                    columns = found
                    try Self.checkFormats(of: cell, columns)
                }
                if cell.kind == .chart, field == cell.sql, found.count < 2 {
                    throw QueryProblem(
                        "a chart needs names in its first column and numbers in another", id: "chart-columns")
                }
            } catch {
                let isOpen =
                    error.message.hasPrefix("no such column")
                    && customTables.contains { field.text.offset(of: $0) != nil }
                if !isOpen { problems.append(notebook.diagnostic(error, in: cell, field: field)) }
            }
        }
        return columns
    }

    /// Every column that a format names has to be there.
    private static func checkFormats(of cell: Cell, _ columns: [String]) throws(QueryProblem) {
        guard let text = cell.fields["format"]?.text else { return }
        for name in try TableFormats(text).names where !columns.contains(name) {
            throw QueryProblem(
                "'format' names the column '\(name)', which the query does not give",
                hint: NearName.hint(name, among: columns), id: "unknown-column")
        }
    }
}
