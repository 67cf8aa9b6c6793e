import StageKit
import Text

/// Counts the documents of a publisher that carry a block, by where in the document it stands.
struct BlocksStep: FoldStep {
    static let contract = StepContract("blocks", reads: [Page.name], facts: [.folder])

    init(options: OptionReader) throws(OptionProblem) {}

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        let page = try input.layer(Page.self)
        let key = PublisherKey.prefix(page, input.facts)
        var seen: Set<BlockSignature> = []
        var entries = [SummaryEntry(PublisherKey.key(key, .documents))]
        let kept = page.blocks.reduce(0) { $0 + ($1.reason.isEmpty ? 1 : 0) }
        var index = 0
        for block in page.blocks {
            let sighting = BlockSighting(block, BlockPlace(index: index, of: kept))
            if block.reason.isEmpty { index += 1 }
            for signature in BlockSignature.all(of: block) where seen.insert(signature.shared).inserted {
                entries.append(SummaryEntry(PublisherKey.key(key, signature), sighting.bytes + signature.sketchBytes))
            }
        }
        return Summary(entries)
    }
}

/// What one document says about a block that others may have: an element of a row.
struct BlockSighting {
    var place: BlockPlace
    var isProse: Bool
    /// Whether it holds a figure, or what somebody says.
    var isWeighty: Bool
    /// Whether it asks something of its readers.
    var isPlea: Bool
    /// Which of a few kinds the exact words are of: two kinds show that the block was edited.
    var wording: UInt8

    init(_ block: Page.Block, _ place: BlockPlace) {
        self.place = place
        isProse = SentenceShape.endsSentence(block.text.bytes)
        isWeighty =
            block.text.bytes.contains { $0 >= 0x30 && $0 <= 0x39 } || (isProse && Plea.isSpeech(block.text.bytes))
        isPlea = Plea.isPlea(block.text.bytes)
        wording = UInt8(Self.words(block.text.bytes).value & 7)
    }

    /// Letters and digits as they are written; what stands between them changes when somebody is quoted.
    private static func words(_ bytes: [UInt8]) -> StableHash {
        var hash = StableHash()
        var k = 0
        while k < bytes.count {
            let byte = bytes[k]
            if byte >= 0x80 {
                let width = UTF8Decoding.width(lead: byte)
                let isMark = byte == 0xC2 || (byte == 0xE2 && k + 1 < bytes.count && bytes[k + 1] == 0x80)
                if !isMark { hash.combine(bytes[k..<min(k + width, bytes.count)]) }
                k += width
                continue
            }
            if (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) { hash.combine(byte) }
            k += 1
        }
        return hash
    }

    /// Reads the head of an element; what follows is a sketch.
    init?(_ element: [UInt8]) {
        guard element.count >= Self.size, let place = BlockPlace(rawValue: element[0]) else { return nil }
        self.place = place
        isProse = element[1] & 1 == 1
        isWeighty = element[1] & 2 == 2
        isPlea = element[1] & 4 == 4
        wording = element[2]
    }

    /// The canonical bytes.
    var bytes: [UInt8] { [place.rawValue, (isProse ? 1 : 0) | (isWeighty ? 2 : 0) | (isPlea ? 4 : 0), wording] }

    /// How many bytes they are.
    static let size = 3
}

/// Where in its document a block stands.
enum BlockPlace: UInt8 {
    case head, middle, tail

    /// The place of the block `index` of `count` that may be text.
    init(index: Int, of count: Int) {
        self = index < 8 ? .head : index + Self.edge >= count ? .tail : .middle
    }

    /// Blocks at the end of a document among which furniture stands.
    static let edge = 14
}

/// Whether a block is prose.
enum SentenceShape {
    /// A block of some length that ends as sentences do.
    static func isSentence(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 60 else { return bytes.count >= 24 && bytes.last == UInt8(ascii: ".") }
        return endsSentence(bytes)
    }

    /// Whether a block of any length ends as sentences do.
    static func endsSentence(_ bytes: [UInt8]) -> Bool {
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
