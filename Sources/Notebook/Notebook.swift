package import Model

/// A notebook that has been read: Markdown, and cells that ask the results.
package struct Notebook: Sendable {
    /// A stretch of it.
    package enum Part: Sendable {
        /// Markdown as it stands.
        case markdown(String)
        /// The head of the file between lines of three hyphens, which is for other programs.
        case frontMatter(String)
        /// A figure in a line.
        case value(Cell)
        /// A block.
        case cell(Cell)
        /// Parts that are shown for each row of a query, or if a query says so.
        indirect case section(Section)
    }

    /// The path as messages show it.
    package let file: String
    /// In the order of the text.
    package let parts: [Part]
    /// The text line by line.
    let lines: [String]
    /// The files that it includes, with their texts.
    package let included: [(path: String, text: String)]
    /// Its queries with a name.
    let queries: NamedQueries
    /// The numbers of its tables and charts.
    let numbers: FigureNumbers
    /// The documents that it cites.
    let cited: [String]

    /// A part of the notebook that a query repeats or leaves out.
    package struct Section: Sendable {
        /// The query as a cell: `each` gives a row for each repetition, `when` says whether there is one.
        let cell: Cell
        let parts: [Part]
        /// The labels of footnotes and link targets that it defines: each repetition has its own.
        let labels: [String]

        init(cell: Cell, parts: [Part]) {
            self.cell = cell
            self.parts = parts
            labels = parts.flatMap(\.definedLabels)
        }
    }

    /// How many cells it has, those in sections among them.
    package var cellCount: Int { Self.count(parts) }

    private static func count(_ parts: [Part]) -> Int {
        parts.reduce(0) { sum, part in
            switch part {
            case .markdown, .frontMatter: sum
            case .value, .cell: sum + 1
            case .section(let section): sum + 1 + count(section.parts)
            }
        }
    }

    /// Reads a notebook; every problem in it is reported at once. `read` gives the text of a file that it includes, by the
    /// way from the notebook's own folder; nil for one that can't be read.
    package init(_ text: String, file: String, read: @escaping (String) -> String? = { _ in nil })
        throws(NotebookProblems)
    {
        let (notebook, problems) = Self.read(text, file: file, read: read)
        guard problems.isEmpty else { throw NotebookProblems(problems) }
        self = notebook
    }

    /// The notebook as far as it can be understood, with everything that is wrong with it: what is right in it can be
    /// checked all the same.
    package static func read(
        _ text: String, file: String, read: @escaping (String) -> String? = { _ in nil }
    ) -> (notebook: Notebook, problems: [Diagnostic]) {
        var parser = NotebookParser(text, file: file, read: read)
        parser.parse()
        let notebook = Notebook(parser, file: file)
        var problems = parser.problems
        for (problem, cell) in notebook.queries.problems + notebook.numbers.problems {
            let field = problem.id == "label" ? cell.fields["label"] : nil
            problems.append(notebook.diagnostic(problem, in: cell, field: field))
        }
        return (notebook, problems)
    }

    private init(_ parser: NotebookParser, file: String) {
        self.file = file
        lines = parser.lines
        parts = parser.parts
        included = parser.included
        queries = NamedQueries(parts)
        numbers = FigureNumbers(parts)
        cited = Self.cited(parts)
    }

    /// The files that cells of changes compare with, by their paths as messages show them.
    package var baselines: [String] { Self.cells(parts).compactMap { $0.baseline(of: file) } }

    /// All cells, those in sections among them.
    static func cells(_ parts: [Part]) -> [Cell] {
        parts.flatMap { part -> [Cell] in
            switch part {
            case .markdown, .frontMatter: []
            case .value(let cell), .cell(let cell): [cell]
            case .section(let section): cells(section.parts)
            }
        }
    }

    /// The files that a notebook includes, directly or through others, also those that can't be read.
    package static func includedFiles(
        of text: String, file: String, read: @escaping (String) -> String?
    ) -> [String] {
        var files: [String] = []
        var parser = NotebookParser(text, file: file) { path in
            files.append(path)
            return read(path)
        }
        parser.parse()
        return files
    }

    private static func cited(_ parts: [Part]) -> [String] {
        parts.flatMap { part -> [String] in
            switch part {
            case .markdown, .frontMatter: []
            case .value(let cell), .cell(let cell):
                cell.parts.filter { $0.kind == .cite }.compactMap { $0.fields["name"]?.text.trimmed }
            case .section(let section): cited(section.parts)
            }
        }
    }
}

/// What is wrong with a notebook.
package struct NotebookProblems: Error, Sendable {
    /// In the order of the lines.
    package let diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics.enumerated()
            .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }.map(\.element)
    }
}
