/// What stands around the names of persons: titles, letters behind the name; and first names with their shorter forms.
struct PersonWords: Sendable {
    static let standard = PersonWords(DataLines(Embedded.personWords))

    private var words: [String: Set<String>] = [:]
    private var titles: [String: String] = [:]
    /// For each first name, the lines of names that stand for each other which it is on.
    private var nicknames: [Substring: [Int]] = [:]

    private init(_ lines: DataLines) {
        var count = 0
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let category = String(parts[0])
            for entry in parts[1].parts(" ") {
                let pair = entry.split(separator: "=", maxSplits: 1)
                let word = Self.folded(pair[0])
                if category == "nickname" { nicknames[Substring(word), default: []].append(count) }
                if pair.count == 2 {
                    titles[word] = Self.folded(pair[1])
                } else {
                    words[category, default: []].insert(word)
                }
            }
            count += 1
        }
    }

    private static func folded(_ word: Substring) -> String {
        String(decoding: Folding.standard.folded(Array(word.utf8)), as: UTF8.self)
    }

    private func has(_ category: String, _ word: String) -> Bool { words[category]?.contains(word) ?? false }

    /// Whether the title tells nobody apart.
    func isCommonTitle(_ word: String) -> Bool { has("common-title", word) }
    /// Whether the word makes a title behind it another one.
    func leadsTitle(_ word: String) -> Bool { has("title-lead", word) }
    /// Whether the word stands behind a name without belonging to it.
    func isPostNominal(_ word: Substring) -> Bool { has("post-nominal", String(word)) }
    /// Whether the word, known to be a title or not, says what office somebody holds.
    func isOffice(_ word: String, isTitle: Bool) -> Bool {
        has("office", word) || word == "professor" || isTitle && !isCommonTitle(word) && !has("no-office", word)
    }
    /// Whether the word before an office says that its holder is not meant.
    func hidesHolder(_ word: String) -> Bool { has("no-holder", word) }
    /// The title as it is written out, one word for men and women.
    func title(_ word: String) -> String { titles[word] ?? word }
    /// Whether the title tells a man, or a woman; nil where it tells neither.
    func isMan(_ title: String) -> Bool? { has("man", title) ? true : has("woman", title) ? false : nil }

    /// Whether two first names stand for each other: "William" and "Bill".
    func areOne(_ a: Substring, _ b: Substring) -> Bool {
        guard let x = nicknames[a], let y = nicknames[b] else { return false }
        return x.contains { y.contains($0) }
    }
}
