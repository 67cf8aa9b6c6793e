import Model

/// Cuts a notebook into Markdown and cells: fences whose info string is `{kind}`, and `{value}` and `{param}` before a
/// code span. Other fences and code spans stand for themselves.
struct NotebookParser {
    private let file: String
    let lines: [String]
    /// The number of the first line in the notebook.
    private let first: Int
    private let depth: Int
    /// The files that are being read, the outermost first.
    private let including: [String]
    private let read: (String) -> String?
    /// Whether it begins at the beginning of a file, and not with a section.
    private let isFile: Bool
    /// The files that were included, with their texts.
    private(set) var included: [(path: String, text: String)] = []
    private(set) var parts: [Notebook.Part] = []
    private(set) var problems: [Diagnostic] = []
    /// Markdown that is waiting for the next cell, and the line on which it began.
    private var markdown: [String] = []
    private var markdownLine = 1
    /// The labels of footnotes and link targets up to here, and those of the notebook itself.
    private var labels: Set<String> = []

    /// A parser of a notebook; `read` gives the text of a file that it includes.
    init(_ text: String, file: String, read: @escaping (String) -> String? = { _ in nil }) {
        self.init(Self.lines(text)[...], first: 1, depth: 0, file: file, including: [file], isFile: true, read: read)
        labels = Set(Self.labels(of: lines))
    }

    /// A parser of the lines of a section or of an included file.
    private init(
        _ lines: ArraySlice<String>, first: Int, depth: Int, file: String, including: [String], isFile: Bool = false,
        read: @escaping (String) -> String?
    ) {
        self.file = file
        self.lines = Array(lines)
        self.first = first
        self.depth = depth
        self.including = including
        self.isFile = isFile
        self.read = read
        markdownLine = first
    }

    private static func lines(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
    }

    mutating func parse() {
        var k = takeFrontMatter()
        while k < lines.count {
            guard let fence = Fence(lines[k]) else {
                if let name = Fence.cellWithin(lines[k]) {
                    report(
                        "a cell '{\(name)}' begins inside a list, a quotation or an indented block", "cell-syntax",
                        first + k,
                        hint: "Put the fence at the beginning of a line.")
                }
                markdown.append(lines[k])
                k += 1
                continue
            }
            var end = k + 1
            while end < lines.count, !fence.isClosed(by: lines[end]) { end += 1 }
            flush(next: first + k)
            if let name = fence.cellName {
                if end == lines.count {
                    report("the cell is not closed", "cell-syntax", first + k, hint: "It ends with '\(fence.marks)'.")
                }
                cell(name, fence.argument, lines[k + 1..<min(end, lines.count)], line: first + k)
            } else {
                let text = lines[k...min(end, lines.count - 1)].joined(separator: "\n")
                parts.append(.markdown(text + (end < lines.count - 1 ? "\n" : "")))
            }
            k = end + 1
            // A section that is shown ends with an empty line of its own; one that is not leaves none.
            if case .section? = parts.last { while k < lines.count, lines[k].trimmed.isEmpty { k += 1 } }
            markdownLine = first + k
        }
        flush(next: first + lines.count)
    }

    /// Takes the head of the file, if there is one, and gives the line behind it. That of a file that is included is for
    /// other programs which read that file, and does not stand in the report.
    private mutating func takeFrontMatter() -> Int {
        guard depth == 0 || isFile, lines.first?.trimmed == "---",
            let end = lines.dropFirst().firstIndex(where: { $0.trimmed == "---" || $0.trimmed == "..." }),
            lines[1..<end].contains(where: { $0.contains(":") })
        else { return 0 }
        if depth == 0 { parts.append(.frontMatter(lines[...end].joined(separator: "\n") + "\n")) }
        markdownLine = first + end + 1
        return end + 1
    }

    /// The labels that lines define outside of fences.
    private static func labels(of lines: [String]) -> [String] {
        var found: [String] = []
        var open: Fence?
        for line in lines {
            if let fence = open {
                if fence.isClosed(by: line) { open = nil }
            } else if let fence = Fence(line) {
                if fence.cellName != CellKind.section.rawValue { open = fence }
            } else if let label = MarkdownLabels.defined(by: line) {
                found.append(label)
            }
        }
        return found
    }

