import Model

/// Cuts a notebook into Markdown and cells: fences whose info string is `{kind}`, and `{value}` before a code span.
/// Other fences and code spans stand for themselves.
struct NotebookParser {
    private let file: String
    let lines: [String]
    private(set) var parts: [Notebook.Part] = []
    private(set) var problems: [Diagnostic] = []
    /// Markdown that is waiting for the next cell, and the line on which it began.
    private var markdown: [String] = []
    private var markdownLine = 1

    init(_ text: String, file: String) {
        self.file = file
        lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
    }

    mutating func parse() {
        var k = 0
        while k < lines.count {
            guard let fence = Fence(lines[k]) else {
                markdown.append(lines[k])
                k += 1
                continue
            }
            var end = k + 1
            while end < lines.count, !fence.isClosed(by: lines[end]) { end += 1 }
            flush(next: k + 1)
            if let name = fence.cellName {
                if end == lines.count {
                    report("the cell is not closed", "cell-syntax", k + 1, hint: "It ends with '\(fence.marks)'.")
                }
                cell(name, fence.argument, lines[k + 1..<min(end, lines.count)], line: k + 1)
            } else {
                let text = lines[k...min(end, lines.count - 1)].joined(separator: "\n")
                parts.append(.markdown(text + (end < lines.count - 1 ? "\n" : "")))
            }
            k = end + 1
            markdownLine = k + 1
        }
        flush(next: lines.count + 1)
    }

    private mutating func cell(_ name: String, _ argument: String, _ body: ArraySlice<String>, line: Int) {
        let kinds = CellKind.allCases.filter { $0 != .value }.map(\.rawValue)
        guard let kind = CellKind(rawValue: name), kind != .value else {
            return report(
                "there is no cell '{\(name)}'", "unknown-cell", line,
                hint: NearName.hint(name, among: kinds) ?? "There are \(kinds.joined(separator: ", ")).")
        }
        if !kind.arguments.contains(argument) && !(kind.arguments.isEmpty && argument.isEmpty) {
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
        let fields = CellFields(body, firstLine: line + 1, kind: kind, file: file)
        problems += fields.problems
        if fields.fields["sql"]?.text.trimmed.isEmpty ?? true {
            report("the '\(name)' cell has no 'sql'", "missing-sql", line)
        }
        if kind == .expect, fields.fields["value"] == nil {
            report("the 'expect' cell has no 'value'", "missing-value", line)
        }
        parts.append(.cell(Cell(kind: kind, argument: argument, line: line, fields: fields.fields)))
    }

    /// Takes the waiting Markdown apart; the next stretch begins on line `next`.
    private mutating func flush(next: Int) {
        guard !markdown.isEmpty else { return }
        let isLast = next > lines.count
        var roles = RoleParser(
            markdown.joined(separator: "\n") + (isLast ? "" : "\n"), firstLine: markdownLine, file: file)
        roles.parse()
        parts += roles.parts
        problems += roles.problems
        markdown = []
    }

    private mutating func report(_ message: String, _ id: String, _ line: Int, hint: String? = nil) {
        let source = lines[line - 1]
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
        guard line.count - body.count <= 3, let mark = body.first, mark == "`" || mark == "~" else { return nil }
        let run = body.prefix { $0 == mark }
        let rest = body.dropFirst(run.count)
        guard run.count >= 3, mark == "~" || !rest.contains("`") else { return nil }
        marks = String(run)
        info = rest.trimmed
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
