import StageKit
import Text

/// What the copies of a block have in common.
///
/// A block counts as the same one where its words, names and figures are the same. Only what asks something of its readers
/// is furniture also when a few of its words change: *12,300 of you gave last year* is the plea of the year before,
/// *12,300 people fled last week* is news. A line whose figures and names change has to stand between furniture.
struct BlockSignature: Hashable {
    /// How much was left out of it.
    enum Form: UInt8 {
        /// Words in small letters and numbers, without marks.
        case exact
        /// Of a plea: the same with numbers as one sign.
        case words
        /// Each stretch of capitalized words or numbers as one sign.
        case frame
        /// Of a line that leads to something else of the publisher: the words before a colon.
        case label
        /// Of a plea: two words in a row of a block that may have been reworded here and there.
        case pair
        /// No block: the row in which the publisher's documents are counted.
        case documents
    }

    /// Which form.
    var form: Form
    /// The hash.
    var hash: UInt64
    /// For a pair: which words the block has, a bit or two for each, so that blocks that share the pair can be compared.
    var sketch: UInt64?

    /// What several blocks may share.
    var shared: BlockSignature { BlockSignature(form: form, hash: hash) }

    /// Writes the canonical bytes of what several blocks may share.
    func write(to writer: inout ByteWriter) {
        writer.write(byte: form.rawValue)
        writer.append(Self.bytes(hash))
    }

    /// What a decision on the block stands under, behind those bytes.
    var sketchBytes: [UInt8] { sketch.map(Self.bytes) ?? [] }

    private static func bytes(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    /// The row in which the documents of a publisher are counted.
    static let documents = BlockSignature(form: .documents, hash: 0)

    /// The signatures of a block, the stricter first; none for one that can't be furniture.
    static func all(of block: Page.Block) -> [BlockSignature] {
        let bytes = block.text.bytes
        // rows of a table are nobody's letterhead
        guard bytes.count <= 1200, block.kind != .table, block.kind != .code, !bytes.isEmpty else { return [] }
        let words = words(of: bytes)
        guard !words.isEmpty, !isDatum(words, in: bytes) else { return [] }
        if Plea.isPlea(bytes) {
            var signatures = pairs(of: words, in: bytes)
            if signatures.isEmpty {
                signatures.append(BlockSignature(form: .words, hash: hash(of: words, in: bytes) { _ in true }))
            }
            return signatures + [false, true].compactMap { frame(of: words, in: bytes, startIsOpen: $0) }
        }
        // `No. 14` in a title is what tells the document from the next one
        let isTitle = block.kind == .title
        let exact = hash(of: words, in: bytes) { !isTitle && isSerial($0, words, in: bytes) }
        var signatures = [BlockSignature(form: .exact, hash: exact)]
        if let label = label(of: words, in: bytes) { signatures.append(label) }
        if !isTitle, !Plea.isSpeech(bytes) {
            signatures += [false, true].compactMap { frame(of: words, in: bytes, startIsOpen: $0) }
        }
        return signatures
    }

    private static func hash(of words: [Word], in bytes: [UInt8], isOpen: (Int) -> Bool) -> UInt64 {
        var hash = StableHash()
        for (k, word) in words.enumerated() {
            if word.isNumber, !isOpen(k) {
                hash.combine(bytes[word.span.range])
                hash.combine(UInt8(0x20))
            } else {
                combine(word, of: bytes, into: &hash)
            }
        }
        return hash.value
    }

    /// Whether the number at `k` only says which of a series the sheet or issue is: `no. 14`, `page 3`.
    private static func isSerial(_ k: Int, _ words: [Word], in bytes: [UInt8]) -> Bool {
        guard k > 0 else { return false }
        let before = bytes[words[k - 1].span.range].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        return serials.contains(before)
    }

    private static let serials: Set<[UInt8]> = Set(
        [
            "no", "nr", "num", "number", "nummer", "numéro", "número", "№", "n°", "issue", "vol", "volume", "page",
            "sheet",
            "edition",
        ].map { Array($0.utf8) })

    /// Whether a line gives a figure, or says that there is none: `Boats lost: 3`, `Missing: none`.
    private static func isDatum(_ words: [Word], in bytes: [UInt8]) -> Bool {
        guard words.count <= 6, let last = words.last else { return false }
        if last.isNumber { return words.filter(\.isNumber).reduce(0) { $0 + $1.span.count } <= 5 }
        guard bytes.contains(UInt8(ascii: ":")), words.count > 1 else { return false }
        return nothing.contains(bytes[last.span.range].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 })
    }

