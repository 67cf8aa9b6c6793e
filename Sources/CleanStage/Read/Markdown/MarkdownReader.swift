import StageKit
import Text

/// Reads Markdown, as CommonMark and GitHub Flavored Markdown have it: its front matter, and the text that a reader of
/// the page sees.
enum MarkdownReader {
    static func read(_ decoded: TracedText) -> Page {
        let text = CharacterRepair.repaired(decoded, references: false)
        let lines = TextLines(text.bytes).lines
        let front = FrontMatter.read(text.bytes, lines)
        let start =
            front.map {
                $0.lines < lines.count ? lines[$0.lines].span.start - lines[$0.lines].indent : text.bytes.count
            } ?? 0
        var layout = MarkdownLayout(MarkdownBlocks(text, from: start))
        var blocks = layout.read()
        let titled = blocks.contains { $0.kind == .title }
        let masthead = Masthead.read(&blocks, titled: titled || front?.entries.contains { $0.key == "title" } ?? false)
        FurnitureMarks.mark(&blocks)
        let notices = (front?.notices ?? []).map(Metadata.Entry.init(notice:))
        return Page(blocks, Metadata(withNotices: (front?.entries ?? []) + notices + masthead.entries))
    }
}

/// Lays the blocks of Markdown out as those of a page.
struct MarkdownLayout {
    private let found: MarkdownBlocks
    private var blocks: [Page.Block] = []

    /// What a block stands in.
    private struct Place {
        var isQuote = false
        /// The item of a list that the block is the first of, with the sign before it.
        var item: Int?
        var isListed = false
    }

    init(_ found: MarkdownBlocks) { self.found = found }

    /// The blocks in order.
    mutating func read() -> [Page.Block] {
        var open: [(block: Int, place: Place)] = [(0, Place())]
        while let (k, place) = open.popLast() {
            let block = found.blocks[k]
            switch block.kind {
            case .document, .list, .note, .quote, .item:
                var inner = place
                if block.kind == .quote { inner.isQuote = true }
                for (n, child) in block.children.enumerated().reversed() {
                    // the sign of an item stands before the first of its blocks
                    inner.item = n == 0 ? place.item : nil
                    if case .item = block.kind {
                        inner.item = n == 0 ? k : nil
                        inner.isListed = true
                    }
                    open.append((child, inner))
                }
            default: add(block, place)
            }
        }
        return blocks
    }

    private mutating func add(_ block: MarkdownBlock, _ place: Place) {
        switch block.kind {
        case .heading(let level):
            let isTitle = level == 1 && !blocks.contains { $0.kind == .title }
            append(isTitle ? .title : .heading, words(block.content))
        case .fencedCode, .indentedCode: append(.code, trimmed(block.content))
        case .html: addHTML(block.content)
        case .table:
            for (n, row) in block.rows.enumerated() { addRow(row, isTight: n > 0) }
        default:
            let isItem = place.item != nil
            var text = words(isItem ? withoutBox(block.content) : block.content)
            if let item = place.item, !text.bytes.isEmpty { text = marked(text, by: found.blocks[item].marker) }
            let kind: Blocks.Kind = place.isQuote ? .quote : place.isListed ? .list : .paragraph
            append(kind, text, isTight: isItem && kind == .list && blocks.last?.kind == .list)
        }
    }

    private mutating func append(_ kind: Blocks.Kind, _ text: TracedText, isTight: Bool = false) {
        if !text.bytes.isEmpty { blocks.append(Page.Block(kind, text, isTight: isTight)) }
    }

    private func words(_ content: TracedText) -> TracedText {
        // characters that references stand for are repaired as others are
        CharacterRepair.repaired(MarkdownInline.read(content, found.references), references: false)
    }

    /// An item with its number; signs of unnumbered items say nothing.
    private func marked(_ text: TracedText, by marker: ByteSpan) -> TracedText {
        guard !marker.isEmpty else { return text }
        var item = found.text.slice(marker)
        let end = item.source(of: ByteSpan(0, item.bytes.count)).end
        item.append([0x20], from: ByteSpan(end, max(end, text.source(of: ByteSpan(0, 1)).start)), .whole)
        item.append(text)
        return item
    }

    /// The words of an item without the box of a task before them.
    private func withoutBox(_ content: TracedText) -> TracedText {
        let bytes = content.bytes
        guard bytes.count > 4, bytes[0] == UInt8(ascii: "["), " xX".utf8.contains(bytes[1]),
            bytes[2] == UInt8(ascii: "]"),
            bytes[3] == 0x20 || bytes[3] == 0x09
        else { return content }
        return content.slice(ByteSpan(4, bytes.count))
    }

    /// Code without empty lines around it; the indentation of its first line stays.
    private func trimmed(_ content: TracedText) -> TracedText {
        let bytes = content.bytes
        var end = bytes.count
        while end > 0, bytes[end - 1] <= 0x20 { end -= 1 }
        let first = bytes[..<end].firstIndex { $0 > 0x20 } ?? end
        let start = bytes[..<first].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return content.slice(ByteSpan(min(start, end), end))
    }

    private mutating func addRow(_ cells: [TracedText], isTight: Bool) {
        var row = TracedText()
        for cell in cells {
            let words = words(cell)
            guard !words.bytes.isEmpty else { continue }
            if !row.bytes.isEmpty {
                let end = row.source(of: ByteSpan(row.bytes.count - 1, row.bytes.count)).end
                let start = words.source(of: ByteSpan(0, 1)).start
                row.append([0x09], from: ByteSpan(min(end, start), max(end, start)), .whole)
            }
            row.append(words)
        }
        append(.table, row, isTight: isTight && blocks.last?.kind == .table)
    }

    private mutating func addHTML(_ content: TracedText) {
        let page = NestingLimit.flattened(content)
        let tree = HTMLTree(page.bytes)
        guard !tree.nodes.isEmpty else { return }
        for block in HTMLBlocks(tree, page).blocks { append(block.kind, block.text, isTight: block.isTight) }
    }
}
