package import Model
package import Results
package import StageKit

extension Notebook {
    /// What is wrong with the queries of all cells, as far as it can be known without results: each is prepared over
    /// tables without rows, its arguments are looked at, and its columns are tried on the cell. `layers` are those that
    /// stages of the user's own write, `statistics` the uses of `summarize-statistics`, `variants` the pipeline's
    /// variants. `corpus` is what is known of the documents. A pipeline that is wrong itself is not
    /// `isPipelineKnown`: what it may give is not missed then.
    package func problems(
        parameters: [String: OptionValue], layers: [LayerName] = [], statistics: [StatisticsNamespace] = [],
        variants: [VariantSetting] = [], corpus: CorpusFacts? = nil, isPipelineKnown: Bool = true
    ) -> [Diagnostic] {
        guard let connection = try? ReportConnection(emptyWith: layers, statistics: statistics),
            (try? connection.add(VariantTables.all(of: nil))) != nil
        else { return [] }
        var check = QueryCheck(
            notebook: self, connection: connection, customTables: ResultsInterface.tableNames(of: layers),
            variants: variants, corpus: corpus, isPipelineKnown: isPipelineKnown)
        check.addQueries(Parameters(parameters))
        check.check(parts, Parameters(parameters), open: [])
        return NotebookProblems(check.problems).diagnostics
    }

    /// Whether it names documents, which have to be there.
    package var citesDocuments: Bool {
        !cited.isEmpty || hasArgument { $0 == .document }
    }

    /// Whether it names columns of metadata, or values in them, which have to be there.
    package var asksForMetadata: Bool { hasArgument { $0 == .grouping } }

    /// Whether a query gives a table of words an argument of this kind.
    private func hasArgument(_ isMeant: (TableParameter.Kind) -> Bool) -> Bool {
        Self.cells(parts).flatMap(\.parts).contains { cell in
            [cell.sql, cell.fields["total"]].compactMap(\.self).contains { field in
                SQLCall.all(in: SQLTokens(field.text).all).contains { call in
                    WordTables.byName[call.name]?.parameters.contains { isMeant($0.kind) } ?? false
                }
            }
        }
    }
}

/// Goes through the cells of a notebook and prepares their queries.
private struct QueryCheck {
    let notebook: Notebook
    let connection: ReportConnection
    /// Tables of which nobody knows the columns before the program has run that fills them.
    let customTables: [String]
    let variants: [VariantSetting]
    let corpus: CorpusFacts?
    let isPipelineKnown: Bool
    private(set) var problems: [Diagnostic] = []
    /// Whether the cells at hand are shown only where there are variants.
    private var isWithinCondition = false

    init(
        notebook: Notebook, connection: ReportConnection, customTables: [String], variants: [VariantSetting],
        corpus: CorpusFacts?, isPipelineKnown: Bool
    ) {
        self.notebook = notebook
        self.connection = connection
        self.customTables = customTables
        self.variants = variants
        self.corpus = corpus
        self.isPipelineKnown = isPipelineKnown
    }

    private mutating func report(_ problem: QueryProblem, in cell: Cell, field: Cell.Field? = nil) {
        problems.append(notebook.diagnostic(problem, in: cell, field: field))
    }

    /// Makes tables without rows of the named queries over variants; those that are wrong are reported as cells.
    mutating func addQueries(_ parameters: Parameters) {
        let runner = QueryRunner(connection, parameters: parameters, queries: notebook.queries)
        for query in notebook.queries.overVariants {
            guard let columns = try? runner.columns(of: query.cell.sql?.text ?? "") else { continue }
            let shown = [VariantSource.column] + columns
            do {
                try connection.add([TableFunction(query.name.lowercased(), columns: shown, values: { [] })])
            } catch {
                let twice = shown.first { name in shown.count { $0.lowercased() == name.lowercased() } > 1 }
                report(
                    QueryProblem(
                        twice.map { "two columns of '\(query.name)' are named '\($0)'" }
                            ?? "'\(query.name)' can't be made a table",
                        hint: "The first column is '\(VariantSource.column)'; name others with 'as'.",
                        id: "query-columns"), in: query.cell)
            }
        }
    }

    /// `open` are the variables whose values the rows of sections give.
    mutating func check(_ parts: [Notebook.Part], _ parameters: Parameters, open: Set<String>) {
        for part in parts {
            switch part {
            case .markdown, .frontMatter: break
            case .value(let cell), .cell(let cell):
                for cell in cell.parts { _ = columns(of: cell, parameters, open) }
            case .section(let section):
                let columns = columns(of: section.cell, parameters, open)
                for inner in section.cell.parts.dropFirst() { _ = self.columns(of: inner, parameters, open) }
                let outer = isWithinCondition
                defer { isWithinCondition = outer }
                let condition = section.cell.fields["when"]?.text ?? ""
                isWithinCondition = outer || condition.offset(of: VariantSource.mark) != nil
                guard section.cell.fields["each"] != nil else {
                    check(section.parts, parameters, open: open)
                    continue
                }
                check(section.parts, parameters.with(columns.map { ($0, .null) }), open: open.union(columns))
            }
        }
    }

