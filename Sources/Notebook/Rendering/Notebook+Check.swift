package import Model
package import Results
package import StageKit

extension Notebook {
    /// What is wrong with the queries of all cells, as far as it can be known without results: each is prepared over
    /// tables without rows. `layers` are those that stages of the user's own write, `statistics` the uses of
    /// `summarize-statistics`; `hasVariants` says whether the pipeline has variants.
    package func problems(
        parameters: [String: OptionValue], layers: [LayerName] = [], statistics: [StatisticsNamespace] = [],
        hasVariants: Bool = false
    ) -> [Diagnostic] {
        guard let connection = try? ReportConnection(emptyWith: layers, statistics: statistics),
            (try? connection.add(VariantTables.all(of: nil))) != nil
        else { return [] }
        var check = QueryCheck(
            notebook: self, connection: connection, customTables: ResultsInterface.tableNames(of: layers))
        check.addQueries(over: hasVariants, Parameters(parameters))
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
    private var isWithVariants = false
    /// Whether the cells at hand are shown only where there are variants.
    private var isWithinCondition = false

    init(notebook: Notebook, connection: ReportConnection, customTables: [String]) {
        self.notebook = notebook
        self.connection = connection
        self.customTables = customTables
    }

    /// Makes tables without rows of the named queries over variants; those that are wrong are reported as cells.
    mutating func addQueries(over hasVariants: Bool, _ parameters: Parameters) {
        isWithVariants = hasVariants
        let runner = QueryRunner(connection, parameters: parameters, queries: notebook.queries)
        for query in notebook.queries.overVariants {
            guard let columns = try? runner.columns(of: query.cell.sql?.text ?? "") else { continue }
            let shown = [VariantSource.column] + columns
            do {
                try connection.add([TableFunction(query.name.lowercased(), columns: shown, values: { [] })])
            } catch {
                let twice = shown.first { name in shown.count { $0.lowercased() == name.lowercased() } > 1 }
                problems.append(
                    notebook.diagnostic(
                        QueryProblem(
                            twice.map { "two columns of '\(query.name)' are named '\($0)'" }
                                ?? "'\(query.name)' can't be made a table",
                            hint: "The first column is '\(VariantSource.column)'; name others with 'as'.",
                            id: "query-columns"), in: query.cell))
            }
        }
    }

    mutating func check(_ parts: [Notebook.Part], _ parameters: Parameters) {
        for part in parts {
            switch part {
            case .markdown, .frontMatter: break
            case .value(let cell), .cell(let cell): for cell in cell.parts { _ = columns(of: cell, parameters) }
            case .section(let section):
                let columns = columns(of: section.cell, parameters)
                for inner in section.cell.parts.dropFirst() { _ = self.columns(of: inner, parameters) }
                let outer = isWithinCondition
                defer { isWithinCondition = outer }
                let condition = section.cell.fields["when"]?.text ?? ""
                isWithinCondition = outer || condition.offset(of: VariantSource.mark) != nil
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
        if let path = cell.baseline(of: notebook.file) {
            do throws(ResultsError) { try ResultsComparison.check(path) } catch {
                problems.append(
                    notebook.diagnostic(
                        QueryProblem(
                            "\(error)", hint: "The baseline is a copy of the results.sqlite of an earlier run.",
                            id: "baseline"), in: cell, field: cell.fields["baseline"]))
            }
        }
        if cell.isOverVariants, !isWithVariants, !isWithinCondition {
            problems.append(
                notebook.diagnostic(
                    QueryProblem(
                        "the cell asks all variants, and the pipeline has none",
                        hint: "They stand in the pipeline under 'variants:'.", id: "no-variants"), in: cell,
                    field: cell.fields["over"]))
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
        // what is empty, and what reads itself, is reported already
        let fields = [cell.sql, cell.fields["total"]].compactMap(\.self).filter { !$0.text.trimmed.isEmpty }
        guard !cell.kind.isInline || cell.kind == .value, !notebook.queries.isCircular else { return [] }
        for field in fields {
            do throws(QueryProblem) {
                let found = try runner.columns(of: field.text)
                if field == cell.sql {
                    columns = found
                    try Self.checkFormats(of: cell, columns)
                    if let order = cell.fields["order"] {
                        let given = cell.isOverVariants ? [VariantSource.column] + columns : columns
                        let isPivot = cell.isOverVariants && cell.kind == .chart
                        for name in try RowOrder(order.text).names where !isPivot && !given.contains(name) {
                            throw RowOrder.unknown(name, QueryResult(columns: given))
                        }
                    }
                }
                if cell.isOverVariants, field == cell.sql { columns.insert(VariantSource.column, at: 0) }
                if cell.kind == .chart, field == cell.sql, found.count < (cell.isOverVariants ? 1 : 2) {
                    throw QueryProblem(
                        "a chart needs names in its first column and numbers in another", id: "chart-columns")
                }
                if cell.kind == .chart, field == cell.sql, !cell.isOverVariants {
                    let hasEvidence = field.text.offset(of: "evidence") != nil
                    try Self.checkColumns(
                        of: ChartKind(rawValue: cell.argument) ?? .bar, found, hasEvidence: hasEvidence)
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

    /// A chart of some kinds has so many columns, and no others. Which of them is evidence shows only in the rows, unless its
    /// name tells.
    private static func checkColumns(
        of kind: ChartKind, _ columns: [String], hasEvidence: Bool
    ) throws(QueryProblem) {
        let result = QueryResult(columns: columns)
        let shown = columns.indices.count { !result.isEvidence($0) }
        guard let needed = kind.columns, shown < needed || shown > needed && !hasEvidence else { return }
        throw QueryProblem(
            "a chart of the kind '\(kind.rawValue)' needs \(needed) columns beside evidence, and this query has \(shown)",
            hint: "docs/notebooks.md says what each kind of chart takes.", id: "chart-columns")
    }

    /// Every column that a format names has to be there.
    private static func checkFormats(of cell: Cell, _ columns: [String]) throws(QueryProblem) {
        // a format that is none was reported with the form of the cell
        guard let text = cell.fields["format"]?.text, let formats = try? TableFormats(text) else { return }
        for name in formats.names where !columns.contains(name) {
            throw QueryProblem(
                "'format' names the column '\(name)', which the query does not give",
                hint: NearName.hint(name, among: columns), id: "unknown-column")
        }
    }
}
