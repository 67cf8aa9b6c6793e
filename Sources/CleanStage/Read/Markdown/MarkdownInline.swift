import StageKit
import Text

/// What a reader sees of the marks within a block of Markdown: the second half of the algorithm in the specification of
/// CommonMark 0.31 (appendix A), with what is struck through and the notes of GitHub Flavored Markdown.
///
/// Marks of emphasis and code, addresses of links, tags and the marks of notes are left out, and so are images; blanks
/// stand for the ends of lines.
struct MarkdownInline {
    private let content: TracedText
    private let bytes: [UInt8]
    private let references: MarkdownReferences

    /// A stretch of the content and what becomes of it.
    private struct Piece {
        var span: ByteSpan
        /// What is shown in its place.
        var replacement: [UInt8]?
        var isDropped = false
    }
    private var pieces: [Piece] = []

    /// A run of stars, underscores or tildes that may open or close emphasis.
    private struct Delimiter {
        var piece: Int
        var sign: UInt8
        var original: Int
        var canOpen: Bool
        var canClose: Bool
        var isActive = true
        var count: Int
    }
    private var delimiters: [Delimiter] = []

    /// An opening bracket.
    private struct Bracket {
        var piece: Int
        var isImage: Bool
        var isActive = true
        /// How many delimiters stood before it.
        var delimiters: Int
        /// Behind the bracket.
        var start: Int
        /// Whether another bracket opens within it.
        var holdsBracket = false
    }
    private var brackets: [Bracket] = []
    private var k = 0
    /// Lengths of runs of backticks that no run closes behind the place where that was found out.
    private var unclosedTicks: [Int: Int] = [:]
    /// Elements that nothing closes behind the place where that was found out.
    private var unclosedElements: Set<String> = []
    /// Where what ends tags and titles stands for the last time.
    private lazy var lasts = MarkdownLasts(bytes)

    /// `content` as a reader sees it.
    static func read(_ content: TracedText, _ references: MarkdownReferences) -> TracedText {
        var reader = MarkdownInline(content, references)
        reader.readAll()
        return reader.result
    }

    private init(_ content: TracedText, _ references: MarkdownReferences) {
        self.content = content
        self.references = references
        bytes = content.bytes
    }

    private static let special: [Bool] = (0...255).map { "\n\\`*_~[]!<&".utf8.contains(UInt8($0)) }

