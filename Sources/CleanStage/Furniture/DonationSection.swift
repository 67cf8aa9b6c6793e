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
                let strength = blocks[next].reason.isEmpty ? strength(of: blocks[next].text.bytes) : .none
                if strength == .strong {
                    last = next
                    gap = 0
                } else if blocks[next].reason == reason {
                    last = next
                    gap = 0
                } else if strength == .none, !isBrief(blocks[next]) {
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

    /// How much a paragraph sounds like a plea.
    private enum Strength {
        case none
        /// It says what `we` do and need: part of a plea if one follows.
        case weak
        /// It asks its readers.
        case strong
    }

    private static func strength(of bytes: [UInt8]) -> Strength {
        let text = [0x20] + PlainLine.reduced(bytes) + [0x20]
        func has(_ word: String) -> Bool { ByteSearch.contains(text, Array(word.utf8)) }
        guard !has(" said"), !has(" told ") else { return .none }
        let we = has(" we ") || has(" our ") || has(" us ") || has(" we've ")
        let you = has(" you ") || has(" your ") || has("you've ")
        let count = pleas.reduce(0) { $0 + (ByteSearch.contains(text, $1) ? 1 : 0) }
        if we, you, count >= 1 { return .strong }
        return we && count >= 2 ? .weak : .none
    }
}
