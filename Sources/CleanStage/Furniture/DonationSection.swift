import StageKit
import Text

/// A request for money of several paragraphs, from its heading to its last plea.
enum DonationSection {
    /// Words of which a plea to readers holds at least two, beside saying `we` or `our` and `you`.
    private static let pleas: [[UInt8]] = [
        "support", "donat", "contribut", "subscri", "month", "reader", "fund", "income", "money", "pounds", "dollars",
        "help", "member", "join us", "join our", "independent", "journalis", "media", "cost", "pay", "afford",
        "campaign",
        "discount", "ad-free", "advert", "newsletter", "continue", "in return", "bail us", "investors", "with your",
    ].map { Array($0.utf8) }

    /// Marks the blocks of such sections.
    static func mark(_ blocks: inout [Page.Block]) {
        let reason = "donation request"
        var k = 0
        while k < blocks.count {
            guard blocks[k].reason == reason else {
                k += 1
                continue
            }
            var last = k
            var gap = 0
            var next = k + 1
            // a plea may be broken by a list or a sentence about something else, but not for long
            while next < blocks.count, gap <= 1 {
                if blocks[next].reason.isEmpty, isPlea(blocks[next].text.bytes) {
                    last = next
                    gap = 0
                } else if blocks[next].reason == reason {
                    last = next
                    gap = 0
                } else if !isBrief(blocks[next]) {
                    gap += 1
                }
                next += 1
            }
            // one line among others of the article stands alone
            for index in k...last where blocks[index].reason.isEmpty { blocks[index].reason = reason }
            k = last + 1
        }
    }

    /// Items of a list and lines that lead to one neither continue a plea nor end it.
    private static func isBrief(_ block: Page.Block) -> Bool { block.kind == .list || block.text.bytes.count < 48 }

    /// Whether a paragraph asks its readers for support.
    private static func isPlea(_ bytes: [UInt8]) -> Bool {
        let text = [0x20] + PlainLine.reduced(bytes) + [0x20]
        func has(_ word: String) -> Bool { text.contains(Array(word.utf8)) }
        let we = has(" we ") || has(" our ") || has(" us ") || has(" we've ")
        let you = has(" you ") || has(" your ") || has("you've ")
        let count = pleas.reduce(0) { $0 + (text.contains($1) ? 1 : 0) }
        guard !has("\" said") && !has(" said") && !has(" told ") else { return false }
        return (we && you && count >= 1) || (we && count >= 2) || (you && count >= 2)
    }
}
