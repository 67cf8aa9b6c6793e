import Text

/// A set of words for look-ups by the bytes of a text.
///
/// A word list of the data folder: one word a line, `#` begins a comment.
struct WordSet: Sendable {
    private let bytes: [UInt8]
    /// Start and end of the word in each slot; an empty one is free. The number of slots is a power of two.
    private let slots: [ByteSpan]
    private let longest: Int
    /// Or'ed to the letters of ASCII before they are hashed or compared: 0x20 when their case does not count.
    private let fold: UInt8

    init(_ data: StaticString, caseCounts: Bool = false) {
        self.init(lines: data.withUTF8Buffer { Array($0) }, caseCounts: caseCounts)
    }

    init(lines: [UInt8], caseCounts: Bool = false) {
        let fold: UInt8 = caseCounts ? 0 : 0x20
        var words: [ByteSpan] = []
        var bytes: [UInt8] = []
        var longest = 0
        for line in lines.split(separator: 0x0A) {
            let word = Self.trimmed(line)
            guard let first = word.first, first != UInt8(ascii: "#") else { continue }
            words.append(ByteSpan(bytes.count, bytes.count + word.count))
            longest = max(longest, word.count)
            bytes.append(contentsOf: word.map { Self.folded($0, fold) })
        }
        var size = 16
        while size < words.count * 3 { size *= 2 }
        var slots = Array(repeating: ByteSpan(0, 0), count: size)
        for word in words {
            var slot = Int(truncatingIfNeeded: StableHash.of(bytes[word.range])) & (size - 1)
            while !slots[slot].isEmpty { slot = (slot + 1) & (size - 1) }
            slots[slot] = word
        }
        self.bytes = bytes
        self.slots = slots
        self.longest = longest
        self.fold = fold
    }

    /// Whether the bytes of `span` in `text` are one of the words.
    func contains(_ span: ByteSpan, in text: [UInt8]) -> Bool {
        guard span.count <= longest, !span.isEmpty else { return false }
        var hash = StableHash()
        for k in span.range { hash.combine(Self.folded(text[k], fold)) }
        var slot = Int(truncatingIfNeeded: hash.value) & (slots.count - 1)
        while !slots[slot].isEmpty {
            if slots[slot].count == span.count, equal(slots[slot], span, in: text) { return true }
            slot = (slot + 1) & (slots.count - 1)
        }
        return false
    }

    private func equal(_ word: ByteSpan, _ span: ByteSpan, in text: [UInt8]) -> Bool {
        for k in 0..<span.count where bytes[word.start + k] != Self.folded(text[span.start + k], fold) { return false }
        return true
    }

    private static func folded(_ byte: UInt8, _ fold: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | fold : byte
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let last = line.last, last <= 0x20 { line.removeLast() }
        while let first = line.first, first <= 0x20 { line.removeFirst() }
        return line
    }
}
