import StageKit
import Text

/// Which line ends of a text break its paragraphs, and which only break its lines.
struct LineWrapping {
    /// What stands between two joined lines.
    enum Join {
        case space
        /// A hyphen that the line end put there is taken out.
        case hyphen
        /// A hyphen that belongs to the word stays.
        case hyphenKept
    }

    private let bytes: [UInt8]
    /// The length at which lines were broken; nil for a text whose lines are paragraphs.
    private let width: Int?
    /// Words of the text, hashed, to tell which hyphens belong to words; only for a wrapped text.
    private var words: Set<UInt64> = []
    /// Where lines begin that are turns of a conversation, which go on with no other.
    private let turns: Set<Int>

    init(_ bytes: [UInt8], _ lines: [TextLines.Line]) {
        self.bytes = bytes
        turns = TurnLine.starts(bytes, lines.map(\.span))
        let lengths = zip(lines, lines.dropFirst()).compactMap { line, next in
            line.span.isEmpty || next.span.isEmpty ? nil : Optional(Self.length(bytes, line.span))
        }.sorted()
        guard let longest = lengths.last, lengths.count > 2 else {
            width = nil
            return
        }
        let typical = lengths[lengths.count * 19 / 20]
        let full = lengths.filter { $0 + 16 >= typical }.count
        // the lines of a wrapped text are nearly as long as its longest, and none is a paragraph long
        width = typical >= 40 && longest <= 160 && full * 5 >= lengths.count * 3 ? typical : nil
        if width != nil { words = Self.words(bytes) }
    }

    /// How `next` continues `line`; nil where it begins a paragraph of its own.
    func join(_ line: TextLines.Line, _ next: TextLines.Line) -> Join? {
        guard let last = bytes[line.span.range].last, !turns.contains(next.span.start) else { return nil }
        guard let width else {
            // turns are of any length, so their lines tell no width
            guard !turns.isEmpty, PageBreaks.isCut(bytes, line.span, next.span) else { return nil }
            return hyphen(line, next) ?? .space
        }
        let hyphen = hyphen(line, next)
        let first = bytes[next.span.range].firstIndex(of: 0x20) ?? next.span.end
        let needed = Self.length(bytes, line.span) + 1 + Self.length(bytes, ByteSpan(next.span.start, first))
        let isSmall = UTF8Decoding.scalar(in: bytes, at: next.span.start).scalar.properties.isLowercase
        let ends = last == UInt8(ascii: ".") || last == UInt8(ascii: "!") || last == UInt8(ascii: "?")
        // a line that had room for the next word was ended on purpose
        guard hyphen != nil || needed + 8 > width || (isSmall && !ends && needed * 2 > width) else { return nil }
        guard let hyphen else { return .space }
        return hyphen
    }

    /// How `next` continues `line` over the end of a page; nil where it begins a paragraph of its own.
    func joinOverPage(_ line: TextLines.Line, _ next: TextLines.Line) -> Join? {
        if let hyphen = hyphen(line, next) { return hyphen }
        if PageBreaks.isCut(bytes, line.span, next.span) { return .space }
        // a full line that ends no sentence
        guard let width, let last = UTF8Decoding.scalar(in: bytes, before: line.span.end)?.scalar else { return nil }
        return last.properties.isAlphabetic && Self.length(bytes, line.span) + 12 > width && next.indent <= line.indent
            ? .space : nil
    }

    /// Adds `line` to `piece` as `join` says.
    func append(_ line: TextLines.Line, to piece: inout TracedText, _ join: Join, of text: TracedText) {
        switch join {
        case .space:
            let end = text.bytes[..<line.span.start].lastIndex { $0 > 0x20 } ?? 0
            let gap = ByteSpan(min(line.span.start, UTF8Decoding.scalarEnd(text.bytes, end)), line.span.start)
            piece.append([0x20], from: text.source(of: gap), .whole)
        case .hyphen: piece.removeLast()
        case .hyphenKept: break
        }
        piece.append(line.span, of: text)
    }

    private func hyphen(_ line: TextLines.Line, _ next: TextLines.Line) -> Join? {
        guard line.span.count > 2, bytes[line.span.end - 1] == UInt8(ascii: "-"),
            UTF8Decoding.scalar(in: bytes, before: line.span.end - 1)?.scalar.properties.isAlphabetic == true
        else { return nil }
        let first = UTF8Decoding.scalar(in: bytes, at: next.span.start).scalar
        guard first.properties.isAlphabetic else { return nil }
        guard first.properties.isLowercase else { return .hyphenKept }
        var start = line.span.end - 1
        while start > line.span.start, Self.isWordByte(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: "-") {
            start -= 1
        }
        var end = next.span.start
        while end < next.span.end, Self.isWordByte(bytes[end]) { end += 1 }
        let head = Array(bytes[start..<line.span.end - 1])
        let tail = Array(bytes[next.span.start..<end])
        if words.contains(StableHash.of(Self.folded(head + tail))) { return .hyphen }
        let isCompound =
            words.contains(StableHash.of(Self.folded(head + [UInt8(ascii: "-")] + tail)))
            || head.contains(UInt8(ascii: "-"))
        return isCompound ? .hyphenKept : .hyphen
    }

    private static func length(_ bytes: [UInt8], _ span: ByteSpan) -> Int {
        var count = 0
        for k in span.range where !UTF8Decoding.isContinuation(bytes[k]) { count += 1 }
        return count
    }

    private static func words(_ bytes: [UInt8]) -> Set<UInt64> {
        var words: Set<UInt64> = []
        var start = 0
        var k = 0
        while k <= bytes.count {
            if k < bytes.count, isWordByte(bytes[k]) || bytes[k] == UInt8(ascii: "-") {
                k += 1
                continue
            }
            if k > start { words.insert(StableHash.of(folded(Array(bytes[start..<k])))) }
            k += 1
            start = k
        }
        return words
    }

    private static func folded(_ bytes: [UInt8]) -> [UInt8] { bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 } }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }
}

extension UTF8Decoding {
    /// Where the scalar ends that holds the byte at `offset`.
    static func scalarEnd(_ bytes: [UInt8], _ offset: Int) -> Int {
        var end = min(offset + 1, bytes.count)
        while end < bytes.count, isContinuation(bytes[end]) { end += 1 }
        return end
    }
}
