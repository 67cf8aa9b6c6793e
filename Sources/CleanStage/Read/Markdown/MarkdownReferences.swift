import Text

/// What the reference links and notes of a text lead to, by their labels.
struct MarkdownReferences {
    /// Labels of link reference definitions.
    private(set) var links: Set<String> = []
    /// Names of notes.
    var notes: Set<String> = []

    /// A label without regard to capitals and to how much white space stands in it.
    static func label(_ bytes: ArraySlice<UInt8>) -> String {
        let words = bytes.split { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
        let text = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        return text.utf8.allSatisfy { $0 < 0x80 } ? text.lowercased() : text.lowercased().uppercased().lowercased()
    }

    /// Takes the definitions at the beginning of a paragraph, and gives how many of its bytes they are.
    mutating func take(from paragraph: TracedText) -> Int {
        let bytes = paragraph.bytes
        guard bytes.first == UInt8(ascii: "[") else { return 0 }
        let lasts = MarkdownLasts(bytes)
        var used = 0
        while used < bytes.count, bytes[used] == UInt8(ascii: "["),
            let (label, end) = definition(bytes, at: used, lasts)
        {
            links.insert(label)
            used = end
        }
        return used
    }

    private func definition(
        _ bytes: [UInt8], at start: Int, _ lasts: MarkdownLasts
    ) -> (label: String, end: Int)? {
        guard let close = Self.labelEnd(bytes, at: start), close + 1 < bytes.count,
            bytes[close + 1] == UInt8(ascii: ":")
        else { return nil }
        let label = Self.label(bytes[(start + 1)..<close])
        guard !label.isEmpty else { return nil }
        var k = Self.skipSpace(bytes, close + 2)
        guard let destination = Self.destination(bytes, at: k) else { return nil }
        k = destination
        let lineEnd = Self.endOfLine(bytes, k)
        let titleStart = Self.skipSpace(bytes, k)
        if titleStart > k, let title = Self.title(bytes, at: titleStart, lasts), let end = Self.endOfLine(bytes, title)
        {
            return (label, end)
        }
        return lineEnd.map { (label, $0) }
    }

    /// Behind the line end at `start`, if nothing but blanks stands before it.
    private static func endOfLine(_ bytes: [UInt8], _ start: Int) -> Int? {
        var k = start
        while k < bytes.count, bytes[k] == 0x20 || bytes[k] == 0x09 { k += 1 }
        return k == bytes.count ? k : bytes[k] == 0x0A ? k + 1 : nil
    }

    /// Where the label that begins with the bracket at `start` is closed.
    static func labelEnd(_ bytes: [UInt8], at start: Int) -> Int? {
        var k = start + 1
        let limit = min(bytes.count, start + 1001)
        while k < limit {
            switch bytes[k] {
            case UInt8(ascii: "\\"): k += 1
            case UInt8(ascii: "["): return nil
            case UInt8(ascii: "]"): return k
            default: break
            }
            k += 1
        }
        return nil
    }

    /// Behind white space with one line end at most.
    static func skipSpace(_ bytes: [UInt8], _ start: Int) -> Int {
        var k = start
        var lines = 0
        while k < bytes.count, bytes[k] == 0x20 || bytes[k] == 0x09 || bytes[k] == 0x0A {
            if bytes[k] == 0x0A { lines += 1 }
            if lines > 1 { break }
            k += 1
        }
        return k
    }

    /// Behind the address at `start`.
    static func destination(_ bytes: [UInt8], at start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        var k = start
        if bytes[k] == UInt8(ascii: "<") {
            k += 1
            while k < bytes.count {
                switch bytes[k] {
                case UInt8(ascii: ">"): return k + 1
                case UInt8(ascii: "<"), 0x0A: return nil
                case UInt8(ascii: "\\"): k += 1
                default: break
                }
                k += 1
            }
            return nil
        }
        var depth = 0
        while k < bytes.count, bytes[k] > 0x20, bytes[k] != 0x7F {
            switch bytes[k] {
            case UInt8(ascii: "\\") where k + 1 < bytes.count && isPunctuation(bytes[k + 1]): k += 1
            case UInt8(ascii: "("):
                depth += 1
                if depth > 32 { return nil }
            case UInt8(ascii: ")"):
                if depth == 0 { return k > start ? k : nil }
                depth -= 1
            default: break
            }
            k += 1
        }
        return k > start && depth == 0 ? min(k, bytes.count) : nil
    }

    /// Behind the title at `start`.
    static func title(_ bytes: [UInt8], at start: Int, _ lasts: MarkdownLasts) -> Int? {
        guard start < bytes.count else { return nil }
        let close: UInt8
        switch bytes[start] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): close = bytes[start]
        case UInt8(ascii: "("): close = UInt8(ascii: ")")
        default: return nil
        }
        guard lasts.has(close, from: start + 1) else { return nil }
        var k = start + 1
        while k < bytes.count {
            if bytes[k] == close { return k + 1 }
            if bytes[k] == UInt8(ascii: "\\") {
                k += 1
            } else if bytes[k] == UInt8(ascii: "("), close == UInt8(ascii: ")") {
                return nil
            }
            k += 1
        }
        return nil
    }

    static func isPunctuation(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && !(byte >= 0x30 && byte <= 0x39) && !(byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }
}
