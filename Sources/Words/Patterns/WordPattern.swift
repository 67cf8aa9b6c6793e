import Text

/// What is looked for in texts, as it is written.
///
/// ```
/// wall            a word
/// wall*  w?ll     a word with any letters, with any one letter
/// sea wall        words that follow each other
/// wall|dam        alternatives; of phrases too: sea wall|storm surge
/// sea (wall|dam)  alternatives within a phrase
/// [say]           a word in all its forms: say, says, said, saying
/// /walls?/        a regular expression that fits a whole word
/// *               any one word, within a phrase
/// @Ilse Marrable  somebody or something, under all names that 'tag-entities' knows
/// ```
///
/// A backslash takes the meaning from the sign behind it.
package struct WordPattern: Sendable {
    /// What one word has to be.
    package indirect enum Item: Hashable, Sendable {
        case any
        /// One of these; written without wildcards.
        case word(String)
        /// With `*` and `?`.
        case glob([GlobPart])
        /// In all its forms.
        case lemma(String)
        case regularExpression(String)
        /// One of these sequences.
        case group([[Item]])
    }

    /// A piece of a word with wildcards.
    package enum GlobPart: Hashable, Sendable {
        case text(String)
        /// `*`: any letters, also none.
        case anything
        /// `?`: any one letter.
        case anyOne
    }

    /// As it was written.
    package let text: String
    /// The sequences of words of which one has to fit; empty for a name.
    package let alternatives: [[Item]]
    /// The name of somebody or something, without the sign before it; nil for a pattern of words.
    package let name: String?

    /// Reads a pattern.
    package init(_ text: String) throws(PatternProblem) {
        self.text = text
        let trimmed = text.split { $0.isWhitespace }.joined(separator: " ")
        guard !trimmed.isEmpty else {
            throw PatternProblem(
                "the pattern is empty", hint: "Name a word, such as 'wall*'.", id: "empty-pattern")
        }
        if trimmed.hasPrefix("@") {
            let name = trimmed.dropFirst().drop { $0 == " " }
            guard !name.isEmpty else {
                throw PatternProblem("'@' stands before a name, and there is none", id: "empty-pattern")
            }
            self.name = String(name)
            alternatives = []
            return
        }
        name = nil
        var parser = PatternParser(text)
        alternatives = try parser.parse()
        if alternatives.contains(where: { $0.allSatisfy(Self.isOpen) }) {
            throw PatternProblem(
                "the pattern '\(trimmed)' fits every word", hint: "Name at least one letter.", id: "empty-pattern")
        }
    }

    /// The pattern for a word or a phrase as tables of statistics have it: no sign in it has a meaning of its own.
    package init(term: String) throws(PatternProblem) {
        text = term
        let words = term.split(separator: " ").map { Item.word(String($0)) }
        guard !words.isEmpty else { throw PatternProblem("the term is empty", id: "empty-pattern") }
        alternatives = [words]
        name = nil
    }

    /// The only word that it is, if it is no more than that.
    package var singleWord: String? {
        if alternatives.count == 1, alternatives[0].count == 1, case .word(let word) = alternatives[0][0] {
            word
        } else {
            nil
        }
    }

    /// The words that follow each other, if it is no more than these.
    var plainWords: [String]? {
        guard alternatives.count == 1 else { return nil }
        let words = alternatives[0].compactMap { if case .word(let word) = $0 { word } else { nil } }
        return words.count == alternatives[0].count ? words : nil
    }

    /// Whether any word fits.
    private static func isOpen(_ item: Item) -> Bool {
        switch item {
        case .any: true
        case .glob(let parts): parts.allSatisfy { $0 == .anything }
        case .group(let sequences): sequences.contains { $0.allSatisfy(isOpen) }
        case .word, .lemma, .regularExpression: false
        }
    }
}
