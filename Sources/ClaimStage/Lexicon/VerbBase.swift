/// The base form of a finite verb, and the auxiliary with which it is asked: *held* is *did … hold*, *holds* is *does … hold*.
struct VerbBase {
    /// *did*, *does* or *do*.
    let auxiliary: String
    /// *hold*.
    let base: String

    /// The base form of `word`; nil where it is no finite verb or its base form is not known.
    init?(of word: some StringProtocol) {
        let word = word.lowercased()
        guard word.utf8.count > 2, word.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return nil }
        let forms = FormTable.shared[Folding.key(word)]
        if let base = Self.irregular[Folding.key(word)] {
            (auxiliary, self.base) = ("did", base)
        } else if word.hasSuffix("ed"), let base = Self.regular(word, cut: ["d", "ed"]) {
            (auxiliary, self.base) = ("did", base)
        } else if forms.contains(.third), let base = Self.regular(word, cut: ["s", "es"]) {
            (auxiliary, self.base) = ("does", base)
        } else if forms.contains(.base), !forms.contains(.past) {
            (auxiliary, base) = ("do", word)
        } else {
            return nil
        }
    }

    /// What is left of a word without one of the endings, the first that is the base form of a verb.
    private static func regular(_ word: String, cut endings: [String]) -> String? {
        var candidates: [String] = []
        for ending in endings where word.hasSuffix(ending) {
            let rest = String(word.dropLast(ending.count))
            candidates.append(rest)
            // "stopped", "carried"
            if let last = rest.last, rest.dropLast().last == last { candidates.append(String(rest.dropLast())) }
            if rest.hasSuffix("i") { candidates.append(rest.dropLast() + "y") }
        }
        return candidates.first { FormTable.shared[Folding.key($0)].contains(.base) }
    }

    /// The base forms of irregular past forms: the first word of a family is the verb.
    private static let irregular: HashTable<String> = {
        var irregular: [UInt64: String] = [:]
        for entry in DataFile(Embedded.wordFamilies).entries {
            guard let verb = entry.words(0).first, FormTable.shared[Folding.key(verb)].contains(.base) else { continue }
            for word in entry.words(0).dropFirst() where !word.hasSuffix("ed") && !word.hasSuffix("ing") {
                let key = Folding.key(word)
                if FormTable.shared[key].contains(.past) { irregular[key] = String(verb) }
            }
        }
        return HashTable(irregular)
    }()
}
