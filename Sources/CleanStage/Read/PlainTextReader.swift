import StageKit
import Text

/// Reads plain text: lines to blocks, hard-wrapped lines to paragraphs.
enum PlainTextReader {
    static func read(_ decoded: TracedText) -> Page {
        let text = CharacterRepair.repaired(decoded, references: true)
        var blocks = blocks(of: text)
        let metadata = Masthead.read(&blocks)
        FurnitureMarks.mark(&blocks)
        HeadingLines.mark(&blocks)
        return Page(blocks, metadata)
    }

    private static func blocks(of text: TracedText) -> [Page.Block] {
        let lines = TextLines(text.bytes).lines
        let wrapping = LineWrapping(text.bytes, lines)
        var blocks: [Page.Block] = []
        var k = 0
        while k < lines.count {
            if lines[k].span.isEmpty {
                k += 1
                continue
            }
            var end = k + 1
            while end < lines.count, !lines[end].span.isEmpty { end += 1 }
            group(text, Array(lines[k..<end]), wrapping, &blocks)
            k = end
        }
        return blocks
    }

    /// Adds the blocks of lines without a blank one between them.
    private static func group(
        _ text: TracedText, _ lines: [TextLines.Line], _ wrapping: LineWrapping, _ blocks: inout [Page.Block]
    ) {
        var k = 0
        var previousKind: Blocks.Kind?
        while k < lines.count {
            let marker = ListMarker.width(text.bytes, lines[k].span)
            var piece = TracedText()
            piece.append(ByteSpan(lines[k].span.start + marker.dropped, lines[k].span.end), of: text)
            var next = k + 1
            while next < lines.count, ListMarker.width(text.bytes, lines[next].span).isItem == false,
                let join = wrapping.join(lines[next - 1], lines[next])
            {
                wrapping.append(lines[next], to: &piece, join, of: text)
                next += 1
            }
            let hasTab = text.bytes[lines[k].span.range].contains(0x09)
            let kind: Blocks.Kind = marker.isItem ? .list : hasTab ? .table : .paragraph
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
