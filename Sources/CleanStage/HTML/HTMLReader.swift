import CGumbo
import StageKit
import Text

/// Reads a web page: its metadata, its blocks, and which of them are its text.
enum HTMLReader {
    static func read(_ decoded: TracedText) -> Page {
        let decoded = NestingLimit.flattened(decoded)
        let tree = HTMLTree(decoded.bytes)
        guard !tree.nodes.isEmpty else { return Page([], Metadata([])) }
        let found = HTMLBlocks(tree, decoded).blocks
        let main = MainContent(tree, found)
        let metadata = HTMLMetadata.read(tree, decoded)
        let address = PageAddress(tree)
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
        let title = PageTitle.mark(&blocks, found, tree, declared: metadata.title)
        var entries = metadata.entries
        if let title, metadata.title?.contains(title) ?? true { entries.insert(.init("title", title, .page), at: 0) }
        entries += PageHead.mark(&blocks)
        Standfirst.mark(&blocks, found, tree, description: HTMLMetadata.description(tree))
        LinkedCards.mark(&blocks, found, tree, address)
        dropRepeats(&blocks)
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

    /// Pages hold some blocks twice, for screens of different width.
    private static func dropRepeats(_ blocks: inout [Page.Block]) {
        var seen: Set<[UInt8]> = []
        for k in blocks.indices where blocks[k].reason.isEmpty && blocks[k].text.bytes.count >= 60 {
            if !seen.insert(blocks[k].text.bytes).inserted { blocks[k].reason = "repeats a block above" }
        }
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