    /// Puts the parts of another notebook in the place of the cell.
    private mutating func include(_ path: String, _ body: ArraySlice<String>, line: Int) {
        if let k = body.firstIndex(where: { !$0.trimmed.isEmpty && !$0.trimmed.hasPrefix("#") }) {
            report(
                "'{include}' takes nothing but a path", "unknown-field", line + 1 + k - body.startIndex,
                hint: "What stands in the fence is not read: put it into the file, or behind the fence.")
        }
        guard !path.isEmpty else {
            return report(
                "'{include}' needs the path of a notebook", "include", line, hint: "```{include} parts/head.md")
        }
        let folder = file.lastIndex(of: "/").map { file[...$0] } ?? ""
        guard !path.hasPrefix("/") else {
            return report(
                "the notebook '\(path)' is named by an absolute path", "include", line,
                hint: "Name it from the folder of this notebook: `{include} parts/head.md`.")
        }
        let place = String(folder) + path
        guard !including.contains(place) else {
            let way = (including + [place]).map { "'\($0)'" }.joined(separator: " includes ")
            return report("the notebook includes itself: \(way)", "include", line)
        }
        guard including.count < 8 else {
            return report("notebooks include each other more than 8 deep", "include", line)
        }
        guard let text = read(place) else {
            return report(
                "the notebook '\(path)' can't be read", "include", line,
                hint: "A path is taken from the folder of the notebook that includes it, and stays in the project.")
        }
        included.append((place, text))
        let lines = Self.lines(text)
        var inner = NotebookParser(
            lines[...], first: 1, depth: max(1, depth), file: place, including: including + [place], isFile: true,
            read: read)
        inner.labels = labels.union(Self.labels(of: lines))
        inner.parse()
        problems += inner.problems
        included += inner.included
        // footnotes and link targets of the file are its own
        let names = MarkdownLabels.renamed(inner.parts.flatMap(\.definedLabels), taken: &labels)
        parts += inner.parts.map { $0.renaming(names).from(NotebookFile(path: place, lines: lines)) }
    }

    private mutating func cell(_ name: String, _ argument: String, _ body: ArraySlice<String>, line: Int) {
        let kinds = CellKind.allCases.filter { !$0.isInline }.map(\.rawValue)
        guard let kind = CellKind(rawValue: name), !kind.isInline else {
            return report(
                "there is no cell '{\(name)}'", "unknown-cell", line,
                hint: NearName.hint(name, among: kinds) ?? "There are \(kinds.joined(separator: ", ")).")
        }
        if kind.takesName {
            if kind == .query, !Self.isName(argument) {
                report(
                    argument.isEmpty ? "the query has no name" : "'\(argument)' is no name for a query", "query-name",
                    line,
                    hint:
                        "A name has letters of ASCII, digits and '_', and begins with a letter: ```{query} large_papers"
                )
            }
        } else if !kind.arguments.contains(argument) && !(kind.arguments.isEmpty && argument.isEmpty) {
            if kind.arguments.isEmpty {
                report("'{\(name)}' takes nothing behind it, not '\(argument)'", "cell-syntax", line)
            } else {
                report(
                    argument.isEmpty ? "'{\(name)}' needs a sort" : "there is no '\(argument)' \(name)",
                    "unknown-chart",
                    line,
                    hint: NearName.hint(argument, among: kind.arguments)
                        ?? "There are \(kind.arguments.joined(separator: ", ")).")
            }
        }
        if kind == .section { return section(body, line: line) }
        if kind == .include { return include(argument, body, line: line) }
        let fields = CellFields(body, firstLine: line + 1, kind: kind, file: file)
        problems += fields.problems
        if kind.hasQuery, fields.fields["sql"]?.text.trimmed.isEmpty ?? true {
            report("the '\(name)' cell has no 'sql'", "missing-sql", line)
        }
        if kind == .expect, fields.fields["value"] == nil {
            report("the 'expect' cell has no 'value'", "missing-value", line)
        }
        if kind == .changes, fields.fields["baseline"]?.text.trimmed.isEmpty ?? true {
            report(
                "the 'changes' cell has no 'baseline'", "missing-value", line,
                hint: "It is the path of the results.sqlite of an earlier run, from the folder of the notebook.")
        }
        if let over = fields.fields["over"], over.text.trimmed != VariantSource.mark {
            report(
                "'over' takes 'variants', not '\(over.text.trimmed)'", "over", over.line,
                hint: "The query is asked of every variant of the pipeline then.")
        }
        if let compare = fields.fields["compare"], Cell.names(in: compare).count != 2 {
            report(
                "'compare' takes the names of two columns, not '\(compare.text.trimmed)'", "compare", compare.line,
                hint: "Write 'compare: one | other'.")
        }
        if let order = fields.fields["order"] {
            do throws(QueryProblem) { _ = try RowOrder(order.text) } catch {
                report(error.message, error.id, order.line, hint: error.hint)
            }
        }
        if let format = fields.fields["format"] {
            do throws(QueryProblem) {
                _ = try TableFormats(format.text)
            } catch {
                report(error.message, error.id, format.line, hint: error.hint)
            }
        }
        var cell = Cell(kind: kind, argument: argument, line: line, fields: fields.fields)
        prose(of: &cell)
        parts.append(.cell(cell))
    }

