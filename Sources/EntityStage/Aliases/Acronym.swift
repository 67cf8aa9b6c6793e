/// Tells whether letters stand for words.
enum Acronym {
    /// Whether the letters of `acronym` can be read off the beginnings of `words`, in order: the first letter of the
    /// first word, and of every other word at least one letter or, for a small word, none.
    static func abbreviates(_ acronym: String, _ words: [NameWord]) -> Bool {
        let letters = Array(acronym.utf8)
        guard words.count >= 2, letters.count >= 2 else { return false }
        return matches(letters[...], words[...], isFirst: true)
    }

    /// The same of words that stand nowhere.
    static func abbreviates(_ acronym: String, _ words: [Substring]) -> Bool {
        abbreviates(acronym, words.map { NameWord($0) })
    }

    private static let small: Set<NameWord> = [
        "of", "for", "and", "the", "a", "an", "in", "on", "de", "la", "le", "du", "des", "et", "und", "to", "s",
    ]

    private static func matches(_ letters: ArraySlice<UInt8>, _ words: ArraySlice<NameWord>, isFirst: Bool) -> Bool {
        guard let word = words.first else { return letters.isEmpty }
        let rest = words.dropFirst()
        if small.contains(word), !isFirst, matches(letters, rest, isFirst: false) { return true }
        // up to three letters of one word: TEV-DEM, Interpol
        var taken = 0
        for (a, b) in zip(letters.prefix(3), word.text.utf8) {
            guard a == b else { break }
            taken += 1
            if matches(letters.dropFirst(taken), rest, isFirst: false) { return true }
        }
        return false
    }
}
