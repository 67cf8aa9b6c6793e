/// Marks the blocks that a publisher repeats.
enum RecurringBlocks {
    private static let reason = "recurs in documents of the publisher"

    /// Marks what was decided to be furniture, then what is so only beside furniture, outwards from there.
    static func mark(_ blocks: inout [Page.Block], _ verdicts: [FurnitureVerdict?]) {
        for k in blocks.indices where verdicts[k] == .alone && blocks[k].reason.isEmpty { blocks[k].reason = reason }
        markTemplates(&blocks, verdicts)
        for order in [Array(blocks.indices), blocks.indices.reversed()] {
            var beside = false
            for k in order {
                let isEdge = k == order.first
                if !blocks[k].reason.isEmpty {
                    beside = true
                } else if verdicts[k] != nil, beside || (isEdge && verdicts[k] == .inCompany) {
                    blocks[k].reason = reason
                    beside = true
                } else {
                    beside = false
                }
            }
        }
    }
    /// Marks the blocks that recur one below the other, with a template among them.
    private static func markTemplates(_ blocks: inout [Page.Block], _ verdicts: [FurnitureVerdict?]) {
        var k = 0
        while k < blocks.count {
            var end = k
            while end < blocks.count, verdicts[end] != nil { end += 1 }
            if end - k > 1, verdicts[k..<end].contains(.template) {
                for at in k..<end where blocks[at].reason.isEmpty { blocks[at].reason = reason }
            }
            k = end + 1
        }
    }
}
