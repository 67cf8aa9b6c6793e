/// The basic form under which English words are counted by lemma: by rules, by the list of ``Lemma``, and by a list of those
/// words that the rules get wrong.
///
/// A word has one basic form whatever it does in its sentence: *saw* is a form of *see*, *leaves* one of *leave*. Among the
/// forms of ``Lemma/forms(of:)`` for that basic form is the word itself, so that `[see]` finds what is counted as *see*.
package enum BasicForm {
    /// The basic form of a word in small letters; the word itself for one that no rule knows.
    package static func of(_ word: String) -> String {
        if let listed = listed[word] { return listed }
        let letters = Array(word.utf8)
        guard letters.count > 3, letters.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return word }
        return String(decoding: basicForm(letters[...]), as: UTF8.self)
    }

    /// Whether words of a language have a basic form here, as a BCP 47 tag; one that is not known is taken for English.
    static func covers(language: String?) -> Bool {
        guard let language, !language.isEmpty else { return true }
        return ["en", "eng"].contains(String(language.lowercased().prefix { $0 != "-" && $0 != "_" }))
    }

    private static func basicForm(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let n = word.count
        if ends(word, in: "men"), n > 5, let before = word.dropLast(3).last, !"aiou".utf8.contains(before) {
            return word.dropLast(2) + "an".utf8
        }
        if ends(word, in: "ies") { return n == 4 ? word.dropLast() : word.dropLast(3) + "y".utf8 }
        if ends(word, in: "ss", "us", "is") { return word }
        if ends(word, in: "sses", "xes", "ches", "shes", "zzes", "oes") { return word.dropLast(2) }
        if ends(word, in: "s") { return word.dropLast() }
        if ends(word, in: "ied") { return n == 4 ? word.dropLast() : word.dropLast(3) + "y".utf8 }
        if ends(word, in: "eed") { return word }
        if ends(word, in: "ed"), hasVowel(word.dropLast(2)) { return withEnding(word.dropLast(2)) }
        if ends(word, in: "ying"), n == 5 { return word.dropLast(4) + "ie".utf8 }
        if ends(word, in: "ing"), n > 5, hasVowel(word.dropLast(3)) { return withEnding(word.dropLast(3)) }
        return word
    }

    /// What stands before *-ed* and *-ing*, as a word: *stopp-* is *stop*, *hop-* is *hope*, *walk-* is *walk*.
    private static func withEnding(_ stem: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let last = stem.last, let before = stem.dropLast().last else { return stem }
        if stem.count > 2, last == before, !"lszfaeiou".utf8.contains(last) { return stem.dropLast() }
        if isSpeltWithE(stem, last, before) { return stem + "e".utf8 }
        let isShort =
            isVowel(before) && !"aeiouwxyh".utf8.contains(last) && !(stem.dropLast(2).last.map(isVowel) ?? false)
        return isShort && syllables(stem) == 1 ? stem + "e".utf8 : stem
    }

    /// Whether a word that ends like this is spelt with an *e* behind it, as a rule.
    private static func isSpeltWithE(_ stem: ArraySlice<UInt8>, _ last: UInt8, _ before: UInt8) -> Bool {
        if ends(stem, in: "aat", "eat", "oat", "ou") { return false }
        if ends(stem, in: "at", "iz", "v", "u", "c", "dg", "rg", "lg", "ib") { return true }
        switch last {
        case UInt8(ascii: "l"): return !"aeioulrw".utf8.contains(before)
        case UInt8(ascii: "s"): return "aeiourlnp".utf8.contains(before)
        default:
            return ends(stem, in: "ur", "ir", "id") && !(stem.dropLast(2).last.map(isVowel) ?? true)
        }
    }

    private static func ends(_ word: ArraySlice<UInt8>, in endings: StaticString...) -> Bool {
        endings.contains { ending in
            ending.utf8CodeUnitCount <= word.count
                && word.suffix(ending.utf8CodeUnitCount).elementsEqual(
                    UnsafeBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount))
        }
    }

    private static func isVowel(_ letter: UInt8) -> Bool { "aeiou".utf8.contains(letter) }

    private static func hasVowel(_ letters: ArraySlice<UInt8>) -> Bool {
        letters.contains { "aeiouy".utf8.contains($0) }
    }

    /// Groups of vowels, *y* among them.
    private static func syllables(_ word: ArraySlice<UInt8>) -> Int {
        word.split { !"aeiouy".utf8.contains($0) }.count
    }

    /// The basic form of each word that is in a list. Of two irregular words that share a form, the first has it.
    private static let listed: [String: String] = {
        var listed: [String: String] = [:]
        for words in Lemma.lists(Embedded.irregularEn.description) {
            for word in words where listed[word] == nil { listed[word] = words[0] }
        }
        for words in Lemma.lists(Embedded.basicFormsEn.description) {
            for word in words.count == 1 ? words : Array(words.dropFirst()) { listed[word] = words[0] }
        }
        return listed
    }()
}
