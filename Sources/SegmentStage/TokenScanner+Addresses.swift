import Text

extension TokenScanner {
    /// The end of the address that begins at `start` and has its first connector at `at`; nil when it is none.
    func addressEnd(_ start: Int, _ at: Int) -> Int? {
        if byte(at) == UInt8(ascii: ":") {
            guard byte(at + 1) == UInt8(ascii: "/"), byte(at + 2) == UInt8(ascii: "/") else { return nil }
            return linkEnd(at + 3)
        }
        if let end = mailEnd(start) { return end }
        guard byte(at) == UInt8(ascii: ".") else { return nil }
        if at - start == 3, (start..<at).allSatisfy({ text[$0] | 0x20 == UInt8(ascii: "w") }) { return linkEnd(at) }
        return hostEnd(start)
    }

    /// The end of a link: up to white space, a quotation mark or an angle bracket, without the punctuation behind it.
    func linkEnd(_ start: Int) -> Int {
        var end = start
        var depth = 0
        while end < passage.end {
            let (kind, width) = scalarClass(at: end)
            switch kind {
            case .space, .doubleQuote, .openQuote, .closeQuote: return trimmedLink(start, end)
            default: break
            }
            let byte = text[end]
            if byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") { break }
            if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") { depth += 1 }
            if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") {
                if depth == 0 { break }
                depth -= 1
            }
            end += width
        }
        return trimmedLink(start, end)
    }

    private func trimmedLink(_ start: Int, _ end: Int) -> Int {
        var end = end
        while end > start {
            switch text[end - 1] {
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
                UInt8(ascii: "?"), UInt8(ascii: "'"):
                // an ellipsis in a shortened link belongs to it
                if end - start > 3, text[end - 3..<end].allSatisfy({ $0 == UInt8(ascii: ".") }) { return end }
                end -= 1
            default: return end
            }
        }
        return end
    }

    private func mailEnd(_ start: Int) -> Int? {
        var at = start
        while at < passage.end, at - start <= Self.longestPart, Self.isMailByte(text[at]) { at += 1 }
        guard byte(at) == UInt8(ascii: "@"), at > start else { return nil }
        return handleEnd(at)
    }

    /// The end of the name behind the `@` at `at`; nil when none follows.
    func handleEnd(_ at: Int) -> Int? {
        var end = at + 1
        while end < passage.end, Self.isMailByte(text[end]) { end += 1 }
        while end > at + 1, text[end - 1] == UInt8(ascii: ".") || text[end - 1] == UInt8(ascii: "-") { end -= 1 }
        return end > at + 1 ? end : nil
    }

    /// A host or file name: its last part is a known one, or it has three parts of small letters.
    private func hostEnd(_ start: Int) -> Int? {
        var parts = 0
        var last = ByteSpan(start, start)
        var small = true
        var at = start
        while at - start <= Self.longestHost {
            var end = at
            while end < passage.end, end - at <= Self.longestPart, Self.isHostByte(text[end]) {
                if !(0x61...0x7A).contains(text[end]), text[end] != UInt8(ascii: "-") { small = false }
                end += 1
            }
            if end == at { break }
            if end - at < 2 { small = false }
            parts += 1
            last = ByteSpan(at, end)
            at = end + 1
            guard byte(end) == UInt8(ascii: ".") else { break }
        }
        guard parts >= 2, !scalarClass(at: last.end).kind.continuesWord else { return nil }
        let known = Lexicon.domains.contains(last, in: text)
        guard known || (parts >= 3 && small) else { return nil }
        if known, byte(last.end) == UInt8(ascii: "/") { return linkEnd(last.end) }
        return last.end
    }

    /// The bounds of RFC 5321 and RFC 1035; they also keep a long line of dots from being read again and again.
    private static let longestPart = 64
    private static let longestHost = 253

    private static func isHostByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isMailByte(_ byte: UInt8) -> Bool {
        isHostByte(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "%")
    }
}
