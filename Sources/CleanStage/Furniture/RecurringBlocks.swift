import StageKit
import Text

/// Marks the blocks that a publisher repeats around its texts.
enum RecurringBlocks {
    /// The reason for which they are taken out.
    static let reason = "recurs in documents of the publisher"

    /// Marks what was decided to be furniture: what stands above and below the text, and what stands beside furniture.
    /// Furniture stands around a text: where nothing else would be left, what recurs is the text.
    /// `totals` says in how many documents each block stands.
    static func mark(_ blocks: inout [Page.Block], _ verdicts: [FurnitureVerdict?], totals: [Int]) {
        guard verdicts.contains(where: { $0 != nil }), hasOwnText(blocks, verdicts) else { return }
        markTemplates(&blocks, verdicts)
        markEdge(&blocks, verdicts, totals, Array(blocks.indices))
        markEdge(&blocks, verdicts, totals, blocks.indices.reversed())
        markBeside(&blocks, verdicts, Array(blocks.indices))
        markBeside(&blocks, verdicts, blocks.indices.reversed())
        markOpen(&blocks, verdicts)
        keepProse(&blocks, verdicts)
    }

    /// Whether a good part of the document, or a sentence of it, is its own.
    private static func hasOwnText(_ blocks: [Page.Block], _ verdicts: [FurnitureVerdict?]) -> Bool {
        var (own, all) = (0, 0)
        var hasSentence = false
        for (block, verdict) in zip(blocks, verdicts) where block.reason.isEmpty && block.kind != .title {
            all += block.text.bytes.count
            guard verdict.isOwn, block.kind != .heading else { continue }
            own += block.text.bytes.count
            hasSentence = hasSentence || (block.text.bytes.count >= 60 && SentenceShape.isSentence(block.text.bytes))
        }
        return hasSentence || (own >= 24 && own * 4 >= all)
    }

    /// Marks the blocks that recur one below the other, with a template among them.
    private static func markTemplates(_ blocks: inout [Page.Block], _ verdicts: [FurnitureVerdict?]) {
        var k = 0
        while k < blocks.count {
            var end = k
            while end < blocks.count, !verdicts[end].isOwn { end += 1 }
            if end - k > 1, verdicts[k..<end].contains(.template) {
                for at in k..<end where blocks[at].reason.isEmpty && verdicts[at]?.isText == false {
                    blocks[at].reason = reason
                }
            }
            k = end + 1
        }
    }

    /// Marks what recurs from an edge of the document to its text. A title, and a line or two of the document's own, may
    /// stand in between.
    private static func markEdge(
        _ blocks: inout [Page.Block], _ verdicts: [FurnitureVerdict?], _ totals: [Int], _ order: [Int]
    ) {
        // whether furniture stands beside the block, or the edge; and how many documents have what stands outside of it:
        // a line that is in few of them is what those documents say
        var isBeside = true
        var outside = 0
        var own = 0
        var open = 0
        var seen = 0
        for k in order {
            guard blocks[k].reason.isEmpty else {
                isBeside = true
                continue
            }
            seen += 1
            guard seen <= BlockPlace.edge else { return }
            if blocks[k].kind == .title, verdicts[k].isOwn {
                isBeside = false
                continue
            }
            switch verdicts[k] {
            case .line where !headsSection(k, blocks, verdicts): guard totals[k] * 10 >= outside * 7 else { return }
            case .inCompany, .besideFurniture, .prose, .weighty: guard isBeside else { return }
            case .rareProse where isBeside && outside > 0 && totals[k] * 10 >= outside * 9: break
            case .rareProse, .varied:
                // decided when it is known what stands on the other side
                guard blocks[k].text.bytes.count <= 120, open < 5 else { return }
                open += 1
                continue
            case nil where own < 2 && isLine(blocks[k]):
                own += 1
                isBeside = false
                continue
            default: return
            }
            guard !leads(k, blocks, verdicts) else { return }
            blocks[k].reason = reason
            isBeside = true
            outside = max(outside, totals[k])
            open = 0
        }
    }

    /// Marks lines whose figures and names are others each time, and sentences that not enough documents have, where
    /// furniture stands on both sides of them, or on one and nothing on the other. With furniture on one side alone, a line
    /// without figures goes beside three blocks of it.
    private static func markOpen(_ blocks: inout [Page.Block], _ verdicts: [FurnitureVerdict?]) {
        func isOpen(_ k: Int) -> Bool {
            (verdicts[k] == .varied || verdicts[k] == .rareProse) && blocks[k].reason.isEmpty
                && blocks[k].kind != .title
        }
        var k = 0
        while k < blocks.count {
            guard isOpen(k) else {
                k += 1
                continue
            }
            var end = k
            while end < blocks.count, isOpen(end) { end += 1 }
            let above = blocks[..<k].reversed().prefix(3).prefix { isFurniture($0) }.count
            let below = blocks[end...].prefix(3).prefix { isFurniture($0) }.count
            let isEnclosed = (above > 0 || k == 0) && (below > 0 || end == blocks.count) && above + below > 0
            for at in k..<end {
                let isNamed = (above == 3 || below == 3) && isLine(blocks[at]) && !holdsFigure(blocks[at])
                if isEnclosed || (verdicts[at] == .varied && isNamed) { blocks[at].reason = reason }
            }
            k = end
        }
    }

