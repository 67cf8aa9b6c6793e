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
                && (line == wanted || wanted.starts(with: line) || wanted.suffix(line.count).elementsEqual(line)
                    || (line.starts(with: wanted) && !wanted.isEmpty))
        }
        let range = blocks.indices.prefix(first + 1)
        let headings = range.filter { blocks[$0].kind == .heading }
        // of two lines that the page's title names, the longer is the text's and the shorter the site's
        func longest(_ choices: [Int]) -> Int? {
            choices.max { blocks[$0].text.bytes.count < blocks[$1].text.bytes.count }
        }
        let choice =
            longest(headings.filter(fits)) ?? longest(range.filter(fits)) ?? headings.last(where: isHeadline)
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
