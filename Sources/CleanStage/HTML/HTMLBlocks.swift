import CGumbo
import StageKit
import Text

/// Lays a page out: its text in blocks, white space as a browser shows it.
struct HTMLBlocks {
    private let tree: HTMLTree
    private let page: TracedText
    private(set) var blocks: [HTMLBlock] = []

    /// A block that is being read.
    private struct OpenBlock {
        var text = TracedText()
        var linked = 0
        /// White space that is shown if something follows.
        var gap: ByteSpan?
        /// A line break: the next block follows tightly.
        var isBroken = false
        /// The first link in it.
        var anchor: Int?
    }

    private var open = OpenBlock()
    private var rows: TableRows
    private var cellBreak = false
    /// Blocks that go on behind an element that stands apart from its line.
    private var paused: [OpenBlock] = []

    init(_ tree: HTMLTree, _ page: TracedText) {
        self.tree = tree
        self.page = page
        rows = TableRows(tree)
        layOut()
    }

    private mutating func layOut() {
        var ends: [(node: Int, end: Int, tag: GumboTag, isApart: Bool)] = []
        var links: [Int] = []
        var k = 0
        var kind: [Blocks.Kind] = [.paragraph]
        // the row of a table that is being read: what stands in it is one block
        var row: Int?
        while k <= tree.nodes.count {
            while let last = ends.last, last.end <= k {
                ends.removeLast()
                if last.tag == GUMBO_TAG_A { links.removeLast() }
                guard ElementClass.isBlock(last.tag) else {
                    if last.isApart { resume(kind.last ?? .paragraph, last.node) }
                    // the number at the head of a note
                    if last.tag == GUMBO_TAG_SUP, open.text.bytes.count <= 4 {
                        let end = tree.nodes[max(last.node, k - 1)].span.end
                        open.gap = open.gap ?? page.source(of: ByteSpan(end, end))
                    }
                    continue
                }
                if let within = row, within != last.node {
                    breakWithinRow(last.tag, tree.nodes[last.node])
                    continue
                }
                row = nil
                closeBlock(kind.last ?? .paragraph, last.node)
                if Self.kind(tree.nodes[last.node], last.tag) != nil { kind.removeLast() }
            }
            guard k < tree.nodes.count else { break }
            let node = tree.nodes[k]
            guard let tag = node.tag else {
                add(node, link: links.last, isCode: kind.last == .code)
                k += 1
                continue
            }
            if ElementClass.isSilent(tag) || Self.isHidden(node) {
                k = node.end
                continue
            }
            if tag == GUMBO_TAG_BR {
                if !open.text.bytes.isEmpty, row == nil {
                    closeBlock(kind.last ?? .paragraph, ends.last?.node ?? 0)
                    open.isBroken = true
                } else {
                    open.isBroken = false
                    open.gap = open.gap ?? page.source(of: node.span)
                }
                k += 1
                continue
            }
            let script = tag == GUMBO_TAG_SUP || tag == GUMBO_TAG_SUB ? self.script(k, tag) : .line
            if case .raised(let signs, let span) = script {
                flushGap()
                open.text.append(signs, from: page.source(of: span), .whole)
                k = node.end
                continue
            }
            if tag == GUMBO_TAG_A { links.append(k) }
            var isApart = false
            if ElementClass.isBlock(tag) {
                if row != nil {
                    breakWithinRow(tag, node)
                } else {
                    closeBlock(kind.last ?? .paragraph, ends.last?.node ?? 0)
                    if let own = Self.kind(node, tag) {
                        // a table that lays out a page holds paragraphs, not cells
                        let isLayout = tag == GUMBO_TAG_TR && rows.isLayout(k)
                        if tag == GUMBO_TAG_TR, !isLayout { row = k }
                        let inQuote = kind.last == .quote && own == .paragraph
                        kind.append(isLayout ? kind.last ?? .paragraph : inQuote ? .quote : own)
                    }
                }
            }
            if !ElementClass.isBlock(tag),
                script == .note || isNote(k, tag) || (!node.attributes.isEmpty && PageParts.isApart(node))
            {
                isApart = true
                pause()
            }
            ends.append((k, node.end, tag, isApart))
            k += 1
        }
        closeBlock(.paragraph, 0)
    }

