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
        words(bytes).contains { persons.contains($0) }
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
        return words(bytes[...]).contains { sayings.contains($0) }
    }

    /// The words in small letters.
    private static func words(_ bytes: ArraySlice<UInt8>) -> some Sequence<[UInt8]> {
        bytes.lazy.split { $0 < 0x80 && !($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) }
            .map { $0.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 } }
    }

    private static let persons = section("person")
    private static let sayings = section("saying")
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
