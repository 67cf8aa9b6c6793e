import Model

/// Finds `{value}`, `{param}`, `{ref}` and `{cite}` before code spans in a stretch of Markdown.
struct RoleParser {
    private let text: [Unicode.Scalar]
    private let file: String
    private var at = 0
    private var line: Int
    private var column = 1
    private(set) var parts: [Notebook.Part] = []
    private(set) var problems: [Diagnostic] = []
    private var plain = String.UnicodeScalarView()

    init(_ text: String, firstLine: Int, firstColumn: Int = 1, file: String) {
        self.text = Array(text.unicodeScalars)
        self.file = file
        line = firstLine
        column = firstColumn
    }

    mutating func parse() {
        while at < text.count {
            switch text[at] {
            case "\\": take(2)
            case "`": takeCodeSpan()
            case "{": if !takeRole() { take(1) }
            default: take(1)
            }
        }
        flush()
    }

    /// Reads a role if one begins here.
    private mutating func takeRole() -> Bool {
        var end = at + 1
        while end < text.count, text[end].isRoleCharacter { end += 1 }
        guard end > at + 1, end < text.count, text[end] == "}" else { return false }
        let name = text[at + 1..<end].string
        let kind = CellKind(rawValue: name)
        let position = SourcePosition(file: file, line: line, column: column, length: name.unicodeScalars.count + 2)
        guard end + 1 < text.count, text[end + 1] == "`" else {
            guard kind?.isInline == true else { return false }
            report(
                "behind '{\(name)}' there are no backticks", "cell-syntax", position, at: at,
                hint: kind != .value
                    ? "It is written {\(name)}`name`."
                    : "It is written {value}`select …`; for the word itself write \\{value}.")
            return false
        }
        let marks = run(at: end + 1)
        guard let close = closing(marks, from: end + 1 + marks) else {
            report(
                marks == 2
                    ? "between the backticks of '{\(name)}' there is nothing"
                    : "the backticks of '{\(name)}' are not closed",
                "cell-syntax", position, at: at,
                hint: "It ends with as many backticks as it begins with, in the same paragraph.")
            return false
        }
        let start = at
        flush()
        let cellLine = line
        move(to: end + 1 + marks)
        let field = Cell.Field(text: text[at..<close].string, line: line, column: column)
        switch kind {
        case .some(let kind) where kind.isInline:
            if field.text.trimmed.isEmpty {
                report(
                    kind == .value ? "the 'value' cell has no query" : "'{\(name)}' has no name",
                    kind == .value ? "missing-sql" : "cell-syntax", position, at: start)
            }
            parts.append(.value(Cell(kind: kind, argument: "", line: cellLine, fields: [kind.fields[0]: field])))
        case .some:
            report(
                "there is no '{\(name)}' in a line", "unknown-cell", position, at: start,
                hint: "'{\(name)}' is a block: put it in a fence of its own.")
        case nil:
            report(
                "there is no '{\(name)}' in a line", "unknown-cell", position, at: start,
                hint: NearName.hint(name, among: CellKind.allCases.filter(\.isInline).map(\.rawValue))
                    ?? "In a line there are '{value}', '{param}', '{ref}' and '{cite}'.")
        }
        move(to: close + marks)
        return true
    }

    private mutating func takeCodeSpan() {
        let marks = run(at: at)
        take((closing(marks, from: at + marks).map { $0 + marks } ?? at + marks) - at)
    }

    /// How many backticks stand at `place`.
    private func run(at place: Int) -> Int { text[place...].prefix { $0 == "`" }.count }

    /// Where a run of exactly `count` backticks begins, before the paragraph ends.
    private func closing(_ count: Int, from start: Int) -> Int? {
        var place = start
        while place < text.count {
            if text[place] == "\n", place + 1 < text.count, text[place + 1] == "\n" { return nil }
            guard text[place] == "`" else {
                place += 1
                continue
            }
            let found = run(at: place)
            if found == count { return place }
            place += found
        }
        return nil
    }

    private mutating func take(_ count: Int) {
        let end = min(text.count, at + count)
        plain.append(contentsOf: text[at..<end])
        move(to: end)
    }

    private mutating func move(to end: Int) {
        while at < end {
            if text[at] == "\n" {
                line += 1
                column = 1
            } else {
                column += 1
            }
            at += 1
        }
    }

    private mutating func flush() {
        guard !plain.isEmpty else { return }
        parts.append(.markdown(String(plain)))
        plain = String.UnicodeScalarView()
    }

    private mutating func report(
        _ message: String, _ id: String, _ position: SourcePosition, at place: Int, hint: String? = nil
    ) {
        let start = text[..<place].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        let end = text[place...].firstIndex(of: "\n") ?? text.count
        problems.append(
            Diagnostic(message, hint: hint, id: id, at: position, sourceLine: text[start..<end].string))
    }
}

extension Unicode.Scalar {
    fileprivate var isRoleCharacter: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self) || self == "-"
            || self == "_"
    }
}

extension ArraySlice<Unicode.Scalar> {
    fileprivate var string: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: self)
        return String(view)
    }
}
