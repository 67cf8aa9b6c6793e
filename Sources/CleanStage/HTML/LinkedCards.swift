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
            while end < blocks.count, blocks[end].kind != .heading, blocks[end].text.bytes.count < 200, end - k <= 4,
                sharesCard(found[k].node, found[end].node, tree)
            {
                end += 1
            }
            cards.append(k..<end)
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

    /// Whether two blocks stand in one small element.
    private static func sharesCard(_ a: Int, _ b: Int, _ tree: HTMLTree) -> Bool {
        guard let outer = tree.ancestors(of: a, upTo: 3).first(where: { tree.nodes[$0].end > b }) else { return false }
        return tree.nodes[outer].end - outer < 60
    }
}
