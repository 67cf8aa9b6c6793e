import StageKit
import Text

/// What stands below a text: readers' comments, and scraps among the furniture.
enum TailChrome {
    /// Marks the blocks of a page below its text.
    static func mark(_ blocks: inout [Page.Block]) {
        markComments(&blocks)
        markScraps(&blocks)
    }

    /// Between `3 comments` and the form for another one stand the comments.
    private static func markComments(_ blocks: inout [Page.Block]) {
        guard blocks.contains(where: { $0.reason == "comment form" }) else { return }
        guard let start = blocks.lastIndex(where: { CommentCount.isCount(PlainLine.reduced($0.text.bytes)) }),
            let end = blocks.indices.last(where: { $0 > start && blocks[$0].reason == "comment form" })
        else { return }
        for k in start...end where blocks[k].reason.isEmpty { blocks[k].reason = "readers' comments" }
    }

    /// Below the last paragraph of prose, what stands among furniture is furniture.
    private static func markScraps(_ blocks: inout [Page.Block]) {
        guard blocks.contains(where: { isEdge($0.reason) }) else { return }
        let last = blocks.indices.last { blocks[$0].reason.isEmpty && isText(blocks[$0]) } ?? -1
        guard last >= 0, let first = blocks.indices.first(where: { $0 > last && isEdge(blocks[$0].reason) }) else {
            return
        }
        let tail = first..<blocks.count
        // a single line of furniture says nothing about what follows it
        guard tail.filter({ !blocks[$0].reason.isEmpty }).count >= 2 else { return }
        for k in tail where blocks[k].reason.isEmpty { blocks[k].reason = "among the lines below the text" }
    }

    private static func isText(_ block: Page.Block) -> Bool {
        block.kind == .quote || block.kind == .code || block.kind == .table
            || (block.text.bytes.count >= 120
                || SentenceShape.isSentence(block.text.bytes))
                && !NewsletterPlea.isPlea(block.text.bytes)
    }

    /// Furniture that stands only below or beside a text.
    private static func isEdge(_ reason: String) -> Bool {
        !reason.isEmpty
            && [
                "share line", "comment form", "newsletter box", "navigation", "copyright line", "contact line",
                "readers' comments",
            ]
            .contains(reason)
    }
}

/// The line above readers' comments: `18 comments`.
enum CommentCount {
    static func isCount(_ line: [UInt8]) -> Bool {
        let digits = line.prefix { ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ",") }.count
        guard digits > 0, line.count > digits + 1 else { return false }
        return ["comment", "comments", "replies", "responses"].contains { line[(digits + 1)...].elementsEqual($0.utf8) }
    }
}

/// A sentence that asks for a subscription: `Join 41,000 readers who start the day with us.`
enum NewsletterPlea {
    static func isPlea(_ bytes: [UInt8]) -> Bool {
        guard bytes.count < 200 else { return false }
        let line = String(decoding: PlainLine.reduced(bytes), as: UTF8.self)
        let asks = ["join ", "sign up", "subscribe", "your inbox", "newsletter", "every morning"]
        return asks.filter { line.contains($0) }.count >= 2 || (line.contains("join ") && line.contains(" readers"))
    }
}
