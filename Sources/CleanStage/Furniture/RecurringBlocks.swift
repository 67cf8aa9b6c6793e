import StageKit
import Text

/// Marks the blocks that a publisher repeats around its texts.
enum RecurringBlocks {
    /// The reason for which they are taken out.
    static let reason = "recurs in documents of the publisher"

    /// Marks what was decided to be furniture: what stands above and below the text, and what stands beside furniture.
    /// Furniture stands around a text: where nothing else would be left, what recurs is the text.
    static func mark(_ blocks: inout [Page.Block], _ verdicts: [FurnitureVerdict?]) {
        guard verdicts.contains(where: { $0 != nil }), hasOwnText(blocks, verdicts) else { return }
        markTemplates(&blocks, verdicts)
        markEdge(&blocks, verdicts, Array(blocks.indices))
        markEdge(&blocks, verdicts, blocks.indices.reversed())
        markBeside(&blocks, verdicts, Array(blocks.indices))
        markBeside(&blocks, verdicts, blocks.indices.reversed())
        keepProse(&blocks, verdicts)
    }

    /// Whether a good part of the document, or a sentence of it, is its own.
    private static func hasOwnText(_ blocks: [Page.Block], _ verdicts: [FurnitureVerdict?]) -> Bool {
        var (own, all) = (0, 0)
        var hasSentence = false
        for (block, verdict) in zip(blocks, verdicts) where block.reason.isEmpty && block.kind != .title {
            all += block.text.bytes.count
            guard verdict == nil, block.kind != .heading else { continue }
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
            while end < blocks.count, verdicts[end] != nil { end += 1 }
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
        _ blocks: inout [Page.Block], _ verdicts: [FurnitureVerdict?], _ order: [Int]
    ) {
        var isBeside = true
        var own = 0
        var seen = 0
        for k in order {
            guard blocks[k].reason.isEmpty else {
                isBeside = true
                continue
            }
            seen += 1
            guard seen <= BlockPlace.edge else { return }
            if blocks[k].kind == .title, verdicts[k] == nil {
                isBeside = false
                continue
            }
            switch verdicts[k] {
            case .line where !headsSection(k, blocks, verdicts): break
            case .inCompany, .besideFurniture, .prose, .weighty: guard isBeside else { return }
            case nil where own < 2 && isLine(blocks[k]):
                own += 1
                isBeside = false
                continue
            default: return
            }
            blocks[k].reason = reason
            isBeside = true
        }
    }

    /// Marks what recurs beside furniture within the text.
    private static func markBeside(
        _ blocks: inout [Page.Block], _ verdicts: [FurnitureVerdict?], _ order: [Int]
    ) {
        var isBeside = false
        for k in order {
            if !blocks[k].reason.isEmpty {
                isBeside = true
            } else if isBeside, let verdict = verdicts[k], !verdict.isText, blocks[k].kind != .title,
                !headsSection(k, blocks, verdicts)
            {
                blocks[k].reason = reason
            } else {
                isBeside = false
            }
        }
    }

    /// Whether a line heads text of the document's own, in a document that has sections.
    private static func headsSection(_ k: Int, _ blocks: [Page.Block], _ verdicts: [FurnitureVerdict?]) -> Bool {
        guard blocks[k].kind == .heading,
            let next = blocks[(k + 1)...].firstIndex(where: { $0.reason.isEmpty }), verdicts[next] == nil
        else { return false }
        if k > 0, !blocks[k - 1].reason.isEmpty { return false }
        return blocks[next...].contains { $0.kind == .heading && $0.reason.isEmpty }
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
            if block.reason.isEmpty, verdict == nil { own += block.text.bytes.count }
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
    var isText: Bool { self == .prose || self == .weighty || self == .said }
}
