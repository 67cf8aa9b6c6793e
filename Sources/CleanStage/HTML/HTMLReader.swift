import CGumbo
import StageKit
import Text

/// Reads a web page: its metadata, its blocks, and which of them are its text.
enum HTMLReader {
    static func read(_ decoded: TracedText) -> Page {
        let decoded = NestingLimit.flattened(RawElements.opened(decoded))
        let tree = HTMLTree(decoded.bytes)
        guard !tree.nodes.isEmpty else { return Page([], Metadata([])) }
        let found = HTMLBlocks(tree, decoded).blocks
        let main = MainContent(tree, found)
        let address = PageAddress(tree)
        let facts = HTMLMetadata.read(tree, decoded, main, address)
        var blocks = found.enumerated().map { k, block in
            var reason = ""
            if let part = main.parts[k] {
                reason = part
            } else if !main.contains(block) {
                reason = MainContent.outside
            } else if isLinks(block), !isReference(block, tree, address) {
                reason = "list of links"
            }
            return Page.Block(block.kind, block.text, reason: reason, isTight: block.isTight)
        }
        // the headline as it is printed, unless the page calls itself something else altogether
        let title = PageTitle.mark(&blocks, found, tree, declared: facts.titles)
        var entries = facts.entries
        if let title, facts.titles.isEmpty || title.isDeclared || (title.isOnly && !facts.isTitleSure) {
            entries.insert(.init("title", title.words, .page), at: 0)
        }
        entries += PageHead.mark(&blocks) + facts.guesses
        Standfirst.mark(&blocks, found, tree, description: HTMLMetadata.description(tree))
        LinkedCards.mark(&blocks, found, tree, address)
        RepeatedParts.mark(&blocks, found, tree)
        FurnitureMarks.mark(&blocks)
        dropEmptyHeadings(&blocks)
        return Page(blocks, Metadata(entries))
    }

    private static func isLinks(_ block: HTMLBlock) -> Bool {
        guard block.kind != .heading else { return false }
        return block.linkDensity > 0.7 && (block.text.bytes.count < 200 || block.kind == .list)
    }

    /// A line that leads to a text elsewhere is part of what it stands in.
    private static func isReference(_ block: HTMLBlock, _ tree: HTMLTree, _ address: PageAddress) -> Bool {
        block.anchor.flatMap { tree.nodes[$0].attribute("href") }.map(address.isElsewhere) ?? false
    }

    /// A heading under which nothing is left says nothing.
    private static func dropEmptyHeadings(_ blocks: inout [Page.Block]) {
        var hasText = false
        for k in blocks.indices.reversed() where blocks[k].reason.isEmpty {
            if blocks[k].kind == .heading {
                if !hasText { blocks[k].reason = "heading without text" }
            } else {
                hasText = true
            }
        }
    }
}
