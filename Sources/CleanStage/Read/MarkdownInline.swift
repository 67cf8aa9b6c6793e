import Text

/// Marks inside a line of Markdown.
enum MarkdownInline {
    /// `text` with links reduced to their words, images left out, marks of emphasis and of code dropped.
    static func reduced(_ text: TracedText) -> TracedText {
        let bytes = text.bytes
        var edits = TextEdits()
        var k = 0
        /// Ends of the brackets whose address is dropped when they are reached.
        var closing: [Int: Int] = [:]
        while k < bytes.count {
            switch bytes[k] {
            case UInt8(ascii: "\\") where k + 1 < bytes.count && isPunctuation(bytes[k + 1]):
                edits.replace(ByteSpan(k, k + 1), by: [])
                k += 1
            case UInt8(ascii: "!") where k + 1 < bytes.count && bytes[k + 1] == UInt8(ascii: "["):
                if let link = link(bytes, at: k + 1) {
                    edits.replace(ByteSpan(k, link.end), by: [])
                    k = link.end - 1
                }
            case UInt8(ascii: "["):
                if let link = link(bytes, at: k) {
                    edits.replace(ByteSpan(k, k + 1), by: [])
                    closing[link.bracket] = link.end
                }
            case UInt8(ascii: "]"):
                if let end = closing[k] {
                    edits.replace(ByteSpan(k, end), by: [])
                    k = end - 1
                }
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"):
                var end = k
                while end < bytes.count, bytes[end] == bytes[k] { end += 1 }
                if isEmphasis(bytes, k, end) { edits.replace(ByteSpan(k, end), by: []) }
                k = end - 1
            case UInt8(ascii: "<"):
                if let end = tag(bytes, at: k) {
                    edits.replace(ByteSpan(k, end), by: [])
                    k = end - 1
                }
            default: break
            }
            k += 1
        }
        let reduced = edits.applied(to: text)
        return reduced.slice(TextLines.trimmed(reduced.bytes, ByteSpan(0, reduced.bytes.count)))
    }

    /// `[words](address)`: where its bracket closes and where it ends. Both within sight, so that a page of brackets
    /// is read in time.
    private static func link(_ bytes: [UInt8], at start: Int) -> (bracket: Int, end: Int)? {
        var depth = 0
        for k in start..<min(bytes.count, start + 1000) {
            if bytes[k] == UInt8(ascii: "[") { depth += 1 }
            if bytes[k] == UInt8(ascii: "]") { depth -= 1 }
            guard depth == 0 else { continue }
            guard k + 1 < bytes.count, bytes[k + 1] == UInt8(ascii: "(") else { return nil }
            let limit = min(bytes.count, k + 2000)
            guard let end = bytes[k..<limit].firstIndex(of: UInt8(ascii: ")")) else { return nil }
            return (k, end + 1)
        }
        return nil
    }

    private static func isEmphasis(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
        let before = start > 0 ? bytes[start - 1] : 0x20
        let after = end < bytes.count ? bytes[end] : 0x20
        if before == 0x20 && after == 0x20 { return false }
        // underscores inside a word belong to it
        return bytes[start] != UInt8(ascii: "_") || !(isWord(before) && isWord(after))
    }

    private static func tag(_ bytes: [UInt8], at start: Int) -> Int? {
        guard start + 2 < bytes.count else { return nil }
        let next = bytes[start + 1]
        guard next == UInt8(ascii: "/") || next == UInt8(ascii: "!") || isWord(next) else { return nil }
        guard let end = bytes[start..<min(bytes.count, start + 300)].firstIndex(of: UInt8(ascii: ">")) else {
            return nil
        }
        return end + 1
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }

    private static func isPunctuation(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F && !isWord(byte) }
}
