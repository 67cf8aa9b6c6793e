import Text

/// What readability is reckoned from, of one word.
package struct WordSize: Hashable, Sendable {
    /// Letters and digits, not the apostrophes and hyphens between them.
    package let letters: Int
    /// How many syllables it has, near enough for an average over a text.
    package let syllables: Int
    /// Whether it has more than six letters.
    package var isLong: Bool { letters > 6 }

    /// The size of a folded word.
    package init(of word: ArraySlice<UInt8>) {
        letters = word.count {
            !UTF8Decoding.isContinuation($0) && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "-")
        }
        syllables = Syllables.count(in: word)
    }
}
