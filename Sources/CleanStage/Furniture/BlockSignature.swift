import StageKit
import Text

/// What stays the same when a publisher repeats a block with small edits.
struct BlockSignature: Hashable, Comparable {
    /// How much was left out of it.
    enum Form: UInt8 {
        /// Letters in small letters, numbers as one sign, nothing else.
        case words
        /// The same with each stretch of capitalized words or numbers as one sign.
        case frame
    }

    /// Which form.
    var form: Form
    /// The hash.
    var hash: UInt64

    static func < (a: BlockSignature, b: BlockSignature) -> Bool {
        (a.form.rawValue, a.hash) < (b.form.rawValue, b.hash)
    }

    /// The canonical bytes.
    var bytes: [UInt8] { [form.rawValue] + (0..<8).map { UInt8(truncatingIfNeeded: hash >> (8 * UInt64($0))) } }

    /// The signatures of a block, the stricter first.
    static func all(of block: Page.Block) -> [BlockSignature] {
        let bytes = block.text.bytes
        // a line that leads to something belongs to what it leads to
        guard bytes.count <= 1200, let last = bytes.last, last != UInt8(ascii: ":") else { return [] }
        let words = words(of: bytes)
        guard !words.isEmpty else { return [] }
        var strict = StableHash()
        for word in words { combine(word, of: bytes, into: &strict) }
        var signatures = [BlockSignature(form: .words, hash: strict.value)]
        signatures += [false, true].compactMap { frame(of: words, in: bytes, startIsOpen: $0) }
        return signatures
    }

    /// The signature of what stays when names and numbers change; the first word is a name in one of two readings.
    private static func frame(of words: [Word], in bytes: [UInt8], startIsOpen: Bool) -> BlockSignature? {
        guard let first = words.first, words.count <= 24, bytes.count <= 200 else { return nil }
        if startIsOpen && !first.isCapitalized { return nil }
        var frame = StableHash()
        frame.combine(UInt8(startIsOpen ? 2 : 3))
        var own = 0
        var inGap = false
        for (k, word) in words.enumerated() {
            let isOpen = word.isNumber || (word.isCapitalized && (k > 0 || startIsOpen))
            if isOpen {
                if !inGap { frame.combine(UInt8(1)) }
            } else {
                combine(word, of: bytes, into: &frame)
                own += 1
            }
            inGap = isOpen
        }
        // one word of its own is enough only beside a number
        guard own < words.count, own >= 2 || (own == 1 && words.contains(where: \.isNumber)) else { return nil }
        return BlockSignature(form: .frame, hash: frame.value)
    }

    private struct Word {
        var span: ByteSpan
        var isNumber: Bool
        var isCapitalized: Bool
    }

    private static func words(of bytes: [UInt8]) -> [Word] {
        var words: [Word] = []
        var start = -1
        var isNumber = true
        for k in 0...bytes.count {
            if k < bytes.count, isWord(bytes, k) {
                if start < 0 {
                    start = k
                    isNumber = true
                }
                if bytes[k] >= 0x41 { isNumber = false }
            } else if start >= 0 {
                let first = bytes[start]
                let isCapitalized = (first >= 0x41 && first <= 0x5A) || first >= 0xC3
                words.append(Word(span: ByteSpan(start, k), isNumber: isNumber, isCapitalized: isCapitalized))
                start = -1
            }
        }
        return words
    }

    /// Takes in a word in small letters, every number as one sign, with the gap behind it.
    private static func combine(_ word: Word, of bytes: [UInt8], into hash: inout StableHash) {
        if word.isNumber {
            hash.combine(UInt8(ascii: "0"))
        } else {
            for k in word.span.range {
                let byte = bytes[k]
                hash.combine(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
            }
        }
        hash.combine(UInt8(0x20))
    }

    private static func isWord(_ bytes: [UInt8], _ k: Int) -> Bool {
        let byte = bytes[k]
        if (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) { return true }
        if byte >= 0x80 { return !isInMark(bytes, k) }
        return (byte == 0x2C || byte == 0x2E || byte == 0x3A) && isDigit(bytes, k - 1) && isDigit(bytes, k + 1)
    }

    private static func isDigit(_ bytes: [UInt8], _ k: Int) -> Bool {
        k >= 0 && k < bytes.count && bytes[k] >= 0x30 && bytes[k] <= 0x39
    }

    private static func isInMark(_ bytes: [UInt8], _ k: Int) -> Bool {
        for back in 0..<3 where k - back >= 0 && bytes[k - back] == 0xE2 {
            return !(0..<back).contains { !UTF8Decoding.isContinuation(bytes[k - $0]) }
        }
        return bytes[k] == 0xC2 || (k > 0 && bytes[k - 1] == 0xC2)
    }
}
