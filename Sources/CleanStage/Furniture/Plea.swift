import Text

/// What asks something of its readers, in its own voice: a plea that a publisher puts around its texts.
enum Plea {
    /// Whether a block speaks to readers, and of what publishers ask for: support, a subscription, a look at something else.
    /// What somebody says is no plea of the publisher's.
    static func isPlea(_ bytes: [UInt8]) -> Bool {
        guard speaks(bytes[...]), !isSpeech(bytes) else { return false }
        let line = bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        return asks.contains { ByteSearch.contains(line, $0) }
    }

    /// Whether one of the words says `we` or `you`.
    static func speaks(_ bytes: ArraySlice<UInt8>) -> Bool {
        persons.hasWord(of: bytes)
    }

    /// Whether a block quotes somebody, or says that somebody said something.
    static func isSpeech(_ bytes: [UInt8]) -> Bool {
        var k = 0
        while k < bytes.count {
            if bytes[k] < 0x80 {
                if bytes[k] == UInt8(ascii: "\"") { return true }
                k += 1
                continue
            }
            let (scalar, width) = UTF8Decoding.scalar(in: bytes, at: k)
            if "“”„«»「」".unicodeScalars.contains(scalar) { return true }
            k += width
        }
        return sayings.hasWord(of: bytes[...])
    }

    private static let persons = WordList(section("person"))
    private static let sayings = WordList(section("saying"))
    private static let asks = Array(section("ask")).sorted { $0.lexicographicallyPrecedes($1) }

    private static func section(_ name: String) -> Set<[UInt8]> {
        var words: Set<[UInt8]> = []
        for line in Embedded.pleaWords.withUTF8Buffer({ Array($0) }).split(separator: 0x0A) {
            var parts = line.split(separator: 0x20)
            guard let head = parts.first, head.elementsEqual(name.utf8) else { continue }
            parts.removeFirst()
            words.formUnion(parts.map { $0.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 } })
        }
        return words
    }
}

/// Words in small letters that are looked for in running text: blocks by the million are asked, so that their words are
/// compared where they stand.
private struct WordList {
    private var words: [UInt64: [[UInt8]]] = [:]
    /// A bit for each length that one of the words has.
    private var lengths: UInt64 = 0

    init(_ list: Set<[UInt8]>) {
        for word in list where word.count < 64 {
            words[StableHash.of(word), default: []].append(word)
            lengths |= 1 << UInt64(word.count)
        }
    }

    /// Whether one of the words of a text, whose letters may be capitals, is in the list.
    func hasWord(of text: ArraySlice<UInt8>) -> Bool {
        text.withUnsafeBufferPointer { text in
            var k = 0
            while k < text.count {
                let start = k
                while k < text.count, Self.isLetter(text[k]) { k += 1 }
                let word = text[start..<k]
                if word.count < 64, lengths & 1 << UInt64(word.count) != 0, !word.isEmpty, has(word) { return true }
                k += 1
            }
            return false
        }
    }

    private func has(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let small = word.lazy.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        return words[StableHash.of(small)]?.contains { $0.elementsEqual(small) } ?? false
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }
}
