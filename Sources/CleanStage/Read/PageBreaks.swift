import Text

/// What stands between the pages of a scanned or typeset book: running heads and page numbers in the middle of its text.
struct PageBreaks {
    /// Lines that are no text, with the reason.
    private(set) var reasons: [Int: String] = [:]
    /// What is left of a first line that is the book's title with a number beside it.
    private(set) var title: (line: Int, text: ByteSpan, number: ByteSpan)?
    private let bytes: [UInt8]
    private let lines: [TextLines.Line]

    /// Looks for them among the lines of a plain text.
    init(_ bytes: [UInt8], _ lines: [TextLines.Line]) {
        self.bytes = bytes
        self.lines = lines
        let candidates = lines.indices.compactMap { candidate($0) }
        guard candidates.count > 1 else { return }
        let breaks = Breaks(bytes, lines, candidates.map(\.line))
        var groups: [[UInt8]: [Candidate]] = [:]
        for candidate in candidates { groups[candidate.key, default: []].append(candidate) }
        // the numbers first: a head that stands beside them is surer
        for (key, group) in groups.sorted(by: { $0.key.count < $1.key.count }) where group.count > 1 {
            let isSeries =
                Self.isSeries(group, isNumber: key.isEmpty)
                || !key.isEmpty && group.allSatisfy { $0.value != nil || isBesidePageNumber($0.line) }
                    && Self.isSeries(group.filter { $0.value != nil }, isNumber: false, orNone: true)
            guard isSeries, breaks.interrupt(group.map(\.line)) else { continue }
            for candidate in group { reasons[candidate.line] = key.isEmpty ? "page number" : "running head" }
        }
        if let first = lines.indices.first(where: { !lines[$0].span.isEmpty }), reasons[first] == "running head",
            let head = candidates.first(where: { $0.line == first }), let number = head.number
        {
            reasons[first] = nil
            title = (first, head.text, number)
        }
    }

    /// A line that stands alone and may be a running head or a page number.
    private struct Candidate {
        var line: Int
        /// Its words in small letters, without the number; empty for a number alone.
        var key: [UInt8]
        var text: ByteSpan
        var number: ByteSpan?
        var value: Int?
    }

