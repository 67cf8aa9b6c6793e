import StageKit
import Text

/// The lines between a headline and its text that sum the text up: part of the headline.
enum Standfirst {
    /// Marks them. `description` is what the page says of itself in a sentence.
    static func mark(_ blocks: inout [Page.Block], _ found: [HTMLBlock], _ tree: HTMLTree, description: String?) {
        guard let title = blocks.firstIndex(where: { $0.kind == .title }) else { return }
        let near = blocks.indices.filter { $0 > title && blocks[$0].reason.isEmpty }.prefix(6)
        for k in near {
            guard let text = firstProse(blocks, after: k) else { return }
            if isStandfirst(k, text) {
                blocks[k].kind = .title
            } else if blocks[k].kind == .paragraph, isProse(blocks[k]) {
                return
            }
        }

        func isStandfirst(_ k: Int, _ text: Int) -> Bool {
            let bytes = blocks[k].text.bytes
            guard bytes.count <= 600 else { return false }
            // `Background` heads a part of the text; a heading of many words stands for all of it
            if blocks[k].kind == .heading { return bytes.count >= 40 && words(bytes) >= 6 }
            guard blocks[k].kind == .paragraph, bytes.count >= 24 else { return false }
            if isNamed(found[k].node, before: found[text].node, tree) { return true }
            let parent = tree.nodes[found[k].node].parent
            return parent != tree.nodes[found[text].node].parent && !holds(parent, found[text].node, tree)
                && description.map { PlainLine.reduced(Array($0.utf8)) == PlainLine.reduced(bytes) } ?? false
        }
    }

    /// Whether the element or one around it, in which the text does not stand, is called so.
    private static func isNamed(_ node: Int, before text: Int, _ tree: HTMLTree) -> Bool {
        ([node] + tree.ancestors(of: node, upTo: 2)).contains {
            !holds($0, text, tree) && PageParts.isStandfirst(tree.nodes[$0])
        }
    }

    private static func holds(_ outer: Int, _ inner: Int, _ tree: HTMLTree) -> Bool {
        outer < 0 || (outer <= inner && inner < tree.nodes[outer].end)
    }

    private static func firstProse(_ blocks: [Page.Block], after k: Int) -> Int? {
        blocks.indices.first {
            $0 > k && blocks[$0].reason.isEmpty && blocks[$0].kind == .paragraph && isProse(blocks[$0])
        }
    }

    private static func isProse(_ block: Page.Block) -> Bool { block.text.bytes.count >= 100 }

    private static func words(_ bytes: [UInt8]) -> Int { bytes.split(separator: 0x20).count }
}