    private mutating func readAll() {
        while k < bytes.count {
            let start = k
            while k < bytes.count, !Self.special[Int(bytes[k])] { k += 1 }
            add(ByteSpan(start, k))
            guard k < bytes.count else { break }
            switch bytes[k] {
            case 0x0A: lineEnd()
            case UInt8(ascii: "\\"): escape()
            case UInt8(ascii: "`"): code()
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): delimiterRun()
            case UInt8(ascii: "["): openBracket(isImage: false)
            case UInt8(ascii: "!"):
                if k + 1 < bytes.count, bytes[k + 1] == UInt8(ascii: "[") {
                    openBracket(isImage: true)
                } else {
                    plain(1)
                }
            case UInt8(ascii: "]"): closeBracket()
            case UInt8(ascii: "<"): angle()
            default: entity()
            }
        }
        emphasize(from: 0)
    }

    private var result: TracedText {
        var text = TracedText()
        text.reserve(bytes.count)
        for piece in pieces where !piece.isDropped {
            if let replacement = piece.replacement {
                text.append(replacement, from: content.source(of: piece.span), .whole)
            } else {
                text.append(piece.span, of: content)
            }
        }
        return text.slice(TextLines.trimmed(text.bytes, ByteSpan(0, text.bytes.count)))
    }

    private mutating func add(_ span: ByteSpan, _ replacement: [UInt8]? = nil, isDropped: Bool = false) {
        if !span.isEmpty { pieces.append(Piece(span: span, replacement: replacement, isDropped: isDropped)) }
    }

    private mutating func plain(_ count: Int) {
        add(ByteSpan(k, k + count))
        k += count
    }

    // MARK: - Signs that stand for themselves

    /// A line end with the blanks around it is a blank.
    private mutating func lineEnd() {
        var start = k
        if let last = pieces.last, last.span.end == k, last.replacement == nil, !last.isDropped {
            while start > last.span.start, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
            pieces[pieces.count - 1].span.end = start
        }
        k += 1
        while k < bytes.count, bytes[k] == 0x20 || bytes[k] == 0x09 { k += 1 }
        add(ByteSpan(start, k), [0x20])
    }

    private mutating func escape() {
        guard k + 1 < bytes.count else { return plain(1) }
        if bytes[k + 1] == 0x0A {
            add(ByteSpan(k, k + 1), isDropped: true)
            k += 1
            return lineEnd()
        }
        guard MarkdownReferences.isPunctuation(bytes[k + 1]) else { return plain(1) }
        add(ByteSpan(k, k + 1), isDropped: true)
        k += 1
        plain(1)
    }

    private mutating func entity() {
        guard
            let (read, end) = CharacterReferences.reference(in: bytes, at: k)
                ?? CharacterReferences.lost(in: bytes, at: k)
        else { return plain(1) }
        add(ByteSpan(k, end), read)
        k = end
    }

    private mutating func code() {
        let start = k
        while k < bytes.count, bytes[k] == UInt8(ascii: "`") { k += 1 }
        let count = k - start
        guard unclosedTicks[count] == nil, let close = closingTicks(count, from: k) else {
            unclosedTicks[count] = k
            return add(ByteSpan(start, k))
        }
        var inner = ByteSpan(k, close)
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x0A }
        if inner.count > 1, isSpace(bytes[inner.start]), isSpace(bytes[inner.end - 1]),
            !bytes[inner.range].allSatisfy(isSpace)
        {
            inner = ByteSpan(inner.start + 1, inner.end - 1)
        }
        add(ByteSpan(start, inner.start), isDropped: true)
        var from = inner.start
        for at in inner.range where bytes[at] == 0x0A {
            add(ByteSpan(from, at))
            add(ByteSpan(at, at + 1), [0x20])
            from = at + 1
        }
        add(ByteSpan(from, inner.end))
        k = close + count
        add(ByteSpan(inner.end, k), isDropped: true)
    }

    private func closingTicks(_ count: Int, from start: Int) -> Int? {
        var at = start
        while let tick = bytes[at...].firstIndex(of: UInt8(ascii: "`")) {
            at = tick
            while at < bytes.count, bytes[at] == UInt8(ascii: "`") { at += 1 }
            if at - tick == count { return tick }
        }
        return nil
    }

    /// An address in angle brackets is shown, a tag is not.
    private mutating func angle() {
        if let end = MarkdownAutolink.end(bytes, at: k) {
            add(ByteSpan(k, k + 1), isDropped: true)
            add(ByteSpan(k + 1, end - 1))
            add(ByteSpan(end - 1, end), isDropped: true)
            k = end
            return
        }
        guard var end = MarkdownHTML.tag(bytes, at: k, lasts) else { return plain(1) }
        let element = MarkdownHTML.openedElement(bytes, at: k)
        if element == "br" {
            // a line break is white space; what stands around it is part of it
            var start = k
            if let last = pieces.last, last.span.end == k, last.replacement == nil, !last.isDropped {
                while start > last.span.start, bytes[start - 1] == 0x20 { start -= 1 }
                pieces[pieces.count - 1].span.end = start
            }
            while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x0A { end += 1 }
            add(ByteSpan(start, end), [0x20])
            k = end
            return
        }
        // what a browser does not show goes with its tags
        if ["script", "style", "title", "template"].contains(element), !unclosedElements.contains(element) {
            if let close = MarkdownHTML.end(of: element, in: bytes, from: end) {
                end = close
            } else {
                unclosedElements.insert(element)
            }
        }
        add(ByteSpan(k, end), isDropped: true)
        k = end
    }

    // MARK: - Emphasis

    private mutating func delimiterRun() {
        let start = k
        let sign = bytes[k]
        while k < bytes.count, bytes[k] == sign { k += 1 }
        let count = k - start
        add(ByteSpan(start, k))
        if sign == UInt8(ascii: "~"), count > 2 { return }
        let before = start == 0 ? " " : UTF8Decoding.scalar(in: bytes, before: start)?.scalar ?? " "
        let after = k == bytes.count ? " " : UTF8Decoding.scalar(in: bytes, at: k).scalar
        let (spaceBefore, spaceAfter) = (Self.isSpace(before), Self.isSpace(after))
        let (markBefore, markAfter) = (Self.isMark(before), Self.isMark(after))
        let isLeft = !spaceAfter && (!markAfter || spaceBefore || markBefore)
        let isRight = !spaceBefore && (!markBefore || spaceAfter || markAfter)
        let isWordly = sign == UInt8(ascii: "_")
        let canOpen = isLeft && (!isWordly || !isRight || markBefore)
        let canClose = isRight && (!isWordly || !isLeft || markAfter)
        guard canOpen || canClose else { return }
        delimiters.append(
            Delimiter(
                piece: pieces.count - 1, sign: sign, original: count, canOpen: canOpen, canClose: canClose, count: count
            ))
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return MarkdownReferences.isPunctuation(UInt8(scalar.value)) }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            return true
        default: return false
        }
    }

    /// Leaves out the marks of emphasis among the delimiters from `bottom` on, and forgets them.
    private mutating func emphasize(from bottom: Int) {
        defer { delimiters.removeSubrange(bottom...) }
        // where to stop looking for an opener, by sign, length and whether the closer can open too
        var lowest: [Int: Int] = [:]
        /// The active delimiter before each, so that none is passed twice.
        var before = Array(bottom - 1..<max(bottom - 1, delimiters.count - 1))
        func previous(_ k: Int) -> Int { k - bottom < before.count && k >= bottom ? before[k - bottom] : bottom - 1 }
        var closer = bottom
        while closer < delimiters.count {
            guard delimiters[closer].isActive, delimiters[closer].canClose, delimiters[closer].count > 0 else {
                closer += 1
                continue
            }
            let close = delimiters[closer]
            let isTilde = close.sign == UInt8(ascii: "~")
            let key =
                Int(close.sign) << 4 | (isTilde ? close.original : close.original % 3) << 1 | (close.canOpen ? 1 : 0)
            var opener = previous(closer)
            let floor = lowest[key] ?? bottom - 1
            var found: Int?
            while opener > floor {
                let open = delimiters[opener]
                if open.isActive, open.sign == close.sign, open.canOpen, open.count > 0 {
                    let isOdd =
                        (open.canClose || close.canOpen) && (open.original + close.original) % 3 == 0
                        && !(open.original % 3 == 0 && close.original % 3 == 0)
                    if isTilde ? open.original == close.original : !isOdd {
                        found = opener
                        break
                    }
                }
                opener = previous(opener)
            }
            guard let found else {
                lowest[key] = previous(closer)
                if !close.canOpen { delimiters[closer].isActive = false }
                closer += 1
                continue
            }
            let count = isTilde ? close.count : min(2, delimiters[found].count >= 2 && close.count >= 2 ? 2 : 1)
            delimiters[found].count -= count
            delimiters[closer].count -= count
            pieces[delimiters[found].piece].span.end -= count
            pieces[delimiters[closer].piece].span.start += count
            // what stands between them can't reach out of it
            before[closer - bottom] = delimiters[found].count == 0 ? previous(found) : found
            if delimiters[closer].count == 0 { closer += 1 }
        }
    }

    // MARK: - Links

    private mutating func openBracket(isImage: Bool) {
        if !isImage, let end = noteMark() {
            add(ByteSpan(k, end), isDropped: true)
            k = end
            return
        }
        plain(isImage ? 2 : 1)
        if !brackets.isEmpty { brackets[brackets.count - 1].holdsBracket = true }
        brackets.append(
            Bracket(piece: pieces.count - 1, isImage: isImage, delimiters: delimiters.count, start: k))
    }

    /// The end of the mark of a note at `k`.
    private func noteMark() -> Int? {
        guard k + 2 < bytes.count, bytes[k + 1] == UInt8(ascii: "^"),
            let end = bytes[(k + 2)...].prefix(200).firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        return references.notes.contains(MarkdownReferences.label(bytes[(k + 2)..<end])) ? end + 1 : nil
    }

    private mutating func closeBracket() {
        guard let bracket = brackets.popLast() else { return plain(1) }
        guard bracket.isActive else { return plain(1) }
        guard let end = linkEnd(bracket) else { return plain(1) }
        pieces[bracket.piece].isDropped = true
        add(ByteSpan(k, end), isDropped: true)
        k = end
        emphasize(from: bracket.delimiters)
        if bracket.isImage {
            for piece in bracket.piece..<pieces.count { pieces[piece].isDropped = true }
        } else {
            // those before the last one that is inactive already are so too
            for j in brackets.indices.reversed() where !brackets[j].isImage {
                if !brackets[j].isActive { break }
                brackets[j].isActive = false
            }
        }
    }

    /// Behind the link whose words end at `k`; nil where it is none.
    private mutating func linkEnd(_ bracket: Bracket) -> Int? {
        if let end = inlineEnd() { return end }
        let next = k + 1
        if next < bytes.count, bytes[next] == UInt8(ascii: "["),
            let close = MarkdownReferences.labelEnd(bytes, at: next)
        {
            let label = MarkdownReferences.label(bytes[(next + 1)..<close])
            if !label.isEmpty { return references.links.contains(label) ? close + 1 : nil }
            return isKnown(bracket) ? close + 1 : nil
        }
        return isKnown(bracket) ? next : nil
    }

    /// Whether the words of a link are the label of a reference.
    private func isKnown(_ bracket: Bracket) -> Bool {
        guard !bracket.holdsBracket, k - bracket.start < 1000, !references.links.isEmpty else { return false }
        let label = MarkdownReferences.label(bytes[bracket.start..<k])
        return !label.isEmpty && references.links.contains(label)
    }

    /// Behind `(address "title")`, which follows the bracket at `k`.
    private mutating func inlineEnd() -> Int? {
        guard k + 1 < bytes.count, bytes[k + 1] == UInt8(ascii: "(") else { return nil }
        var at = MarkdownReferences.skipSpace(bytes, k + 2)
        if at < bytes.count, bytes[at] == UInt8(ascii: ")") { return at + 1 }
        guard let destination = MarkdownReferences.destination(bytes, at: at) else { return nil }
        at = MarkdownReferences.skipSpace(bytes, destination)
        if at > destination, let title = MarkdownReferences.title(bytes, at: at, lasts) {
            at = MarkdownReferences.skipSpace(bytes, title)
        }
        return at < bytes.count && bytes[at] == UInt8(ascii: ")") ? at + 1 : nil
    }
}
