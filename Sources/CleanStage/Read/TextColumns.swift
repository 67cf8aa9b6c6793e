import Text

/// Lines of plain text that are the rows of a table: cells with wide gaps or upright bars between them.
enum TextColumns {
    /// The starts of those of `lines` that are rows: two or more in a row with as many cells.
    static func rows(_ bytes: [UInt8], _ lines: [TextLines.Line]) -> Set<Int> {
        var rows: Set<Int> = []
        var last: (cells: [Int], start: Int, isBar: Bool)?
        for line in lines {
            guard !line.span.isEmpty else { continue }
            let bars = NavigationBar.columns(Array(bytes[line.span.range]))
            let cells = bars.map { Array(repeating: 0, count: $0) } ?? cells(bytes, line)
            guard cells.count > 1 else {
                last = nil
                continue
            }
            let start = line.span.start
            if let last, last.cells.count == cells.count, last.isBar == (bars != nil),
                bars != nil || cells.count > 2 || last.cells == cells,
                // links between bars look the same, but hold no figures
                bars == nil || hasFigure(bytes, ByteSpan(last.start, line.span.end))
            {
                rows.insert(last.start)
                rows.insert(start)
            }
            last = (cells, start, bars != nil)
        }
        return rows
    }

    private static func hasFigure(_ bytes: [UInt8], _ span: ByteSpan) -> Bool {
        bytes[span.range].contains { $0 >= 0x30 && $0 <= 0x39 }
    }

    /// Where the cells of a line begin, counted from its edge; a gap behind the end of a sentence parts none.
    private static func cells(_ bytes: [UInt8], _ line: TextLines.Line) -> [Int] {
        guard line.span.count <= 120 else { return [] }
        var cells = [line.indent]
        var k = line.span.start
        while k < line.span.end {
            guard bytes[k] == 0x20 || bytes[k] == 0x09 else {
                k += 1
                continue
            }
            var end = k
            while bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
            let isTab = bytes[k..<end].contains(0x09)
            let isWide = end - k > 2 || (end - k == 2 && !".!?:".utf8.contains(bytes[k - 1]))
            if isTab || isWide { cells.append(line.indent + end - line.span.start) }
            k = end
        }
        // justified lines have gaps everywhere
        return line.span.count / cells.count >= 4 && cells.count <= 12 ? cells : []
    }
}
