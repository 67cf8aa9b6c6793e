import StageKit
import Text

/// Lines of a page around its headline: date, byline, and a first paragraph that stands apart.
enum PageHead {
    /// Marks them, and gives what they say.
    static func mark(_ blocks: inout [Page.Block]) -> [Metadata.Entry] {
        var entries: [Metadata.Entry] = []
        let title = blocks.firstIndex { $0.kind == .title }
        let first = blocks.indices.first {
            $0 > title ?? -1 && blocks[$0].reason.isEmpty && blocks[$0].text.bytes.count > 120
        }
        let kept = blocks.indices.filter { blocks[$0].reason.isEmpty && blocks[$0].kind != .title }
        var near = Set(kept.prefix(8) + kept.suffix(4))
        if let title, let first { near.formUnion(max(0, title - 4)..<max(first, title)) }
        for k in near.sorted()
        where blocks[k].kind != .title && blocks[k].kind != .table && blocks[k].text.bytes.count <= 120 {
            if let date = DateLine.date(of: blocks[k].text.bytes) {
                entries.append(.init("date", date, .text))
                blocks[k].reason = "date line"
            } else if let byline = Byline(blocks[k].text.bytes) {
                entries.append(.init("author", byline.author, .text))
                blocks[k].reason = "byline"
            } else {
                let credits = CreditLine.entries(of: blocks[k].text.bytes)
                entries += credits
                if !credits.isEmpty { blocks[k].reason = "byline" }
            }
        }
        if let title, let first, first > title {
            for k in title + 1..<first where blocks[k].reason == MainContent.outside && isLead(blocks[k]) {
                blocks[k].reason = ""
            }
        }
        return entries
    }

    /// A summary between the headline and the text belongs to the text.
    private static func isLead(_ block: Page.Block) -> Bool {
        block.text.bytes.count >= 80 && block.kind != .list && SentenceShape.isSentence(block.text.bytes)
    }
}
