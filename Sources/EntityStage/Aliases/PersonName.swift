import Text

/// How the names of persons are shortened.
enum PersonName {
    /// The words of a name without titles before it and letters behind it: "Dame Ada Weir DBE" is "Ada Weir".
    static func core(_ words: [Substring]) -> [Substring] {
        var core = words[...]
        while core.count > 1, let first = core.first, isTitle(first) { core = core.dropFirst() }
        while core.count > 1, let last = core.last, PersonWords.standard.isPostNominal(last) { core = core.dropLast() }
        return Array(core)
    }

    private static func isTitle(_ word: Substring) -> Bool {
        let classes = Lexicon.english.classes(of: word)
        return classes.contains(.title)
            && (!classes.contains(.firstName) || PersonWords.standard.isCommonTitle(String(word)))
    }

    /// Whether `short` may stand for `long`: its last word is the other's last, and every word before it is one of the
    /// other's, or the initial or a shorter form of one, in order; or it is the first name alone.
    static func isShort(_ short: [Substring], for long: [Substring]) -> Bool {
        guard let last = short.last, short.count <= long.count, short != long, long.count >= 2 else { return false }
        if last != long.last {
            return short.count == 1 && last == long.first && last.utf8.count > 2 || isTurned(short, long)
        }
        var rest = long.dropLast()[...]
        for word in short.dropLast() {
            guard let hit = rest.firstIndex(where: { agrees(word, $0) }) else { return false }
            rest = rest[(hit + 1)...]
        }
        return true
    }

    /// The same words with the family name first. Where both words are first names, nobody knows which comes first.
    private static func isTurned(_ a: [Substring], _ b: [Substring]) -> Bool {
        guard a.count == b.count, a.count <= 3, let first = a.first, let last = a.last else { return false }
        let isOther = Array(a.dropFirst()) + [first] == b || [last] + a.dropLast() == b
        return isOther && !a.allSatisfy { Lexicon.english.classes(of: $0).contains(.firstName) }
    }

    private static func agrees(_ a: Substring, _ b: Substring) -> Bool {
        a == b || (a.utf8.count == 1 && a.utf8.first == b.utf8.first)
            || (b.utf8.count == 1 && a.utf8.first == b.utf8.first)
            || PersonWords.standard.areOne(a, b)
    }
}
