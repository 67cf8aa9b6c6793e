import Model
package import Results
package import StageKit

/// Renders a notebook over the results of a run: a report with charts and evidence. The same notebook and results give
/// the same bytes.
package struct NotebookRenderer {
    private let notebook: Notebook
    private let database: ResultsDatabase
    /// The way from the report's folder to the project's, by which documents are linked; nil for no links.
    private let projectFolder: String?
    private let parameters: Parameters
    private let variants: [ReportVariant]
    /// What the last report was made of.
    private let kept: KeptReport
    /// Whether a file still is as the last report left it.
    private let stands: (String) -> Bool
    private let jobs: Int

    /// A report of `notebook`. Cells that were `kept` are not asked again where the tables that they read have not moved;
    /// `parameters` are those of the pipeline, by name; `variants` the results under other settings. Evidence pages
    /// that `stands` says are still there are not written again where they would be the same. Many of them are written by
    /// `jobs` threads.
    package init(
        _ notebook: Notebook, over database: ResultsDatabase, projectFolder: String? = nil,
        parameters: [String: OptionValue] = [:], variants: [ReportVariant] = [],
        kept: KeptReport = KeptReport(), jobs: Int = 1, stands: @escaping (String) -> Bool = { _ in false }
    ) {
        self.jobs = jobs
        self.notebook = notebook
        self.database = database
        self.parameters = Parameters(parameters)
        self.variants = variants
        self.kept = kept
        self.stands = stands
        self.projectFolder = projectFolder.map { $0.isEmpty || $0.hasSuffix("/") ? $0 : $0 + "/" }
    }

    /// Runs every cell. Problems of all cells are reported at once.
    package func render() throws(NotebookProblems) -> RenderedReport {
        let connection: ReportConnection
        let marks: TableMarks
        let variants = VariantSource(variants, beside: database)
        do {
            connection = try ReportConnection(database)
            try connection.add(VariantTables.all(of: variants))
            marks = try connection.read { try TableMarks($0) }
                .adding(variants.digest().bytes, for: VariantSource.mark)
        } catch {
            throw NotebookProblems([Diagnostic("the results can't be read: \(error)", id: "results")])
        }
        try addQueries(over: variants, to: connection)
        let reader = PassageReader(connection, variants: variants)
        let filled = FilledQueries(
            notebook.queries, on: connection, parameters: parameters, marks: marks, kept: kept.queries)
        var cells = CellRenderer(
            connection: connection, parameters: parameters, reader: reader, projectFolder: projectFolder, marks: marks,
            variants: variants, results: database.path, notebook: notebook, citations: try citations(connection),
            filled: filled, kept: kept.cells)
        var problems: [Diagnostic] = []
        var report = CellText("")
        render(notebook.parts, by: &cells, to: &report, &problems)
        guard problems.isEmpty else { throw NotebookProblems(problems) }
        do {
            var missing: [String] = []
            let pages = try cells.evidence.files(
                from: reader, others: { try reader.beside(jobs - 1, database) }, projectFolder: projectFolder,
                kept: (kept.pages, stands),
                moved: reader.movedDocuments(since: kept.moment, marks)
            ) { missing.append($0) }
            for id in missing {
                let problem = QueryProblem(
                    "'evidence' was given '\(id)', which is no claim, mention, sentence or document",
                    id: "unknown-evidence")
                if let given = cells.givenEvidence.first(where: { $0.evidence.ids.contains(id) }) {
                    problems.append(notebook.diagnostic(problem, in: given.cell))
                } else {
                    problems.append(
                        Diagnostic(problem.message, id: problem.id, at: SourcePosition(file: notebook.file)))
                }
            }
            guard problems.isEmpty else { throw NotebookProblems(problems) }
            let page = ReportPage(
                markdown: report.html, evidence: pages.kept.pages.sorted { $0.key < $1.key }.map(\.value.html),
                isCut: cells.evidence.isCut)
            let texts = [("report.md", report.markdown)] + cells.charts
            let files =
                texts.map { RenderedReport.File(path: $0, bytes: Array($1.utf8)) }
                + [RenderedReport.File(path: "report.html", bytes: page.html)]
                + pages.files.map { RenderedReport.File(path: $0.path, bytes: $0.bytes) }
            var next = KeptReport()
            next.moment = marks.now
            next.pages = pages.kept
            next.cells = cells.given
            next.queries = filled.given
            return RenderedReport(
                files: files.sorted { $0.path < $1.path }, failedChecks: cells.failedChecks,
                warnings: cells.missingNames.map(warning), kept: next)
        } catch let problems as NotebookProblems {
            throw problems
        } catch {
            throw NotebookProblems([Diagnostic("the results can't be read: \(error)", id: "results")])
        }
    }

    /// That nothing has a name that a field of a cell gives.
    private func warning(_ cell: Cell, _ missing: KeptCell.MissingName) -> Diagnostic {
        let field = cell.fields[missing.field]
        var warning = notebook.diagnostic(
            QueryProblem(
                "'\(missing.field)' names '\(missing.name)', which no row has", hint: missing.hint,
                offset: field?.text.offset(of: missing.name), id: "unknown-row"), in: cell, field: field)
        warning.severity = .warning
        return warning
    }

    /// Makes tables of the named queries over variants.
    private func addQueries(over variants: VariantSource, to connection: ReportConnection) throws(NotebookProblems) {
        guard !variants.isEmpty else { return }
        var problems: [Diagnostic] = []
        for query in notebook.queries.overVariants {
            let sql = query.cell.sql?.text ?? ""
            do throws(QueryProblem) {
                let runner = QueryRunner(connection, parameters: parameters, queries: notebook.queries)
                let columns = try runner.columns(of: sql)
                do {
                    try connection.add([
                        variants.table(query.name, sql, columns: columns, queries: notebook.queries)
                    ])
                } catch {
                    throw QueryProblem("'\(query.name)' can't be made a table: \(error)", id: "query-columns")
                }
            } catch {
                problems.append(notebook.diagnostic(error, in: query.cell))
            }
        }
        guard problems.isEmpty else { throw NotebookProblems(problems) }
    }

    /// The documents that are cited.
    private func citations(_ connection: ReportConnection) throws(NotebookProblems) -> Citations {
        do throws(QueryProblem) {
            return try Citations(notebook.cited, passages: PassageText(projectFolder: projectFolder)) {
                document throws(QueryProblem) in
                try QueryRunner(connection, parameters: Parameters(["document": .string(document)])).run(
                    "select title, author, publisher, date from documents where document = $document"
                ).rows.first
            }
        } catch {
            throw NotebookProblems([Diagnostic(error.message, hint: error.hint, id: error.id)])
        }
    }

    private func render(
        _ parts: [Notebook.Part], by cells: inout CellRenderer, to report: inout CellText,
        _ problems: inout [Diagnostic]
    ) {
        for part in parts {
            switch part {
            case .markdown(let text): report.add(text)
            case .frontMatter(let text): report += CellText(markdown: text, html: "")
            case .value(let cell), .cell(let cell):
                do throws(QueryProblem) {
                    report += try cells.text(of: cell)
                    if !cell.kind.isInline { report.add("\n") }
                } catch {
                    problems.append(notebook.diagnostic(error, in: cell))
                }
            case .section(let section):
                let (outer, outerRow) = (cells.parameters, cells.row)
                do throws(QueryProblem) {
                    let (rows, note) = try cells.rows(of: section.cell)
                    for (number, row) in rows.enumerated() {
                        // footnotes and link targets of a repetition are its own
                        let names = Dictionary(
                            uniqueKeysWithValues: Set(section.labels).map { ($0, "\($0)--\(number + 1)") })
                        let parts = number == 0 ? section.parts : section.parts.map { $0.renaming(names) }
                        cells.parameters = outer.with(row)
                        cells.row = outerRow + row
                        render(parts, by: &cells, to: &report, &problems)
                        report += CellText("\n")
                        // what is wrong for one row is wrong for all
                        if !problems.isEmpty { break }
                    }
                    cells.parameters = outer
                    if let note { report += CellText("\(note)\n\n") }
                } catch {
                    problems.append(notebook.diagnostic(error, in: section.cell))
                }
                (cells.parameters, cells.row) = (outer, outerRow)
            }
        }
    }
}
