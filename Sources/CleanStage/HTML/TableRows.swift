import CGumbo
import Text

/// Tells rows of data from rows that lay out a page.
struct TableRows {
    private let tree: HTMLTree
    /// For each table that was looked at, whether its rows are data.
    private var tables: [Int: Bool] = [:]

    init(_ tree: HTMLTree) { self.tree = tree }

    /// Whether the cells of a row hold parts of a page: tables, headlines, several paragraphs, long text.
    mutating func isLayout(_ row: Int) -> Bool {
        let isData = isData(around: row)
        var text = 0
        var paragraphs = 0
        var breaks = 0
        var inParagraph = 0
        for k in row + 1..<max(row + 1, tree.nodes[row].end) {
            let node = tree.nodes[k]
            guard let tag = node.tag else {
                text += node.span.count
                inParagraph += node.span.count
                if text > (isData ? 1500 : 600) { return true }
                continue
            }
            switch tag {
            case GUMBO_TAG_TABLE, GUMBO_TAG_H1, GUMBO_TAG_H2: return true
            case GUMBO_TAG_TD, GUMBO_TAG_TH: (paragraphs, breaks, inParagraph) = (0, 0, 0)
            case GUMBO_TAG_P, GUMBO_TAG_DIV, GUMBO_TAG_BLOCKQUOTE:
                paragraphs += inParagraph >= 80 ? 1 : 0
                inParagraph = 0
            case GUMBO_TAG_BR: breaks += 1
            default: break
            }
            if !isData, paragraphs > 0 || (breaks > 1 && inParagraph > 160) { return true }
        }
        return !isData && (paragraphs + (inParagraph >= 80 ? 1 : 0) > 1 || (breaks > 1 && inParagraph > 160))
    }

    /// Whether the table around a row has a head, or three rows with as many cells, two or more.
    private mutating func isData(around row: Int) -> Bool {
        let outer = tree.ancestors(of: row, upTo: 3).first { tree.nodes[$0].tag == GUMBO_TAG_TABLE }
        guard let table = outer else { return false }
        if let known = tables[table] { return known }
        var rows: [Int: Int] = [:]
        var cells = 0
        var hasHead = false
        var k = table + 1
        func count() { if cells > 1 { rows[cells, default: 0] += 1 } }
        while k < tree.nodes[table].end {
            switch tree.nodes[k].tag {
            case GUMBO_TAG_TBODY?, GUMBO_TAG_THEAD?, GUMBO_TAG_TFOOT?: k += 1
            case GUMBO_TAG_TR?:
                count()
                cells = 0
                k += 1
            case GUMBO_TAG_TD?, GUMBO_TAG_TH?:
                cells += 1
                hasHead = hasHead || tree.nodes[k].tag == GUMBO_TAG_TH
                k = tree.nodes[k].end
            default: k = tree.nodes[k].end
            }
        }
        count()
        let isData = hasHead || rows.contains { $0.value > 2 }
        tables[table] = isData
        return isData
    }
}
