import Model

extension Notebook {
    /// A problem with a cell's query, at its place in the notebook.
    ///
    /// `field` is the query that it is about; the cell's own, unless it is another.
    func diagnostic(_ problem: QueryProblem, in cell: Cell, field: Cell.Field? = nil) -> Diagnostic {
        let sql = field ?? cell.sql ?? cell.fields["name"]
        let file = cell.origin?.path ?? file
        let lines = cell.origin?.lines ?? lines
        func line(_ number: Int) -> String { lines.indices.contains(number - 1) ? lines[number - 1] : "" }
        guard let sql, let offset = problem.offset else {
            // the query as a whole, or the first line of the cell
            let place = sql?.line ?? cell.line
            let text = line(place)
            let column = sql?.column ?? 1
            let own = sql?.text.prefix { $0 != "\n" }.unicodeScalars.count ?? text.unicodeScalars.count
            return Diagnostic(
                problem.message, hint: problem.hint, id: problem.id,
                at: SourcePosition(file: file, line: place, column: column, length: max(1, own)), sourceLine: text)
        }
        let before = sql.text.utf8.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map(before.index(after:)) ?? before.startIndex
        let number = before.count { $0 == UInt8(ascii: "\n") }
        let column = String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count
        let isFirstLine = number == 0
        let text = line(sql.line + number)
        // The lines of a block stand behind the indentation of its first.
        let indent = isFirstLine ? sql.column - 1 : min(sql.column - 1, text.prefix { $0 == " " || $0 == "\t" }.count)
        let rest = sql.text.utf8.dropFirst(offset)
        let quote = UInt8(ascii: "'")
        var word = rest.prefix(while: SQLWords.isWord)
        if rest.first == quote, let end = rest.dropFirst().firstIndex(where: { $0 == quote || $0 == 0x0A }) {
            word = rest[...end]
        }
        return Diagnostic(
            problem.message, hint: problem.hint, id: problem.id,
            at: SourcePosition(
                file: file, line: sql.line + number, column: indent + column + 1,
                length: max(1, String(decoding: word, as: UTF8.self).unicodeScalars.count)),
            sourceLine: text)
    }
}
