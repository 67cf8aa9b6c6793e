import CGumbo
import StageKit
import Text

/// Finds the headline among the blocks of a page.
enum PageTitle {
    /// Marks the block that is the headline, and gives its words, whether the page declares a title like it, and whether
    /// it is the page's only heading of the first rank.
    static func mark(
        _ blocks: inout [Page.Block], _ found: [HTMLBlock], _ tree: HTMLTree, declared: [String]
    ) -> (words: String, isDeclared: Bool, isOnly: Bool)? {
        let first =
            blocks.firstIndex { $0.reason.isEmpty && $0.kind == .paragraph && $0.text.bytes.count > 100 }
            ?? blocks.count
        let wanted = declared.map { PlainLine.reduced(Array($0.utf8)) }.filter { !$0.isEmpty }
        func isHeadline(_ k: Int) -> Bool { tree.nodes[found[k].node].tag == GUMBO_TAG_H1 }
        /// Whether `line` begins with the words of `head`.
        func begins(_ line: [UInt8], with head: [UInt8]) -> Bool {
            line.starts(with: head)
                && (line.count == head.count || !(line[head.count] | 0x20 >= 0x61 && line[head.count] | 0x20 <= 0x7A))
        }
        func fits(_ k: Int) -> Bool {
            let line = PlainLine.reduced(blocks[k].text.bytes)
            return wanted.contains { wanted in
                line == wanted
                    || (line.count >= 8
                        && (begins(wanted, with: line) || wanted.suffix(line.count).elementsEqual(line)
                            || begins(line, with: wanted)))
            }
        }
        let range = blocks.indices.prefix(first + 1)
        let headings = range.filter { blocks[$0].kind == .heading }
        // of two lines that the page's title names, the longer is the text's and the shorter the site's
        func longest(_ choices: [Int]) -> Int? {
            choices.max { blocks[$0].text.bytes.count < blocks[$1].text.bytes.count }
        }
        let exact = headings.filter { wanted.contains(PlainLine.reduced(blocks[$0].text.bytes)) }
        let choice =
            longest(exact) ?? longest(headings.filter(fits)) ?? longest(range.filter(fits))
            ?? headings.last(where: isHeadline)
        guard let choice else { return nil }
        blocks[choice].kind = .title
        blocks[choice].reason = ""
        // the same words again above the text are the page's
        for k in blocks.indices.prefix(max(choice, first) + 1)
        where k != choice && blocks[k].reason.isEmpty && blocks[k].text.bytes == blocks[choice].text.bytes {
            blocks[k].reason = "repeats the title"
        }
        let isOnly = isHeadline(choice) && blocks.indices.filter(isHeadline).count == 1
        return (String(decoding: blocks[choice].text.bytes, as: UTF8.self), fits(choice), isOnly)
    }
}
