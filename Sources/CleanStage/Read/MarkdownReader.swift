import StageKit
import Text

/// Reads Markdown: front matter, headings, lists, quotations, code; links and emphasis reduced to their words.
enum MarkdownReader {
    static func read(_ decoded: TracedText) -> Page {
        let text = CharacterRepair.repaired(decoded, references: true)
        let lines = TextLines(text.bytes).lines
        let front = FrontMatter.read(text.bytes, lines)
        var reader = MarkdownBlocks(text, Array(lines.dropFirst(front?.lines ?? 0)))
        var blocks = reader.read()
        let titled = blocks.contains { $0.kind == .title }
        let masthead = Masthead.read(&blocks, titled: titled || front?.entries.contains { $0.key == "title" } ?? false)
        FurnitureMarks.mark(&blocks)
        return Page(blocks, Metadata((front?.entries ?? []) + masthead.entries))
    }
}

/// The blocks of Markdown, line by line.
struct MarkdownBlocks {
    private let text: TracedText
    private let lines: [TextLines.Line]
    private var blocks: [Page.Block] = []
    /// The paragraph that is being gathered.
    private var open = TracedText()
    private var kind = Blocks.Kind.paragraph

    init(_ text: TracedText, _ lines: [TextLines.Line]) {
        self.text = text
        self.lines = lines
    }

    mutating func read() -> [Page.Block] {
        var k = 0
        while k < lines.count {
            let line = lines[k]
            let bytes = text.bytes[line.span.range]
            if bytes.starts(with: "```".utf8) || bytes.starts(with: "~~~".utf8) {
                close()
                let fence = bytes.prefix(3)
                var end = k + 1
                while end < lines.count, !text.bytes[lines[end].span.range].starts(with: fence) { end += 1 }
                if end > k + 1 {
                    let span = ByteSpan(lines[k + 1].span.start - lines[k + 1].indent, lines[end - 1].span.end)
                    if span.end > span.start { blocks.append(Page.Block(.code, text.slice(span))) }
                }
                k = min(end + 1, lines.count)
                continue
            }
            add(line, Array(bytes))
            k += 1
        }
        close()
        return blocks
    }

    private mutating func add(_ line: TextLines.Line, _ bytes: [UInt8]) {
        guard let first = bytes.first else { return close() }
        let start = line.span.start
        if first == UInt8(ascii: "#") {
            let level = bytes.prefix { $0 == UInt8(ascii: "#") }.count
            if level <= 6, bytes.count > level, bytes[level] == 0x20 {
                close()
                var end = line.span.end
                while end > start, text.bytes[end - 1] == UInt8(ascii: "#") || text.bytes[end - 1] == 0x20 { end -= 1 }
                let isTitle = level == 1 && !blocks.contains { $0.kind == .title }
                gather(ByteSpan(start + level + 1, max(end, start + level + 1)), isTitle ? .title : .heading)
                return close()
            }
        }
        let isUnderline = bytes.allSatisfy { $0 == first } && (first == UInt8(ascii: "=") || first == UInt8(ascii: "-"))
        if isUnderline, !open.bytes.isEmpty, kind == .paragraph, bytes.count > 1 {
            let isTitle = first == UInt8(ascii: "=") && !blocks.contains { $0.kind == .title }
            kind = isTitle ? .title : .heading
            return close()
        }
        let rule = bytes.filter { $0 != 0x20 }
        if rule.count >= 3, rule.allSatisfy({ $0 == rule[0] }), "-*_".utf8.contains(rule[0]) { return close() }
        if first == UInt8(ascii: ">") {
            if kind != .quote { close() }
            var skip = 0
            while skip < bytes.count, bytes[skip] == UInt8(ascii: ">") || bytes[skip] == 0x20 { skip += 1 }
            if skip == bytes.count { return close() }
            return gather(ByteSpan(start + skip, line.span.end), .quote)
        }
        let marker = ListMarker.width(text.bytes, line.span)
        if marker.isItem {
            let isTight = blocks.last?.kind == .list || kind == .list && !open.bytes.isEmpty
            close()
            gather(ByteSpan(start + marker.dropped, line.span.end), .list)
            tight = isTight
            return
        }
        if first == UInt8(ascii: "|") {
            let isTight = blocks.last?.kind == .table
            close()
            return row(line, isTight: isTight)
        }
        gather(line.span, open.bytes.isEmpty ? .paragraph : kind)
    }

    private var tight = false

    private mutating func row(_ line: TextLines.Line, isTight: Bool) {
        let bytes = text.bytes[line.span.range]
        guard bytes.contains(where: { !"|-: ".utf8.contains($0) }) else { return }
        var row = TracedText()
        var start = line.span.start
        for k in line.span.start...line.span.end where k == line.span.end || text.bytes[k] == UInt8(ascii: "|") {
            let cell = TextLines.trimmed(text.bytes, ByteSpan(start, k))
            if !cell.isEmpty {
                if !row.bytes.isEmpty { row.append([0x09], from: text.source(of: ByteSpan(start - 1, start)), .whole) }
                row.append(cell, of: text)
            }
            start = k + 1
        }
        blocks.append(Page.Block(.table, MarkdownInline.reduced(row), isTight: isTight))
    }

    private mutating func gather(_ span: ByteSpan, _ kind: Blocks.Kind) {
        guard !span.isEmpty else { return }
        if !open.bytes.isEmpty {
            let at = text.source(of: ByteSpan(span.start, span.start))
            open.append([0x20], from: at, .whole)
        }
        open.append(span, of: text)
        self.kind = kind
    }

    private mutating func close() {
        defer {
            open = TracedText()
            kind = .paragraph
            tight = false
        }
        guard !open.bytes.isEmpty else { return }
        let words = MarkdownInline.reduced(open)
        if !words.bytes.isEmpty { blocks.append(Page.Block(kind, words, isTight: tight)) }
    }
}
