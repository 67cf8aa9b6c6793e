import StageKit
import Text

/// What the stage's lists say of a single word, for the trainer.
package enum WordHints {
    package static func isTitle(_ word: String) -> Bool { has(word, .title) }
    package static func isPeople(_ word: String) -> Bool { has(word, .people) }
    package static func isParticle(_ word: String) -> Bool { has(word, .particle) }
    package static func isCommon(_ word: String) -> Bool { has(word, .common) }
    package static func isFirstName(_ word: String) -> Bool { has(word, .firstName) }

    /// Whether it is the whole name of a place of the lists.
    package static func isPlace(_ word: String) -> Bool {
        let words = Lexicon.words(Substring(word))
        return words.count == 1 && Lexicon.english.known(Lexicon.chain(0, StableHash.of(words[0])))?.kind == .place
    }

    private static func has(_ word: String, _ category: WordClass) -> Bool {
        let hash = StableHash.of(Folding.standard.folded(Array(word.utf8)))
        return !WordClass(rawValue: Lexicon.english.classes[hash] ?? 0).isDisjoint(with: category)
    }
}
