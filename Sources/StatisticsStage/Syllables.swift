import Text

/// Syllables of English words, by their groups of vowels: near enough for an average over a text, not for a verse.
enum Syllables {
    /// How many syllables the folded word has; at least one.
    static func count(in word: ArraySlice<UInt8>) -> Int {
        let letters = Array(word)
        var groups = 0
        var inGroup = false
        var offset = 0
        while offset < letters.count {
            let (scalar, width) = UTF8Decoding.scalar(in: letters, at: offset)
            let isVowel = isVowel(scalar)
            if isVowel, !inGroup { groups += 1 }
            inGroup = isVowel
            offset += width
        }
        return max(1, hasSilentEnding(letters) ? groups - 1 : groups)
    }

    /// Whether the last `e` is not spoken: "made", "makes", "named"; but "able", "houses", "wanted".
    private static func hasSilentEnding(_ word: [UInt8]) -> Bool {
        var stem = word[...]
        let last = stem.last
        if last == UInt8(ascii: "s") || last == UInt8(ascii: "d") { stem = stem.dropLast() }
        guard stem.last == UInt8(ascii: "e"), let before = stem.dropLast().last, before < 0x80 else { return false }
        let beforeThat = stem.dropLast(2).last
        guard !isVowel(Unicode.Scalar(before)) else { return false }
        switch last {
        case UInt8(ascii: "d"): return before != UInt8(ascii: "t") && before != UInt8(ascii: "d")
        case UInt8(ascii: "s") where "scgxz".utf8.contains(before): return false
        case UInt8(ascii: "s") where before == UInt8(ascii: "h"):
            return !(beforeThat.map { "sc".utf8.contains($0) } ?? false)
        default:
            return before != UInt8(ascii: "l") || (beforeThat.map { isVowel(Unicode.Scalar($0)) } ?? true)
        }
    }

    private static func isVowel(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a", "e", "i", "o", "u", "y": true
        case "\u{E0}"..."\u{FF}": scalar != "\u{E7}" && scalar != "\u{F0}" && scalar != "\u{F1}" && scalar != "\u{F7}"
        case "ā", "ă", "ą", "ē", "ė", "ę", "ě", "ī", "į", "ı", "ō", "ő", "œ", "ū", "ů", "ű", "ų": true
        default: false
        }
    }
}
