import StageKit
import Text

/// Counts the documents of a publisher that carry a block, by where in the document it stands.
struct BlocksStep: FoldStep {
    static let contract = StepContract("clean.blocks", reads: [Page.name], facts: [.folder])

    init(options: OptionReader) throws(OptionProblem) {}

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        let page = try input.layer(Page.self)
        let parts = PublisherKey.parts(page, input.facts)
        var seen: Set<BlockSignature> = []
        var entries: [SummaryEntry] = []
        for (k, block) in page.blocks.enumerated() {
            let place = BlockPlace(index: k, of: page.blocks.count)
            for signature in BlockSignature.all(of: block) where seen.insert(signature).inserted {
                let element = [place.rawValue, SentenceShape.isSentence(block.text.bytes) ? 1 : 0]
                entries.append(SummaryEntry(PublisherKey.key(parts, signature), element))
            }
        }
        return Summary(entries)
    }
}

/// Where in its document a block stands.
enum BlockPlace: UInt8 {
    case head, middle, tail

    init(index: Int, of count: Int) {
        self = index < 8 ? .head : index + 14 >= count ? .tail : .middle
    }
}

/// Whether a block is prose.
enum SentenceShape {
    /// A block of some length that ends as sentences do.
    static func isSentence(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 60 else { return bytes.count >= 24 && bytes.last == UInt8(ascii: ".") }
        var k = bytes.count
        while let (scalar, width) = UTF8Decoding.scalar(in: bytes, before: k) {
            switch scalar {
            case "\"", "'", "”", "’", "»", ")", "]": k -= width
            case ".", "!", "?", "…", ":": return true
            default: return false
            }
        }
        return false
    }
}
