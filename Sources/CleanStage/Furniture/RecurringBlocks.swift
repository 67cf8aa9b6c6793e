/// Marks the blocks that a publisher repeats.
enum RecurringBlocks {
    private static let reason = "recurs in documents of the publisher"

    /// Marks what was decided to be furniture, then what is so only beside furniture, outwards from there.
    static func mark(_ blocks: inout [Page.Block], _ verdicts: [FurnitureVerdict?]) {
        for k in blocks.indices where verdicts[k] == .alone && blocks[k].reason.isEmpty { blocks[k].reason = reason }
        for order in [Array(blocks.indices), blocks.indices.reversed()] {
            var beside = true
            for k in order {
                if !blocks[k].reason.isEmpty {
                    beside = true
                } else if beside, verdicts[k] == .inCompany {
                    blocks[k].reason = reason
                } else {
                    beside = false
                }
            }
        }
    }
}
