import StageKit
import Text

/// Reads plain text: lines to blocks, hard-wrapped lines to paragraphs.
enum PlainTextReader {
    static func read(_ decoded: TracedText) -> Page {
        let text = CharacterRepair.repaired(decoded, references: true)
        let lines = TextLines(text.bytes).lines
        let head = FileHead(text.bytes, lines)
        var body = PlainTextBlocks(text, Array(lines[head.body])).blocks
        let titled = head.entries.contains { $0.key == "title" }
        let metadata = Masthead.read(&body, titled: titled)
        FurnitureMarks.mark(&body)
        HeadingLines.mark(&body)
        func around(_ range: Range<Int>) -> [Page.Block] {
            PlainTextBlocks(text, Array(lines[range])).blocks.map {
                Page.Block(
                    $0.kind, $0.text, reason: $0.reason.isEmpty ? FileHead.reason : $0.reason, isTight: $0.isTight)
            }
        }
        let blocks = around(0..<head.body.lowerBound) + body + around(head.body.upperBound..<lines.count)
        return Page(blocks, Metadata(head.entries + metadata.entries))
    }
}

/// The blocks of a plain text, line by line.
struct PlainTextBlocks {
    /// The blocks, in order.
    private(set) var blocks: [Page.Block] = []
    private let text: TracedText
    private let wrapping: LineWrapping
    private let rows: Set<Int>

    init(_ text: TracedText, _ lines: [TextLines.Line]) {
        self.text = text
        wrapping = LineWrapping(text.bytes, lines)
        rows = TextColumns.rows(text.bytes, lines)
        layOut(lines)
    }

    private mutating func layOut(_ lines: [TextLines.Line]) {
        let pages = PageBreaks(text.bytes, lines)
        var group: [TextLines.Line] = []
        // what stands between two pages comes behind the paragraph that it interrupts
        var between: [Page.Block] = []
        var joins: [Int: LineWrapping.Join] = [:]
        func flush(_ reader: inout PlainTextBlocks) {
            reader.add(group, joins)
            reader.blocks += between
            group = []
            between = []
            joins = [:]
        }
        var isParted = false
        for (k, line) in lines.enumerated() {
            if line.span.isEmpty {
                isParted = true
            } else if let reason = pages.reasons[k] {
                between.append(Page.Block(.paragraph, text.slice(line.span), reason: reason))
            } else if let title = pages.title, title.line == k {
                flush(&self)
                blocks.append(Page.Block(.paragraph, text.slice(title.text)))
                blocks.append(Page.Block(.paragraph, text.slice(title.number), reason: "page number"))
                isParted = true
            } else {
                let join = between.isEmpty ? nil : group.last.flatMap { wrapping.joinOverPage($0, line) }
                if let join {
                    joins[line.span.start] = join
                } else if isParted || !between.isEmpty {
                    flush(&self)
                }
                group.append(line)
                isParted = false
            }
        }
        flush(&self)
    }

    /// Adds the blocks of lines without a blank one between them. `joins` says how lines go on over the end of a page.
    private mutating func add(_ lines: [TextLines.Line], _ joins: [Int: LineWrapping.Join]) {
        var k = 0
        var previousKind: Blocks.Kind?
        while k < lines.count {
            let marker = ListMarker.width(text.bytes, lines[k].span)
            var piece = TracedText()
            piece.append(ByteSpan(lines[k].span.start + marker.dropped, lines[k].span.end), of: text)
            let isRow = rows.contains(lines[k].span.start)
            var next = k + 1
            while next < lines.count, !isRow, !rows.contains(lines[next].span.start),
                ListMarker.width(text.bytes, lines[next].span).isItem == false,
                let join = joins[lines[next].span.start] ?? wrapping.join(lines[next - 1], lines[next])
            {
                wrapping.append(lines[next], to: &piece, join, of: text)
                next += 1
            }
            let hasTab = text.bytes[lines[k].span.range].contains(0x09)
            let kind: Blocks.Kind = marker.isItem ? .list : hasTab || isRow ? .table : .paragraph
            let isTight = k > 0 && (kind == .list || kind == .table) && previousKind == kind
            if !piece.bytes.isEmpty { blocks.append(Page.Block(kind, piece, isTight: isTight)) }
            previousKind = kind
            k = next
        }
    }
}

/// The sign before an item of a list.
enum ListMarker {
    /// Whether a line begins with one, and how many of its bytes say nothing else.
    static func width(_ bytes: [UInt8], _ span: ByteSpan) -> (isItem: Bool, dropped: Int) {
        func isSpace(_ k: Int) -> Bool { k < span.end && (bytes[k] == 0x20 || bytes[k] == 0x09) }
        func after(_ k: Int) -> Int {
            var k = k
            while isSpace(k) { k += 1 }
            return k - span.start
        }
        guard !span.isEmpty else { return (false, 0) }
        let first = bytes[span.start]
        if first == UInt8(ascii: "*") || first == UInt8(ascii: "-") || first == UInt8(ascii: "+"),
            isSpace(span.start + 1)
        {
            return (true, after(span.start + 1))
        }
        // bullets • ▪ ● ◦ ‣ are marks of layout; dashes and numbers are kept as written
        if first == 0xE2, span.count > 3 {
            let scalar = UTF8Decoding.scalar(in: bytes, at: span.start).scalar
            if "•▪●◦‣".unicodeScalars.contains(scalar) { return (true, after(span.start + 3)) }
            if scalar == "–", isSpace(span.start + 3) { return (true, 0) }
        }
        var k = span.start
        while k < span.end, k < span.start + 3, bytes[k] >= 0x30, bytes[k] <= 0x39 { k += 1 }
        if k > span.start, k < span.end, bytes[k] == UInt8(ascii: ".") || bytes[k] == UInt8(ascii: ")"), isSpace(k + 1)
        {
            return (true, 0)
        }
        return (false, 0)
    }
}
