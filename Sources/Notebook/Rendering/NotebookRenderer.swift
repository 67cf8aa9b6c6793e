import Model
package import Results

/// Renders a notebook over the results of a run: a report with charts and evidence. The same notebook and results give
/// the same bytes.
package struct NotebookRenderer {
    private let notebook: Notebook
    private let database: ResultsDatabase
    /// The way from the report's folder to the project's, by which documents are linked; nil for no links.
    private let projectFolder: String?
    /// What the evidence pages of the last report were made of.
    private let kept: KeptPages
    /// Whether a file still is as the last report left it.
    private let stands: (String) -> Bool

    /// A report of `notebook`. Evidence pages that were `kept` and that `stands` says are still there are not written
    /// again where they would come out the same.
    package init(
        _ notebook: Notebook, over database: ResultsDatabase, projectFolder: String? = nil,
        kept: KeptPages = KeptPages(), stands: @escaping (String) -> Bool = { _ in false }
    ) {
        self.notebook = notebook
        self.database = database
        self.kept = kept
        self.stands = stands
        self.projectFolder = projectFolder.map { $0.isEmpty || $0.hasSuffix("/") ? $0 : $0 + "/" }
    }

    /// Runs every cell. Problems of all cells are reported at once.
    package func render() throws(NotebookProblems) -> RenderedReport {
        let runner: QueryRunner
        let reader: PassageReader
        do {
            runner = try QueryRunner(database)
            reader = try PassageReader(database)
        } catch {
            throw NotebookProblems([Diagnostic("the results can't be read: \(error)", id: "results")])
        }
        var cells = CellRenderer(runner: runner, reader: reader, projectFolder: projectFolder)
        var problems: [Diagnostic] = []
        var report = ""
        for part in notebook.parts {
            switch part {
            case .markdown(let text): report += text
            case .value(let cell), .cell(let cell):
                do throws(QueryProblem) {
                    report += try cells.markdown(cell)
                    if cell.kind != .value { report += "\n" }
                } catch {
                    problems.append(notebook.diagnostic(error, in: cell))
                }
            }
        }
        guard problems.isEmpty else { throw NotebookProblems(problems) }
        do {
            var missing: [String] = []
            let pages = try cells.evidence.files(
                from: reader, projectFolder: projectFolder, kept: (kept, stands)
            ) { missing.append($0) }
            for id in missing {
                problems.append(
                    Diagnostic(
                        "'evidence' was given '\(id)', which is no claim, mention, sentence or document",
                        id: "unknown-evidence", at: SourcePosition(file: notebook.file)))
            }
            guard problems.isEmpty else { throw NotebookProblems(problems) }
            let files = ([("report.md", report)] + cells.charts).map { (path: $0, text: Optional($1)) } + pages.files
            return RenderedReport(
                files: files.map { .init(path: $0.path, bytes: $0.text.map { Array($0.utf8) }) }
                    .sorted { $0.path < $1.path },
                failedChecks: cells.failedChecks, pages: pages.kept)
        } catch let problems as NotebookProblems {
            throw problems
        } catch {
            throw NotebookProblems([Diagnostic("the results can't be read: \(error)", id: "results")])
        }
    }
}
