/// The forms of English words: by rules, and by a list of those that follow none.
package enum Lemma {
    /// The forms of the word with this basic form, itself first: of a verb, a noun and an adjective as far as it may be
    /// one. A word of another language is given back with the endings of English, which do no harm there.
    package static func forms(of lemma: String) -> [String] {
        let lemma = lemma.lowercased()
        var forms = [lemma]
        func add(_ form: String) { if !forms.contains(form) { forms.append(form) } }
        if let listed = irregular[lemma] {
            listed.forEach(add)
            return forms
        }
        let letters = Array(lemma)
        guard letters.count > 1, letters.allSatisfy(\.isLetter) else { return forms }
        add(plural(letters))
        // fishermen, but also Germans
        if letters.count > 3, lemma.hasSuffix("man") { add(lemma.dropLast(2) + "en") }
        for stem in stems(letters) { add(past(letters, stem)) }
        for stem in stems(letters) { add(participle(letters, stem)) }
        return forms
    }

    /// *walls*, *boxes*, *cities*: the plural of a noun, and a verb with *she*.
    private static func plural(_ word: [Character]) -> String {
        let text = String(word)
        if endsInConsonantAndY(word) { return String(word.dropLast()) + "ies" }
        if ["s", "x", "z", "ch", "sh"].contains(where: text.hasSuffix) { return text + "es" }
        return text + "s"
    }

    private static func past(_ word: [Character], _ stem: String) -> String {
        if endsInConsonantAndY(word) { return String(word.dropLast()) + "ied" }
        if word.last == "e" { return String(word) + "d" }
        return stem + "ed"
    }

    private static func participle(_ word: [Character], _ stem: String) -> String {
        let text = String(word)
        if text.hasSuffix("ie") { return String(word.dropLast(2)) + "ying" }
        if word.last == "e", !["ee", "oe", "ye"].contains(where: text.hasSuffix), word.count > 2 {
            return String(word.dropLast()) + "ing"
        }
        return (word.last == "e" ? text : stem) + "ing"
    }

    private static func endsInConsonantAndY(_ word: [Character]) -> Bool {
        word.count > 1 && word.last == "y" && !isVowel(word[word.count - 2])
    }

    /// The word before an ending with a vowel: *stop-* becomes *stopp-*. So does a word of several syllables if the last
    /// one bears the stress (listed). One that ends in a vowel and *l* has both spellings, British and American.
    private static func stems(_ word: [Character]) -> [String] {
        let text = String(word)
        guard word.count > 2, let last = word.last, !isVowel(last), !"wxyh".contains(last),
            isVowel(word[word.count - 2]),
            !isVowel(word[word.count - 3]) || text.hasSuffix("quit")
        else { return [text] }
        let syllables = word.indices.count { isVowel(word[$0]) && ($0 == 0 || !isVowel(word[$0 - 1])) }
        let doubled = text + String(last)
        if syllables == 1 || doubling.contains(text) { return [doubled] }
        return last == "l" && syllables == 2 && !text.hasSuffix("il") ? [doubled, text] : [text]
    }

    private static func isVowel(_ letter: Character) -> Bool { "aeiou".contains(letter) }

    /// The lines of the list: a basic form with all its others; of one word, several lines add up.
    private static let irregular: [String: [String]] = {
        var forms: [String: [String]] = [:]
        for words in lists(Embedded.irregularEn.description) {
            forms[words[0], default: []] += words.dropFirst()
        }
        return forms
    }()

    private static let doubling = Set(lists(Embedded.doublingEn.description).joined())

    /// The words of each line of a list, at least one.
    static func lists(_ text: String) -> [[String]] {
        text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: " ").map(String.init) }.filter { !$0.isEmpty }
    }
}
