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
    /// The files that were included, with their texts.
    private(set) var included: [(path: String, text: String)] = []
    private(set) var parts: [Notebook.Part] = []
    private(set) var problems: [Diagnostic] = []
    /// Markdown that is waiting for the next cell, and the line on which it began.
    private var markdown: [String] = []
    private var markdownLine = 1

    /// A parser of a notebook; `read` gives the text of a file that it includes.
    init(_ text: String, file: String, read: @escaping (String) -> String? = { _ in nil }) {
        self.init(Self.lines(text)[...], first: 1, depth: 0, file: file, including: [file], read: read)
    }

    /// A parser of the lines of a section or of an included file.
    private init(
        _ lines: ArraySlice<String>, first: Int, depth: Int, file: String, including: [String],
        read: @escaping (String) -> String?
    ) {
        self.file = file
        self.lines = Array(lines)
        self.first = first
        self.depth = depth
        self.including = including
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

    /// Takes the head of the file, if there is one, and gives the line behind it.
    private mutating func takeFrontMatter() -> Int {
        guard depth == 0, lines.first?.trimmed == "---",
            let end = lines.dropFirst().firstIndex(where: { $0.trimmed == "---" || $0.trimmed == "..." }),
            lines[1..<end].contains(where: { $0.contains(":") })
        else { return 0 }
        parts.append(.frontMatter(lines[...end].joined(separator: "\n") + "\n"))
        markdownLine = first + end + 1
        return end + 1
    }

    /// Puts the parts of another notebook in the place of the cell.
    private mutating func include(_ path: String, line: Int) {
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
            lines[...], first: 1, depth: max(1, depth), file: place, including: including + [place], read: read)
        inner.parse()
        problems += inner.problems
        included += inner.included
        parts += inner.parts.map { $0.from(NotebookFile(path: place, lines: lines)) }
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
        if kind == .include { return include(argument, line: line) }
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
        inner.parse()
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

/// The first line of a fenced block.
private struct Fence {
    let marks: String
    let info: String

    init?(_ line: String) {
        let body = line.drop { $0 == " " }
        guard line.count - body.count <= 3, let mark = body.first, mark == "`" || mark == "~" || mark == ":" else {
            return nil
        }
        let run = body.prefix { $0 == mark }
        let rest = body.dropFirst(run.count)
        guard run.count >= 3, mark != "`" || !rest.contains("`") else { return nil }
        marks = String(run)
        info = rest.trimmed
        // A fence of colons is one for cells alone: other Markdown has it for other things.
        if mark == ":", cellName.flatMap(CellKind.init) == nil { return nil }
    }

    /// The kind of a cell whose fence stands behind the mark of a list or a quotation, or is indented; nil where there
    /// is none.
    static func cellWithin(_ line: String) -> String? {
        let body = line.drop {
            $0 == " " || $0 == "\t" || $0 == ">" || $0 == "-" || $0 == "*" || $0 == "+" || $0.isNumber || $0 == "."
                || $0 == ")"
        }
        guard body.count < line.count, let fence = Fence(String(body)), let name = fence.cellName,
            CellKind(rawValue: name) != nil
        else { return nil }
        return name
    }

    /// What stands in braces at the beginning of the info string.
    var cellName: String? {
        guard info.hasPrefix("{"), let end = info.firstIndex(of: "}") else { return nil }
        return String(info[info.index(after: info.startIndex)..<end])
    }

    /// What stands behind the braces.
    var argument: String { info.firstIndex(of: "}").map { info[info.index(after: $0)...].trimmed } ?? "" }

    func isClosed(by line: String) -> Bool {
        let body = line.trimmed
        return body.count >= marks.count && body.allSatisfy { $0 == marks.first }
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