    /// The lines that stand alone: no other line directly above and below, but the end of a page.
    private func candidate(_ k: Int) -> Candidate? {
        let span = lines[k].span
        guard (1...90).contains(span.count), isAlone(k) else { return nil }
        var number: (span: ByteSpan, value: Int)?
        var text = span
        let words = words(span)
        // - 17 -
        if let value = Self.number(bytes[span.range].filter { $0 != 0x20 }[...]) {
            return Candidate(line: k, key: [], text: span, number: span, value: value)
        }
        if let first = words.first, let value = Self.number(bytes[first.range]) {
            number = (first, value)
            text = ByteSpan(words.count > 1 ? words[1].start : span.end, span.end)
        } else if words.count > 1, let last = words.last, let value = Self.number(bytes[last.range]) {
            number = (last, value)
            text = ByteSpan(span.start, words[words.count - 2].end)
        }
        let key = bytes[text.range].filter { $0 >= 0x80 || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) }
            .map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        if key.isEmpty || Self.pages.contains(key) {
            guard let number else { return nil }
            return Candidate(line: k, key: [], text: text, number: number.span, value: number.value)
        }
        // `Chapter 3` and `Letter IV` are headings
        guard words.count > 2 || (number == nil && words.count > 1), key.count >= 6 else { return nil }
        if SentenceShape.endsSentence(Array(bytes[text.range])) { return nil }
        return Candidate(line: k, key: key, text: text, number: number?.span, value: number?.value)
    }

    /// Whether the next line with text above or below is a page number.
    private func isBesidePageNumber(_ k: Int) -> Bool {
        let above = lines.indices[..<k].last { !lines[$0].span.isEmpty }
        let below = lines.indices[(k + 1)...].first { !lines[$0].span.isEmpty }
        return [above, below].contains { $0.map { reasons[$0] == "page number" } ?? false }
    }

    private func isAlone(_ k: Int) -> Bool {
        (k == 0 || lines[k - 1].span.isEmpty || beginsPage(k))
            && (k + 1 == lines.count || lines[k + 1].span.isEmpty || beginsPage(k + 1) || beginsPage(k))
    }

    /// Whether a form feed stands before a line.
    private func beginsPage(_ k: Int) -> Bool {
        guard k > 0 else { return true }
        let start = lines[k].span.start - lines[k].indent
        return bytes[min(lines[k - 1].span.end, start)..<lines[k].span.start].contains(0x0C)
    }

    private func words(_ span: ByteSpan) -> [ByteSpan] {
        bytes[span.range].split { $0 == 0x20 || $0 == 0x09 }.map { ByteSpan($0.startIndex, $0.endIndex) }
    }

    /// Words beside a page's number and nothing else.
    private static let pages: Set<[UInt8]> = Set(
        ["page", "p", "pg", "seite", "page of", "pageof", "seitevon", "sayfa", "página"].map { Array($0.utf8) })

    /// `17`, `[17]`, `- 17 -` or `xvii`.
    private static func number(_ word: ArraySlice<UInt8>) -> Int? {
        var word = word
        while let first = word.first, "[(-".utf8.contains(first) { word.removeFirst() }
        while let last = word.last, "])-.".utf8.contains(last) { word.removeLast() }
        guard !word.isEmpty, word.count <= 8 else { return nil }
        if word.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            return word.count <= 4 ? word.reduce(0) { $0 * 10 + Int($1 - 0x30) } : nil
        }
        let digits: [UInt8: Int] = [0x69: 1, 0x76: 5, 0x78: 10, 0x6C: 50, 0x63: 100]
        var value = 0
        var last = 0
        for byte in word.reversed() {
            guard let digit = digits[byte] else { return nil }
            value += digit < last ? -digit : digit
            last = max(last, digit)
        }
        return value
    }

    /// Whether the numbers go on: each greater than the last, and pages alone by one or two.
    private static func isSeries(_ group: [Candidate], isNumber: Bool, orNone: Bool = false) -> Bool {
        let values = group.compactMap(\.value)
        if values.isEmpty { return orNone || !isNumber && group.count > 2 }
        guard values.count == group.count else { return false }
        return zip(values, values.dropFirst()).allSatisfy { $0 < $1 && (!isNumber || $1 - $0 <= 4) }
    }
}

/// Where the text is cut in the middle of a sentence or a word.
private struct Breaks {
    private let bytes: [UInt8]
    private let lines: [TextLines.Line]
    private let candidates: Set<Int>

    init(_ bytes: [UInt8], _ lines: [TextLines.Line], _ candidates: [Int]) {
        self.bytes = bytes
        self.lines = lines
        self.candidates = Set(candidates)
    }

    /// Whether a good part of `places` interrupts the text.
    func interrupt(_ places: [Int]) -> Bool {
        let inside = places.filter { before($0) != nil && after($0) != nil }
        let cuts = inside.filter { k in
            guard let before = before(k), let after = after(k) else { return false }
            return PageBreaks.isCut(bytes, lines[before].span, lines[after].span)
        }
        return !cuts.isEmpty && cuts.count * 4 >= inside.count
    }

    private func before(_ k: Int) -> Int? {
        var at = k - 1
        while at >= 0, k - at < 12, lines[at].span.isEmpty || candidates.contains(at) { at -= 1 }
        return at >= 0 && k - at < 12 ? at : nil
    }

    private func after(_ k: Int) -> Int? {
        var at = k + 1
        while at < lines.count, at - k < 12, lines[at].span.isEmpty || candidates.contains(at) { at += 1 }
        return at < lines.count && at - k < 12 ? at : nil
    }
}

extension PageBreaks {
    /// Whether the text goes on from `line` to `next` in the middle of a sentence or a word.
    static func isCut(_ bytes: [UInt8], _ line: ByteSpan, _ next: ByteSpan) -> Bool {
        guard let last = UTF8Decoding.scalar(in: bytes, before: line.end)?.scalar, line.count >= 20 else {
            return false
        }
        let first = UTF8Decoding.scalar(in: bytes, at: next.start).scalar
        return first.properties.isLowercase
            && (last.properties.isAlphabetic || last == "-" || last == "," || last == ";" || last == "\u{AD}"
                || last.properties.numericType != nil)
    }
}
