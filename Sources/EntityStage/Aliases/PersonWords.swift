import Text

/// What stands around the names of persons: titles, letters behind the name; and first names with their shorter forms.
///
/// Words are asked for by the hashes of their folded letters.
struct PersonWords: Sendable {
    static let standard = PersonWords(DataLines(Embedded.personWords))

    /// The categories of words, by their names in the data file.
    private struct Category: OptionSet, Sendable {
        let rawValue: UInt64
        static let commonTitle = Category(rawValue: 1)
        static let man = Category(rawValue: 2)
        static let woman = Category(rawValue: 4)
        static let titleLead = Category(rawValue: 8)
        static let office = Category(rawValue: 16)
        static let noOffice = Category(rawValue: 32)
        static let noHolder = Category(rawValue: 64)
        static let postNominal = Category(rawValue: 128)
        static let human = Category(rawValue: 256)
        static let humanMan = Category(rawValue: 512)
        static let humanWoman = Category(rawValue: 1024)

        static let named: [Substring: Category] = [
            "common-title": .commonTitle, "man": .man, "woman": .woman, "title-lead": .titleLead, "office": .office,
            "no-office": .noOffice, "no-holder": .noHolder, "post-nominal": .postNominal, "human": .human,
            "human-man": .humanMan, "human-woman": .humanWoman,
        ]
    }

    private var words = FlatTable(capacity: 512)
    private var titles: [String: String] = [:]
    /// For each first name, the lines of names that stand for each other which it is on.
    private var nicknames: [UInt64: [Int]] = [:]
    private static let professor = SmallWord.hash("professor")

    private init(_ lines: DataLines) {
        var count = 0
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            for entry in parts[1].parts(" ") {
                let pair = entry.split(separator: "=", maxSplits: 1)
                let word = Self.folded(pair[0])
                if parts[0] == "nickname" { nicknames[SmallWord.hash(word), default: []].append(count) }
                if pair.count == 2 {
                    titles[word] = Self.folded(pair[1])
                } else if let category = Category.named[parts[0]] {
                    words.insert(SmallWord.hash(word), category.rawValue) { $0 | $1 }
                }
            }
            count += 1
        }
    }

    private static func folded(_ word: Substring) -> String {
        String(decoding: Folding.standard.folded(Array(word.utf8)), as: UTF8.self)
    }

    private func has(_ category: Category, _ word: UInt64) -> Bool { (words[word] ?? 0) & category.rawValue != 0 }

    /// Whether the title tells nobody apart.
    func isCommonTitle(_ word: UInt64) -> Bool { has(.commonTitle, word) }
    /// Whether the title tells nobody apart.
    func isCommonTitle(_ title: String) -> Bool { isCommonTitle(SmallWord.hash(title)) }
    /// Whether the word makes a title behind it another one.
    func leadsTitle(_ word: UInt64) -> Bool { has(.titleLead, word) }
    /// Whether the word stands behind a name without belonging to it.
    func isPostNominal(_ word: UInt64) -> Bool { has(.postNominal, word) }
    /// Whether the word, known to be a title or not, says what office somebody holds.
    func isOffice(_ word: UInt64, isTitle: Bool) -> Bool {
        has(.office, word) || word == Self.professor || isTitle && !has([.commonTitle, .noOffice], word)
    }
    /// Whether the word before an office says that its holder is not meant.
    func hidesHolder(_ word: UInt64) -> Bool { has(.noHolder, word) }
    /// Whether the noun means a person without naming one: "driver".
    func isHuman(_ word: UInt64) -> Bool { has([.human, .humanMan, .humanWoman], word) }
    /// Whether the noun means a man, or a woman; nil where it tells neither.
    func isManNoun(_ word: UInt64) -> Bool? { has(.humanMan, word) ? true : has(.humanWoman, word) ? false : nil }
    /// The title as it is written out, one word for men and women.
    func title(_ word: String) -> String { titles[word] ?? word }
    /// Whether the title tells a man, or a woman; nil where it tells neither.
    func isMan(_ title: String) -> Bool? {
        let word = SmallWord.hash(title)
        return has(.man, word) ? true : has(.woman, word) ? false : nil
    }

    /// Whether two first names stand for each other: "William" and "Bill".
    func areOne(_ a: NameWord, _ b: NameWord) -> Bool {
        guard let x = nicknames[a.key], let y = nicknames[b.key] else { return false }
        return x.contains { y.contains($0) }
    }
}
