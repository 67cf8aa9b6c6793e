import StageKit
import Text

/// Cuts blocks into passages: at blank lines, and at line ends that are no mere wrapping.
enum PassageCutter {
    static func passages(of blocks: [Blocks.Block], in text: [UInt8]) -> [Passage] {
        var passages: [Passage] = []
        passages.reserveCapacity(blocks.count)
        var from = 0
        for block in blocks {
            let start = max(block.span.start, from)
            let end = min(block.span.end, text.count)
            guard start < end else { continue }
            from = end
            cut(ByteSpan(start, end), kind: block.kind, in: text, into: &passages)
        }
        return passages
    }

    private static func cut(_ span: ByteSpan, kind: Blocks.Kind, in text: [UInt8], into passages: inout [Passage]) {
        var start = span.start
        var lineStart = span.start
        var at = span.start
        while at < span.end {
            guard text[at] == 0x0A || text[at] == 0x0D else {
                at += 1
                continue
            }
            var next = at + 1
            var ends = text[at] == 0x0A ? 1 : 0
            while next < span.end, isSpace(text[next]) {
                if text[next] == 0x0A { ends += 1 }
                next += 1
            }
            guard next < span.end else { break }
            let wraps =
                kind != .code && ends < 2 && continues(line: ByteSpan(lineStart, at), at: next, from: start, in: text)
                && !isTurn(line: ByteSpan(lineStart, at), at: next, until: span.end, in: text)
            if !wraps {
                add(ByteSpan(start, at), kind: kind, in: text, to: &passages)
                start = next
            }
            lineStart = next
            at = next
        }
        add(ByteSpan(start, span.end), kind: kind, in: text, to: &passages)
    }

    /// Whether the line that begins at `next` goes on with what `line` says.
    ///
    /// A line that was filled (45 bytes or more) and does not end a sentence was wrapped; so was a shorter one when
    /// the passage began like a sentence and the next line does not.
    private static func continues(line: ByteSpan, at next: Int, from start: Int, in text: [UInt8]) -> Bool {
        let first = text[next]
        if first == UInt8(ascii: "*") || first == UInt8(ascii: "-") || first == UInt8(ascii: "|") { return false }
        if text[next...].starts(with: [0xE2, 0x80, 0xA2]) { return false }
        let startsLower = (0x61...0x7A).contains(first)
        let line = trimmed(line, in: text)
        guard let last = line.isEmpty ? nil : text[line.end - 1] else { return false }
        if last == UInt8(ascii: ":") { return false }
        if line.count >= 45 { return true }
        return startsLower && (0x41...0x5A).contains(text[start])
    }

    /// Whether a line and the one that begins at `next` are turns of a conversation.
    private static func isTurn(line: ByteSpan, at next: Int, until end: Int, in text: [UInt8]) -> Bool {
        guard TurnLine.mark(text, ByteSpan(next, end)) != nil else { return false }
        return TurnLine.mark(text, trimmed(line, in: text)) != nil
    }

    private static func add(_ span: ByteSpan, kind: Blocks.Kind, in text: [UInt8], to passages: inout [Passage]) {
        let span = trimmed(span, in: text)
        if !span.isEmpty { passages.append(Passage(span: span, kind: kind)) }
    }

    /// The span without white space at its edges.
    static func trimmed(_ span: ByteSpan, in text: [UInt8]) -> ByteSpan {
        var span = span
        while span.start < span.end, isSpace(text[span.start]) { span.start += 1 }
        while span.end > span.start, isSpace(text[span.end - 1]) { span.end -= 1 }
        return span
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
