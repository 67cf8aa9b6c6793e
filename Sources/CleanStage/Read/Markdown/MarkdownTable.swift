import Text

/// The rows of tables, as GitHub Flavored Markdown writes them.
enum MarkdownTable {
    /// The cells of a row; a stroke behind a backslash is part of its cell.
    static func cells(_ text: TracedText, _ line: ByteSpan) -> [TracedText] {
        let bytes = text.bytes
        let row = TextLines.trimmed(bytes, line)
        var cells: [TracedText] = []
        var strokes: [Int] = []
        var start = row.start
        if start < row.end, bytes[start] == stroke { start += 1 }
        func take(to end: Int) {
            var cell = TracedText()
            let span = TextLines.trimmed(bytes, ByteSpan(start, end))
            var from = span.start
            for escape in strokes where escape >= span.start && escape < span.end {
                cell.append(ByteSpan(from, escape), of: text)
                from = escape + 1
            }
            cell.append(ByteSpan(from, max(from, span.end)), of: text)
            cells.append(cell)
            strokes = []
            start = end + 1
        }
        var k = start
        while k < row.end {
            if bytes[k] == UInt8(ascii: "\\"), k + 1 < row.end, bytes[k + 1] == stroke {
                strokes.append(k)
                k += 2
                continue
            }
            if bytes[k] == stroke { take(to: k) }
            k += 1
        }
        if start < row.end { take(to: row.end) }
        return cells
    }

    /// Whether a line parts the head of a table from its rows: dashes, perhaps with colons, between strokes.
    static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.contains(UInt8(ascii: "-")), line.allSatisfy({ "|:- \t".utf8.contains($0) }) else { return false }
        guard line.contains(stroke) || line.contains(UInt8(ascii: ":")) else { return false }
        let text = TextLines.trimmed(Array(line), ByteSpan(0, line.count))
        var cells = Array(Array(line)[text.range]).split(separator: stroke, omittingEmptySubsequences: false)
        if cells.first?.allSatisfy({ $0 <= 0x20 }) == true { cells.removeFirst() }
        if cells.last?.allSatisfy({ $0 <= 0x20 }) == true { cells.removeLast() }
        return !cells.isEmpty
            && cells.allSatisfy { cell in
                var inner = cell.drop { $0 <= 0x20 }
                while let last = inner.last, last <= 0x20 { inner.removeLast() }
                if inner.first == UInt8(ascii: ":") { inner.removeFirst() }
                if inner.last == UInt8(ascii: ":") { inner.removeLast() }
                return !inner.isEmpty && inner.allSatisfy { $0 == UInt8(ascii: "-") }
            }
    }

    private static let stroke = UInt8(ascii: "|")
}
