import StageKit
package import Text

/// Where the words of a document stand, sentence by sentence, in the bytes that results keep: about one byte a word.
///
/// A word is one byte: the bytes since the last word (or the beginning of the text) in the upper four bits, its length in
/// the lower four. Where either is 15 or more the half byte is 15, and the rest follows as a number of variable length:
/// first that of the gap, then that of the length. A zero byte, which no word has, ends a sentence. The byte 0x10, which
/// no word has either, says that the next word is a number.
package struct WordSpans {
    /// The first byte of each word, and the byte behind its last.
    package private(set) var starts: [Int] = []
    package private(set) var ends: [Int] = []
    /// Whether each is a number, which is found like a word and not counted as one.
    package private(set) var isNumber: [Bool] = []
    /// The words of each sentence, as indices; empty for a sentence without words.
    package private(set) var sentences: [Range<Int>] = []

    /// No words yet.
    package init() {}

    /// The bytes for the words and numbers among `tokens` that stand in a sentence.
    static func encode(_ tokens: Tokens, in sentences: Sentences) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(tokens.spans.count + sentences.spans.count)
        var next = 0
        var last = 0
        for sentence in sentences.spans {
            while next < tokens.spans.count, tokens.spans[next].start < sentence.start { next += 1 }
            while next < tokens.spans.count, tokens.spans[next].end <= sentence.end {
                let span = tokens.spans[next]
                let kind = tokens.kinds[next]
                if kind == .word || kind == .number, span.start >= last, !span.isEmpty {
                    if kind == .number { bytes.append(Self.number) }
                    let (gap, length) = (span.start - last, span.count)
                    bytes.append(UInt8(min(gap, 15) << 4 | min(length, 15)))
                    if gap >= 15 { write(gap - 15, to: &bytes) }
                    if length >= 15 { write(length - 15, to: &bytes) }
                    last = span.end
                }
                next += 1
            }
            bytes.append(0)
        }
        return bytes
    }

    private static let number: UInt8 = 0x10

    private static func write(_ number: Int, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Takes the place of what was read before with the words that `bytes` tell, of a text of `length` bytes. False for
    /// bytes that can't be of this text.
    package mutating func read(_ bytes: UnsafeRawBufferPointer, length: Int) -> Bool {
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        isNumber.removeAll(keepingCapacity: true)
        sentences.removeAll(keepingCapacity: true)
        var at = 0
        var last = 0
        var first = 0
        var nextIsNumber = false
        func more() -> Int? {
            var number = 0
            for shift in stride(from: 0, to: 35, by: 7) {
                guard at < bytes.count else { return nil }
                let byte = bytes[at]
                at += 1
                number |= Int(byte & 0x7F) << shift
                if byte < 0x80 { return number }
            }
            return nil
        }
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == 0 {
                sentences.append(first..<starts.count)
                first = starts.count
                continue
            }
            if byte == Self.number {
                nextIsNumber = true
                continue
            }
            var gap = Int(byte >> 4)
            var count = Int(byte & 15)
            if gap == 15 {
                guard let rest = more() else { return false }
                gap += rest
            }
            if count == 15 {
                guard let rest = more() else { return false }
                count += rest
            }
            guard count > 0, last + gap + count <= length else { return false }
            starts.append(last + gap)
            last += gap + count
            ends.append(last)
            isNumber.append(nextIsNumber)
            nextIsNumber = false
        }
        return first == starts.count
    }

    /// Where word `k` stands.
    package func span(_ k: Int) -> ByteSpan { ByteSpan(starts[k], ends[k]) }
}
