import StageKit

/// Cards that lead to other pages of the site in the middle of a text: a heading that is a link, with a line or two.
enum LinkedCards {
    /// Marks them, unless the page is a list of such cards.
    static func mark(_ blocks: inout [Page.Block], _ found: [HTMLBlock], _ tree: HTMLTree, _ address: PageAddress) {
        var cards: [Range<Int>] = []
        for k in blocks.indices where blocks[k].reason.isEmpty && blocks[k].kind == .heading {
            guard found[k].linkDensity > 0.9, let anchor = found[k].anchor,
                let link = tree.nodes[anchor].attribute("href"), !link.hasPrefix("#"), !address.isElsewhere(link)
            else { continue }
            var end = k + 1
            let card = end < blocks.count ? card(found[k].node, found[end].node, tree) : nil
            while let card, end < blocks.count, end - k <= 4, blocks[end].kind != .heading,
                blocks[end].text.bytes.count < 200, found[end].node < tree.nodes[card].end
            {
                end += 1
            }
            // a heading that is a link, and no more, may head what follows
            if end > k + 1 { cards.append(k..<end) }
        }
        let inCards = cards.reduce(0) { $0 + length(blocks[$1]) }
        guard inCards * 3 < length(blocks[...]) else { return }
        for card in cards {
            for k in card where blocks[k].reason.isEmpty { blocks[k].reason = "related articles" }
        }
    }

    private static func length(_ blocks: ArraySlice<Page.Block>) -> Int {
        blocks.reduce(0) { $0 + ($1.reason.isEmpty ? $1.text.bytes.count : 0) }
    }

    /// The small element that a heading shares with what follows it.
    private static func card(_ heading: Int, _ next: Int, _ tree: HTMLTree) -> Int? {
        let outer = tree.ancestors(of: heading, upTo: 3).first { tree.nodes[$0].end > next }
        return outer.flatMap { tree.nodes[$0].end - $0 < 60 ? $0 : nil }
    }
}
