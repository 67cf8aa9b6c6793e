package import StatisticsStage

/// How hard a text is to read, for texts in English (`lix` was made for any language): the formulas of the view
/// `readability`, over whatever was added up.
package struct Readability: Hashable, Sendable {
    /// Sentences with a word, words, different words.
    package private(set) var sentences, words, types: Int
    /// Letters and digits; syllables; words of more than six letters.
    package private(set) var letters = 0
    package private(set) var syllables = 0
    package private(set) var longWords = 0

    /// A text of so many sentences, whose words follow.
    package init(sentences: Int) {
        self.sentences = sentences
        words = 0
        types = 0
    }

    /// Adds one more different word.
    package mutating func add(_ word: WordSize, times: Int) {
        types += 1
        words += times
        letters += times * word.letters
        syllables += times * word.syllables
        if word.isLong { longWords += times }
    }

    private func ratio(_ a: Int, _ b: Int) -> Double { b == 0 ? .nan : Double(a) / Double(b) }

    /// Reading ease, higher is easier (Flesch 1948).
    package var flesch: Double { 206.835 - 1.015 * ratio(words, sentences) - 84.6 * ratio(syllables, words) }
    /// Years of school in the United States (Kincaid and others 1975).
    package var grade: Double { 0.39 * ratio(words, sentences) + 11.8 * ratio(syllables, words) - 15.59 }
    /// Automated readability index (Smith and Senter 1967).
    package var automated: Double { 4.71 * ratio(letters, words) + 0.5 * ratio(words, sentences) - 21.43 }
    /// The index of Coleman and Liau (1975).
    package var colemanLiau: Double { 5.88 * ratio(letters, words) - 29.6 * ratio(sentences, words) - 15.8 }
    /// LIX (Björnsson 1968).
    package var lix: Double { ratio(words, sentences) + 100 * ratio(longWords, words) }
    /// Different words a word, which falls with length.
    package var typeToken: Double { ratio(types, words) }
}
