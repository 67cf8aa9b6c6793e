import StageKit

/// Parts of a page that it holds twice, for screens of different width.
enum RepeatedParts {
    private static let reason = "repeats a block above"
    private static let least = 60

    /// Marks the second time. A text may say the same again and again: only a block that stands twice in a row in elements
    /// of their own, one in an element that names a kind of screen, and a stretch that is most of the page are repeats.
    static func mark(_ blocks: inout [Page.Block], _ found: [HTMLBlock], _ tree: HTMLTree) {
        let kept = blocks.indices.filter { blocks[$0].reason.isEmpty }
        var first: [[UInt8]: Int] = [:]
        // for each block, which one of those that are kept it repeats
        var repeats: [Int: Int] = [:]
        for (n, k) in kept.enumerated() where blocks[k].text.bytes.count >= least {
            if let before = first[blocks[k].text.bytes] { repeats[n] = before } else { first[blocks[k].text.bytes] = n }
        }
        guard !repeats.isEmpty else { return }
        for (n, before) in repeats {
            let (k, other) = (kept[n], kept[before])
            let isNext =
                n == before + 1 && !blocks[k].kind.isLine
                && tree.nodes[found[k].node].parent != tree.nodes[found[other].node].parent
            // a caption that stands twice belongs to one picture
            if isNext || blocks[k].kind == .caption || isForScreens(found[k].node, tree)
                || isForScreens(found[other].node, tree)
            {
                blocks[k].reason = reason
            }
        }
        markHalves(&blocks, kept, repeats)
    }

    /// Marks a stretch of blocks that are all said before in the same order, if it is nearly half of the page.
    private static func markHalves(_ blocks: inout [Page.Block], _ kept: [Int], _ repeats: [Int: Int]) {
        let all = kept.reduce(0) { $0 + blocks[$1].text.bytes.count }
        var n = 0
        while n < kept.count {
            guard let before = repeats[n] else {
                n += 1
                continue
            }
            var end = n
            var size = 0
            while end < kept.count, before + end - n < n,
                blocks[kept[end]].text.bytes == blocks[kept[before + end - n]].text.bytes
            {
                size += blocks[kept[end]].text.bytes.count
                end += 1
            }
            if end - n > 1, size * 5 >= all * 2 {
                for k in kept[n..<end] { blocks[k].reason = reason }
            }
            n = max(end, n + 1)
        }
    }

    /// Whether an element or one around it names the screens that it is for.
    private static func isForScreens(_ node: Int, _ tree: HTMLTree) -> Bool {
        ([node] + tree.ancestors(of: node, upTo: 4)).contains { PageParts.isForScreens(tree.nodes[$0]) }
    }
}

extension Blocks.Kind {
    /// Whether the kind is one of lines rather than of paragraphs.
    fileprivate var isLine: Bool { self == .list || self == .table || self == .heading }
}
