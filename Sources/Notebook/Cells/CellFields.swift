import Model

/// Reads the body of a cell: `key: value` in a line, or `key: |` and indented lines below.
struct CellFields {
    private(set) var fields: [String: Cell.Field] = [:]
    private(set) var problems: [Diagnostic] = []
    private let file: String

    init(_ lines: ArraySlice<String>, firstLine: Int, kind: CellKind, file: String) {
        self.file = file
        var k = lines.startIndex
        while k < lines.endIndex {
            let line = lines[k]
            let number = firstLine + k - lines.startIndex
            k += 1
            let trimmed = line.trimmed
            if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
            guard let colon = line.firstIndex(of: ":"), line.first?.isWhitespace == false else {
                report("expected 'key: value' in a cell", "cell-syntax", number, 1, line)
                continue
            }
            let key = String(line[..<colon]).trimmed
            var field: Cell.Field
            let value = String(line[line.index(after: colon)...])
            if ["|", "|-", "|+", ">", ">-", ">+"].contains(value.trimmed) {
                let start = k
                while k < lines.endIndex, lines[k].trimmed.isEmpty || lines[k].first?.isWhitespace == true { k += 1 }
                field = Self.block(lines[start..<k], firstLine: number + 1)
            } else {
                let lead = value.unicodeScalars.prefix { $0 == " " || $0 == "\t" }.count
                let column = line[...colon].unicodeScalars.count + lead + 1
                field = Self.unquoted(Cell.Field(text: value.trimmed, line: number, column: column))
            }
            if !kind.fields.contains(key) {
                report(
                    "a '\(kind.rawValue)' cell has no field '\(key)'", "unknown-field", number,
                    key.unicodeScalars.count,
                    line,
                    hint: NearName.hint(key, among: kind.fields)
                        ?? (kind.fields.isEmpty
                            ? "It has none." : "It takes \(kind.fields.map { "'\($0)'" }.joined(separator: ", "))."))
            } else if fields[key] != nil {
                report("field '\(key)' is given twice", "duplicate-field", number, key.unicodeScalars.count, line)
            } else {
                fields[key] = field
            }
        }
    }

    /// The text of indented lines, without the indentation of the first.
    private static func block(_ lines: ArraySlice<String>, firstLine: Int) -> Cell.Field {
        let indent = lines.first { !$0.trimmed.isEmpty }?.prefix { $0 == " " || $0 == "\t" }.count ?? 0
        let texts = lines.map { line in
            String(line.dropFirst(min(indent, line.prefix { $0 == " " || $0 == "\t" }.count)))
        }
        return Cell.Field(text: texts.joined(separator: "\n"), line: firstLine, column: indent + 1)
    }

    private static func unquoted(_ field: Cell.Field) -> Cell.Field {
        for mark in ["\"", "'"] where field.text.count >= 2 && field.text.hasPrefix(mark) && field.text.hasSuffix(mark)
        {
            return Cell.Field(
                text: String(field.text.dropFirst().dropLast()), line: field.line, column: field.column + 1)
        }
        return field
    }

    private mutating func report(
        _ message: String, _ id: String, _ line: Int, _ length: Int, _ source: String, hint: String? = nil
    ) {
        problems.append(
            Diagnostic(
                message, hint: hint, id: id,
                at: SourcePosition(file: file, line: line, column: 1, length: max(1, length)), sourceLine: source))
    }
}

extension StringProtocol {
    /// Without spaces and tabs at either end.
    var trimmed: String {
        var rest = self[...]
        while let first = rest.first, first == " " || first == "\t" || first == "\r" { rest = rest.dropFirst() }
        while let last = rest.last, last == " " || last == "\t" || last == "\r" { rest = rest.dropLast() }
        return String(rest)
    }
}