    /// Parts what stands in a row: its cells by tabs, paragraphs and items within a cell by blanks.
    private mutating func breakWithinRow(_ tag: GumboTag, _ node: HTMLTree.Node) {
        if Self.isCell(tag) {
            cellBreak = true
        } else {
            open.gap = open.gap ?? page.source(of: ByteSpan(node.span.end, node.span.end))
        }
    }

    /// What a number or sign that is set high or low is to the line around it.
    private func script(_ k: Int, _ tag: GumboTag) -> RaisedText {
        let node = tree.nodes[k]
        guard node.end - k <= 6 else { return .line }
        var words: [UInt8] = []
        var span: ByteSpan?
        for inner in tree.nodes[k..<node.end] where inner.tag == nil {
            words += inner.text ?? Array(page.bytes[inner.span.range])
            span = span.map { $0.union(inner.span) } ?? inner.span
        }
        guard let span else { return .line }
        // one half, as 1 set high, a stroke, 2 set low
        let isFraction =
            node.end + 1 < tree.nodes.count && tree.nodes[node.end].tag == nil
            && tree.nodes[node.end + 1].tag == GUMBO_TAG_SUB
            && ["/", "⁄"].contains(
                UTF8Decoding.string(page.bytes, TextLines.trimmed(page.bytes, tree.nodes[node.end].span)))
        let isAfterStroke =
            open.text.bytes.last == UInt8(ascii: "/") || open.text.bytes.suffix(3).elementsEqual("⁄".utf8)
        return RaisedText.of(
            TracedText.trimmed(words), span, isHigh: tag == GUMBO_TAG_SUP, isFraction: isFraction || isAfterStroke,
            behind: open.text.bytes, hasGap: open.gap != nil)
    }

    /// Whether an element is the mark of a note below the text.
    private func isNote(_ k: Int, _ tag: GumboTag) -> Bool {
        guard tag == GUMBO_TAG_SUP, k + 1 < tree.nodes[k].end, tree.nodes[k + 1].tag == GUMBO_TAG_A else {
            return false
        }
        return tree.nodes[k + 1].attribute("href")?.hasPrefix("#") ?? false
    }

    /// Sets the open block aside for an element that stands apart from it.
    private mutating func pause() {
        paused.append(open)
        open = OpenBlock()
    }

    /// Closes what stood apart, and goes on with the block around it.
    private mutating func resume(_ kind: Blocks.Kind, _ node: Int) {
        closeBlock(kind, node, isApart: true)
        open = paused.popLast() ?? OpenBlock()
    }

    private mutating func add(_ node: HTMLTree.Node, link: Int?, isCode: Bool) {
        guard !node.span.isEmpty || node.text != nil else { return }
        let before = open.text.bytes.count
        guard let read = node.text else {
            if isCode { addVerbatim(node.span) } else { addCollapsed(page, node.span) }
            note(link, before)
            return
        }
        let piece = page.slice(node.span)
        var decoded = CharacterReferences.decoded(piece)
        if !Self.areSame(decoded.bytes, read) {
            decoded = TracedText()
            decoded.append(read, from: page.source(of: node.span), .whole)
        }
        if isCode {
            flushGap()
            open.text.append(decoded)
        } else {
            addCollapsed(decoded, ByteSpan(0, decoded.bytes.count))
        }
        note(link, before)
    }

    /// Whether two texts differ in nothing but line ends, and controls that the parser has a sign for.
    private static func areSame(_ written: [UInt8], _ read: [UInt8]) -> Bool {
        var k = 0
        var at = 0
        while at < written.count {
            let byte = written[at]
            if byte == 0x0D, at + 1 < written.count, written[at + 1] == 0x0A {
                at += 1
                continue
            }
            guard k < read.count else { return false }
            if read[k] == byte || (byte == 0x0D && read[k] == 0x0A) {
                at += 1
                k += 1
                continue
            }
            let (scalar, width) = UTF8Decoding.scalar(in: written, at: at)
            let isReplaced = scalar.properties.generalCategory == .control || scalar.properties.isNoncharacterCodePoint
            guard isReplaced, read[k...].starts(with: "\u{FFFD}".utf8) else { return false }
            at += width
            k += 3
        }
        return k == read.count
    }

