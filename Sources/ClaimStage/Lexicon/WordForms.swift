import Text

/// What form of a word it may be, out of context.
struct WordForms: OptionSet {
    let rawValue: UInt8

    static let base = WordForms(rawValue: 1)
    static let third = WordForms(rawValue: 2)
    static let past = WordForms(rawValue: 4)
    static let progressive = WordForms(rawValue: 8)
    static let noun = WordForms(rawValue: 16)
    static let plural = WordForms(rawValue: 32)
    static let adjective = WordForms(rawValue: 64)
    static let adverb = WordForms(rawValue: 128)

    /// The forms by the letters that the data file gives them.
    static let letters: [UInt8: WordForms] = [
        UInt8(ascii: "b"): .base, UInt8(ascii: "s"): .third, UInt8(ascii: "d"): .past, UInt8(ascii: "g"): .progressive,
        UInt8(ascii: "n"): .noun, UInt8(ascii: "p"): .plural, UInt8(ascii: "a"): .adjective, UInt8(ascii: "r"): .adverb,
    ]
}

/// The forms of the words of the data file, in a quarter of a megabyte: a word is known by 24 bits of its hash, so one
/// word in a thousand that is not in the file gets the forms of another.
struct FormTable {
    /// The table of the data file that the stage is built with.
    static let shared = FormTable(Embedded.forms)

    /// The hash's upper 24 bits over the forms; 0 for an empty slot.
    private var slots = [UInt32](repeating: 0, count: size)
    private static let size = 1 << 16

    /// What the word with this key may be; nothing for an unknown word.
    subscript(key: UInt64) -> WordForms {
        let tag = Self.tag(key)
        var slot = Int(truncatingIfNeeded: key) & (Self.size - 1)
        while slots[slot] != 0 {
            if slots[slot] >> 8 == tag { return WordForms(rawValue: UInt8(truncatingIfNeeded: slots[slot])) }
            slot = (slot + 1) & (Self.size - 1)
        }
        return []
    }

    private static func tag(_ key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key >> 40) }

    /// Reads lines of `letters: words`; the file is long, so it is read byte by byte.
    private init(_ text: StaticString) {
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        for line in bytes.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let forms = line[..<colon].reduce(into: WordForms()) { $0.formUnion(WordForms.letters[$1] ?? []) }
            for word in line[(colon + 1)...].split(separator: UInt8(ascii: " ")) {
                insert(StableHash.of(word), forms)
            }
        }
    }

    private mutating func insert(_ key: UInt64, _ forms: WordForms) {
        var slot = Int(truncatingIfNeeded: key) & (Self.size - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (Self.size - 1) }
        slots[slot] = Self.tag(key) << 8 | UInt32(forms.rawValue)
    }
}