    private static let nothing: Set<[UInt8]> = Set(
        [
            "none", "nil", "no", "yes", "nobody", "nothing", "unknown", "keine", "keiner", "nein", "ja", "aucun",
            "aucune",
            "non", "oui", "ninguno", "ninguna", "yok", "var",
        ].map { Array($0.utf8) })

    /// Of the pairs of words in a row the one whose hash is the least: blocks that share most of their words are likely
    /// to agree on it (Broder 1997), and their sketches tell how much they have in common (Charikar 2002). A short block,
    /// of which a small edit leaves less, has the least under a second hash too.
    private static func pairs(of words: [Word], in bytes: [UInt8]) -> [BlockSignature] {
        guard (8...90).contains(words.count) else { return [] }
        var least = (UInt64.max, UInt64.max)
        var sketch = Sketch()
        var previous: UInt64 = 0
        for (k, word) in words.enumerated() {
            var own = StableHash()
            combine(word, of: bytes, into: &own)
            let hash = own.value
            sketch.add(hash)
            if k > 0, word.span.count + words[k - 1].span.count >= 8 {
                var pair = previous &* 0x9E37_79B9_7F4A_7C15 ^ hash
                pair = (pair ^ (pair >> 32)) &* 0xD6E8_FEB8_6659_FD93
                least = (min(least.0, pair), min(least.1, pair &* 0xBF58_476D_1CE4_E5B9))
            }
            previous = hash
        }
        guard least.0 < .max else { return [] }
        let value = sketch.value
        let hashes = words.count <= 40 ? [least.0, least.1] : [least.0]
        return hashes.map { BlockSignature(form: .pair, hash: $0, sketch: value) }
    }

    /// The words before the first colon of a line in which the publisher speaks of itself: `From our cellar today: Plums`.
    /// What stands behind the colon holds no figure: that would be a datum.
    private static func label(of words: [Word], in bytes: [UInt8]) -> BlockSignature? {
        guard bytes.count <= 200,
            let colon = bytes.indices.first(where: {
                bytes[$0] == UInt8(ascii: ":") && $0 + 1 < bytes.count && bytes[$0 + 1] == 0x20
            })
        else { return nil }
        let head = words.prefix { $0.span.end <= colon }
        guard (2...8).contains(head.count), head.count < words.count, Plea.speaks(bytes[..<colon]),
            !words[head.count...].contains(where: \.isNumber)
        else { return nil }
        var label = StableHash()
        var own = 0
        for (k, word) in head.enumerated() {
            if word.isNumber || (word.isCapitalized && k > 0) {
                label.combine(UInt8(1))
            } else {
                combine(word, of: bytes, into: &label)
                own += 1
            }
        }
        return own >= 2 ? BlockSignature(form: .label, hash: label.value) : nil
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
        words.reserveCapacity(bytes.count / 5)
        var k = 0
        while k < bytes.count {
            guard isWord(bytes, k) else {
                k += 1
                continue
            }
            let start = k
            var isNumber = true
            while k < bytes.count, isWord(bytes, k) {
                if bytes[k] >= 0x41 { isNumber = false }
                k += 1
            }
            let first = bytes[start]
            let isCapitalized = (first >= 0x41 && first <= 0x5A) || first >= 0xC3
            words.append(Word(span: ByteSpan(start, k), isNumber: isNumber, isCapitalized: isCapitalized))
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