    private static func isName(_ text: String) -> Bool {
        text.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "_") }
            && text.utf8.first.map { ($0 | 0x20) &- 0x61 < 26 } ?? false
    }

    /// Sections may stand in sections, to this depth.
    private static let deepest = 4

    /// A section: fields up to the first empty line, then what it repeats.
    private mutating func section(_ body: ArraySlice<String>, line: Int) {
        guard depth < Self.deepest else {
            return report("sections stand in sections more than \(Self.deepest) deep", "cell-syntax", line)
        }
        let end = body.firstIndex { $0.trimmed.isEmpty } ?? body.endIndex
        let start = body[end...].firstIndex { !$0.trimmed.isEmpty } ?? body.endIndex
        let fields = CellFields(body[..<end], firstLine: line + 1, kind: .section, file: file)
        problems += fields.problems
        let queries = ["each", "when"].filter { !(fields.fields[$0]?.text.trimmed.isEmpty ?? true) }
        if queries.count != 1 {
            report(
                queries.isEmpty
                    ? "the section has neither 'each' nor 'when'" : "the section has both 'each' and 'when'",
                "missing-sql", line,
                hint:
                    "'each' is a query whose rows it is repeated for, 'when' one whose value says whether it is shown. "
                    + "They stand below the fence, before an empty line.")
        }
        var cell = Cell(kind: .section, argument: "", line: line, fields: fields.fields)
        prose(of: &cell)
        var inner = NotebookParser(
            body[start...], first: line + 1 + start - body.startIndex, depth: depth + 1, file: file,
            including: including, read: read)
        inner.labels = labels
        inner.parse()
        labels = inner.labels
        problems += inner.problems
        included += inner.included
        parts.append(.section(Notebook.Section(cell: cell, parts: inner.parts)))
    }

    /// Cuts the fields that are prose into Markdown and cells.
    private mutating func prose(of cell: inout Cell) {
        for name in cell.kind.prose {
            guard let field = cell.fields[name] else { continue }
            var roles = RoleParser(field.text, firstLine: field.line, firstColumn: field.column, file: file)
            roles.parse()
            cell.prose[name] = roles.parts
            problems += roles.problems
        }
    }

    /// Takes the waiting Markdown apart; the next stretch begins on line `next`.
    private mutating func flush(next: Int) {
        guard !markdown.isEmpty else { return }
        // Of a section every line ends: the next repetition follows.
        let isLast = depth == 0 && next >= first + lines.count
        var roles = RoleParser(
            markdown.joined(separator: "\n") + (isLast ? "" : "\n"), firstLine: markdownLine, file: file)
        roles.parse()
        parts += roles.parts
        problems += roles.problems
        markdown = []
    }

    private mutating func report(_ message: String, _ id: String, _ line: Int, hint: String? = nil) {
        let source = lines.indices.contains(line - first) ? lines[line - first] : ""
        problems.append(
            Diagnostic(
                message, hint: hint, id: id,
                at: SourcePosition(file: file, line: line, column: 1, length: max(1, source.unicodeScalars.count)),
                sourceLine: source))
    }
}

extension Notebook.Part {
    /// The same, with cells that know that they come from `file`; those of a file within it know that one.
    fileprivate func from(_ file: NotebookFile) -> Notebook.Part {
        func own(_ cell: Cell) -> Cell {
            var cell = cell
            cell.origin = cell.origin ?? file
            cell.prose = cell.prose.mapValues { $0.map { $0.from(file) } }
            return cell
        }
        return switch self {
        case .markdown, .frontMatter: self
        case .value(let cell): .value(own(cell))
        case .cell(let cell): .cell(own(cell))
        case .section(let section):
            .section(Notebook.Section(cell: own(section.cell), parts: section.parts.map { $0.from(file) }))
        }
    }
}