    /// Notes that what was added behind the first `before` bytes stands in a link.
    private mutating func note(_ link: Int?, _ before: Int) {
        guard let link, open.text.bytes.count > before else { return }
        open.linked += open.text.bytes.count - before
        open.anchor = open.anchor ?? link
    }

    private mutating func addVerbatim(_ span: ByteSpan) {
        flushGap()
        open.text.append(span, of: page)
    }

    /// Adds text with each stretch of white space as one blank.
    private mutating func addCollapsed(_ text: TracedText, _ span: ByteSpan) {
        let bytes = text.bytes
        var k = span.start
        var start = k
        while k < span.end {
            guard Self.isSpace(bytes[k]) else {
                k += 1
                continue
            }
            var end = k + 1
            while end < span.end, Self.isSpace(bytes[end]) { end += 1 }
            if end == k + 1, bytes[k] == 0x20, end < span.end, k > start {
                k = end
                continue
            }
            addWords(text, ByteSpan(start, k))
            if open.gap == nil { open.gap = text.source(of: ByteSpan(k, end)) }
            k = end
            start = end
        }
        addWords(text, ByteSpan(start, span.end))
    }

    private mutating func addWords(_ text: TracedText, _ span: ByteSpan) {
        guard !span.isEmpty else { return }
        flushGap()
        open.text.append(span, of: text)
    }

    private mutating func flushGap() {
        if cellBreak, !open.text.bytes.isEmpty {
            let end = open.text.runs.last?.source.end ?? 0
            open.text.append([0x09], from: open.gap ?? ByteSpan(end, end), .whole)
        } else if let gap = open.gap, !open.text.bytes.isEmpty {
            open.text.append([0x20], from: gap, .whole)
        }
        open.gap = nil
        cellBreak = false
    }

    private mutating func closeBlock(_ kind: Blocks.Kind, _ node: Int, isApart: Bool = false) {
        open.gap = nil
        cellBreak = false
        guard !open.text.bytes.isEmpty else { return }
        let read = open
        open = OpenBlock()
        var text = read.text
        let trimmed = TextLines.trimmed(text.bytes, ByteSpan(0, text.bytes.count))
        if trimmed.count < text.bytes.count { text = text.slice(trimmed) }
        text = CharacterRepair.repaired(text, references: false)
        let follows = blocks.last.map {
            $0.kind == kind && (kind == .list || kind == .table) && sameParent($0.node, node)
        }
        if !text.bytes.isEmpty {
            blocks.append(
                HTMLBlock(
                    kind: kind, text: text, node: node, linked: read.linked, anchor: read.anchor, isApart: isApart,
                    isTight: read.isBroken || follows ?? false))
        }
    }

    /// The kind that an element gives to its blocks: by its name, or by a class that calls it a caption.
    private static func kind(_ node: HTMLTree.Node, _ tag: GumboTag) -> Blocks.Kind? {
        if let kind = ElementClass.kind(tag), kind != .list { return kind }
        if PageParts.isCaption(node) { return .caption }
        return ElementClass.kind(tag)
    }

    private func sameParent(_ a: Int, _ b: Int) -> Bool { tree.nodes[a].parent == tree.nodes[b].parent }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
    private static func isCell(_ tag: GumboTag) -> Bool { tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH }

    private static func isHidden(_ node: HTMLTree.Node) -> Bool {
        if node.attributes.isEmpty { return false }
        if node.attribute("hidden") != nil { return true }
        guard let style = node.attribute("style")?.lowercased() else { return false }
        return style.contains("display:none") || style.contains("display: none")
    }
}
