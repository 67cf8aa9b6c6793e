import Text

/// How the names of persons are shortened.
enum PersonName {
    /// The words of a name without titles before it and letters behind it: "Dame Ada Weir DBE" is "Ada Weir".
    static func core(_ words: [NameWord]) -> [NameWord] {
        var core = words[...]
        while core.count > 1, let first = core.first, isTitle(first) { core = core.dropFirst() }
        while core.count > 1, let last = core.last, PersonWords.standard.isPostNominal(last.key) {
            core = core.dropLast()
        }
        return core.count == words.count ? words : Array(core)
    }

    /// 1 for "junior" behind a name, 2 for "senior", 0 for neither: father and son may share all else.
    static func generation(_ words: [NameWord]) -> Int {
        for word in words.dropFirst().reversed() {
            if juniors.contains(word) { return 1 }
            if seniors.contains(word) { return 2 }
            if !PersonWords.standard.isPostNominal(word.key) { break }
        }
        return 0
    }

    private static let juniors: Set<NameWord> = ["jr", "junior"]
    private static let seniors: Set<NameWord> = ["sr", "senior"]

    private static func isTitle(_ word: NameWord) -> Bool {
        let classes = Lexicon.english.classes(of: word)
        return classes.contains(.title)
            && (!classes.contains(.firstName) || PersonWords.standard.isCommonTitle(word.key))
    }

    /// Whether `short` may stand for `long`: its last word is the other's last, and the words before it are some
    /// of the other's in a row, or initials or, with `nicknames`, shorter forms of them; or it is the first name alone.
    static func isShort(_ short: [NameWord], for long: [NameWord], nicknames: Bool) -> Bool {
        guard let last = short.last, short.count <= long.count, short != long, long.count >= 2 else { return false }
        if last != long.last {
            return short.count == 1 && last == long.first && last.text.utf8.count > 2 || isTurned(short, long)
        }
        let given = Array(short.dropLast())
        let others = Array(long.dropLast())
        guard given.count <= others.count else { return false }
        return (0...(others.count - given.count)).contains { start in
            given.indices.allSatisfy { agrees(given[$0], others[start + $0], isFirst: start == 0 || $0 > 0, nicknames) }
        }
    }

    /// The same words with the family name first. Where both words are first names, nobody knows which comes first.
    private static func isTurned(_ a: [NameWord], _ b: [NameWord]) -> Bool {
        guard a.count == b.count, a.count <= 3, let first = a.first, let last = a.last else { return false }
        let isOther = Array(a.dropFirst()) + [first] == b || [last] + a.dropLast() == b
        return isOther && !a.allSatisfy { Lexicon.english.classes(of: $0).contains(.firstName) }
    }

    /// Whether two given names are one, or one stands for the other. An initial in the middle stands for no first name.
    private static func agrees(_ a: NameWord, _ b: NameWord, isFirst: Bool, _ nicknames: Bool) -> Bool {
        if a == b { return true }
        if a.text.utf8.count == 1 || b.text.utf8.count == 1 {
            return isFirst && a.text.utf8.first == b.text.utf8.first
        }
        return nicknames && PersonWords.standard.areOne(a, b)
    }
}