    /// The columns of a cell's query; none where it is wrong.
    private mutating func columns(of cell: Cell, _ parameters: Parameters, _ open: Set<String>) -> [String] {
        checkMark(cell, parameters)
        if let path = cell.baseline(of: notebook.file) {
            do throws(ResultsError) { try ResultsComparison.check(path) } catch {
                report(CellShape.noBaseline(error), in: cell, field: cell.fields["baseline"])
            }
        }
        if cell.isOverVariants, variants.isEmpty, !isWithinCondition, isPipelineKnown {
            report(
                QueryProblem(
                    "the cell asks all variants, and the pipeline has none",
                    hint: "They stand in the pipeline under 'variants:'.", id: "no-variants"), in: cell,
                field: cell.fields["over"])
        }
        if cell.kind == .query, connection.interface.tables.contains(cell.argument.lowercased()) {
            report(
                QueryProblem(
                    "'\(cell.argument)' is a table of the results: give the query another name", id: "query-name"),
                in: cell)
        }
        guard !cell.kind.isInline || cell.kind == .value else { return [] }
        // what is empty is reported already
        let fields = [cell.sql, cell.fields["total"]].compactMap(\.self).filter { !$0.text.trimmed.isEmpty }
        var columns: [String] = []
        for field in fields {
            let found = shape(of: field, in: cell, parameters, open)
            if field == cell.fields["total"], let first = found.first, first.kind == .text {
                report(QueryProblem("'total' gives no whole number", id: "cell-total"), in: cell, field: field)
            }
            guard field == cell.sql, !found.isEmpty else { continue }
            columns = (cell.isOverVariants ? [VariantSource.column] : []) + found.map(\.name)
            for (problem, field) in CellShape.problems(of: cell, found, variants: variants.map(\.name)) {
                report(problem, in: cell, field: field)
            }
        }
        return columns
    }

    /// What is wrong with the parameter or the document that a cell in a line names.
    private mutating func checkMark(_ cell: Cell, _ parameters: Parameters) {
        guard let name = cell.fields["name"]?.text.trimmed, !name.isEmpty else { return }
        if cell.kind == .param, parameters.text(name) == nil, isPipelineKnown || !parameters.names.isEmpty {
            report(parameters.unknown(name), in: cell)
        }
        if cell.kind == .cite, let problem = corpus?.problem(withDocument: name) { report(problem, in: cell) }
    }

    /// The columns of a query; none where it is wrong.
    private mutating func shape(
        of field: Cell.Field, in cell: Cell, _ parameters: Parameters, _ open: Set<String>
    ) -> [QueryColumn] {
        // what reads itself is reported already
        guard !notebook.queries.isCircular(field.text) else { return [] }
        let runner = QueryRunner(connection, parameters: parameters, queries: notebook.queries)
        do throws(QueryProblem) {
            let (columns, tables) = try runner.shape(of: field.text)
            let wrong = argumentProblems(in: field.text, parameters, open, isOverVariants: cell.isOverVariants)
            for problem in wrong { report(problem, in: cell, field: field) }
            // what reads no table of the results gives now what it will give then
            if wrong.isEmpty, tables.isEmpty,
                try SQLTokens(notebook.queries.expanded(field.text).text).all.allSatisfy({ !open.contains($0.text) })
            {
                let short = QueryRunner(
                    connection, parameters: parameters, queries: notebook.queries,
                    limits: QueryLimits(steps: Self.steps))
                do throws(QueryProblem) { _ = try short.run(field.text) } catch {
                    if error.id != "sql-limit" { report(error, in: cell, field: field) }
                }
            }
            return columns
        } catch {
            if !isOpen(error, in: field) { report(error, in: cell, field: field) }
            return []
        }
    }

    /// What is wrong with arguments; where variants are asked, with the values that each of them gives to parameters.
    private func argumentProblems(
        in sql: String, _ parameters: Parameters, _ open: Set<String>, isOverVariants: Bool
    ) -> [QueryProblem] {
        func problems(_ parameters: Parameters) -> [QueryProblem] {
            ArgumentCheck(functions: connection.functions, corpus: corpus, parameters: parameters, open: open)
                .problems(in: sql)
        }
        guard isOverVariants, !variants.isEmpty else { return problems(parameters) }
        var found: [QueryProblem] = []
        for variant in variants {
            let own = problems(Parameters(variant.parameters))
            found += own.filter { problem in
                !found.contains { $0.message == problem.message && $0.offset == problem.offset }
            }
        }
        return found
    }

    /// How many steps a query may take that is run to see whether it can be.
    private static let steps = 100_000

    /// Whether a problem may be none, because it is not known what a program or a pipeline that is wrong gives.
    private func isOpen(_ problem: QueryProblem, in field: Cell.Field) -> Bool {
        if problem.message.hasPrefix("no such column") {
            return customTables.contains { field.text.offset(of: $0) != nil }
        }
        guard !isPipelineKnown else { return false }
        return problem.message.hasPrefix("no such table") && problem.hint == nil || problem.id == "unknown-parameter"
    }
}
