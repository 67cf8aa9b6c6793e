package import Model

/// A notebook that has been read: Markdown, and cells that ask the results.
package struct Notebook: Sendable {
    /// A stretch of it.
    package enum Part: Sendable {
        /// Markdown as it stands.
        case markdown(String)
        /// A figure in a line.
        case value(Cell)
        /// A block.
        case cell(Cell)
    }

    /// The path as messages show it.
    package let file: String
    /// In the order of the text.
    package let parts: [Part]
    /// The text line by line.
    let lines: [String]

    /// The cells in the order of the text.
    var cells: [Cell] {
        parts.compactMap { part in
            switch part {
            case .markdown: nil
            case .value(let cell), .cell(let cell): cell
            }
        }
    }

    /// Reads a notebook; every problem in it is reported at once.
    package init(_ text: String, file: String) throws(NotebookProblems) {
        self.file = file
        var parser = NotebookParser(text, file: file)
        parser.parse()
        guard parser.problems.isEmpty else { throw NotebookProblems(parser.problems) }
        lines = parser.lines
        parts = parser.parts
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