    /// Whether a line ends so that it leads to text of the document's own.
    private static func leads(_ k: Int, _ blocks: [Page.Block], _ verdicts: [FurnitureVerdict?]) -> Bool {
        guard let last = blocks[k].text.bytes.last, last == UInt8(ascii: ":") || last == UInt8(ascii: ",") else {
            return false
        }
        return blocks[(k + 1)...].firstIndex { $0.reason.isEmpty }.map { verdicts[$0] == nil } ?? false
    }

    /// Whether a block was taken out as furniture, and not as a date, a byline or the number of a page.
    private static func isFurniture(_ block: Page.Block) -> Bool {
        !block.reason.isEmpty
            && !["date line", "byline", "running head", "page number", FileHead.reason].contains(block.reason)
    }

    /// Whether a line holds a figure, or a field and its value.
    private static func holdsFigure(_ block: Page.Block) -> Bool {
        block.text.bytes.contains { ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ":") }
    }

    /// Marks what recurs beside furniture within the text.
    private static func markBeside(
        _ blocks: inout [Page.Block], _ verdicts: [FurnitureVerdict?], _ order: [Int]
    ) {
        var isBeside = false
        for k in order {
            if !blocks[k].reason.isEmpty {
                isBeside = true
            } else if isBeside, let verdict = verdicts[k], verdict != .varied, !verdict.isText,
                blocks[k].kind != .title,
                !headsSection(k, blocks, verdicts), !leads(k, blocks, verdicts)
            {
                blocks[k].reason = reason
            } else {
                isBeside = false
            }
        }
    }

    /// Whether a line heads text of the document's own, in a document that has more such headings.
    private static func headsSection(_ k: Int, _ blocks: [Page.Block], _ verdicts: [FurnitureVerdict?]) -> Bool {
        guard blocks[k].kind == .heading,
            let next = blocks[(k + 1)...].firstIndex(where: { $0.reason.isEmpty }), verdicts[next].isOwn
        else { return false }
        if k > 0, !blocks[k - 1].reason.isEmpty { return false }
        return blocks.indices.contains { $0 != k && blocks[$0].kind == .heading && blocks[$0].reason.isEmpty }
    }

    /// A short line that is no sentence.
    private static func isLine(_ block: Page.Block) -> Bool {
        block.kind == .paragraph || block.kind == .heading
            ? block.text.bytes.count <= 100 && !SentenceShape.endsSentence(block.text.bytes) : false
    }

    /// Gives prose back where more of it recurs than is the document's own.
    private static func keepProse(_ blocks: inout [Page.Block], _ verdicts: [FurnitureVerdict?]) {
        var (gone, own) = (0, 0)
        for (block, verdict) in zip(blocks, verdicts) where SentenceShape.endsSentence(block.text.bytes) {
            if block.reason.isEmpty, verdict.isOwn { own += block.text.bytes.count }
            // what recurs and stays shows that the text around it is a report that several print
            if verdict?.isText == true, block.reason.isEmpty || block.reason == reason {
                gone += block.text.bytes.count
            }
        }
        guard gone > own else { return }
        for k in blocks.indices where blocks[k].reason == reason && verdicts[k]?.isText == true {
            blocks[k].reason = ""
        }
    }

    /// How much of a document's prose was taken out because it recurs, in per cent.
    static func share(_ blocks: [Page.Block]) -> Int {
        var (gone, all) = (0, 0)
        for block in blocks where SentenceShape.endsSentence(block.text.bytes) {
            let isGone = block.reason == reason
            guard isGone || block.reason.isEmpty else { continue }
            all += block.text.bytes.count
            if isGone { gone += block.text.bytes.count }
        }
        return all == 0 ? 0 : gone * 100 / all
    }
}

extension FurnitureVerdict {
    /// Whether it is said of prose that may be text.
    var isText: Bool { self == .prose || self == .weighty || self == .rareProse || self == .said }
}

extension FurnitureVerdict? {
    /// Whether nothing shows that the block is anything but the document's own.
    var isOwn: Bool { self == nil || self == .varied }
}
