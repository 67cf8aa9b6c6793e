import CGumbo
import StageKit
import Text

/// Finds the headline among the blocks of a page.
enum PageTitle {
    /// Marks the block that is the headline, and gives its words.
    static func mark(
        _ blocks: inout [Page.Block], _ found: [HTMLBlock], _ tree: HTMLTree, declared: String?
    ) -> String? {
        let first =
            blocks.firstIndex { $0.reason.isEmpty && $0.kind == .paragraph && $0.text.bytes.count > 100 }
            ?? blocks.count
        let wanted = declared.map { PlainLine.reduced(Array($0.utf8)) } ?? []
        func isHeadline(_ k: Int) -> Bool { tree.nodes[found[k].node].tag == GUMBO_TAG_H1 }
        func fits(_ k: Int) -> Bool {
            let line = PlainLine.reduced(blocks[k].text.bytes)
            return line.count >= 8
                && (line == wanted || wanted.starts(with: line) || line.starts(with: wanted) && !wanted.isEmpty)
        }
        let range = blocks.indices.prefix(first + 1)
        let headings = range.filter { blocks[$0].kind == .heading }
        let choice =
            headings.last { isHeadline($0) && fits($0) } ?? headings.last(where: fits)
            ?? range.last(where: fits) ?? headings.last(where: isHeadline)
        guard let choice else { return nil }
        blocks[choice].kind = .title
        blocks[choice].reason = ""
        // the same words again are the page's, not the text's
        for k in blocks.indices
        where k != choice && blocks[k].reason.isEmpty && blocks[k].text.bytes == blocks[choice].text.bytes {
            blocks[k].reason = "repeats the title"
        }
        return String(decoding: blocks[choice].text.bytes, as: UTF8.self)
    }
}

/// Lines of a page between its headline and its text: date and byline.
enum PageHead {
    static func mark(_ blocks: inout [Page.Block]) {
        let kept = blocks.indices.filter { blocks[$0].reason.isEmpty && blocks[$0].kind != .title }
        for k in kept.prefix(8) + kept.suffix(4) where blocks[k].text.bytes.count <= 120 {
            if DateLine.date(of: blocks[k].text.bytes) != nil { blocks[k].reason = "date line" }
            if Byline(blocks[k].text.bytes) != nil { blocks[k].reason = "byline" }
        }
    }
}
