import StageKit
import Text

/// The words of a document as features see them: identity, class, and running counts of what may stand between two.
///
/// Nothing here depends on names that another stage found: a model that is trained on bare tokens reads the same.
package struct Atoms: Sendable {
    /// A class of words, coarser than the word and finer than a part of speech.
    enum Class: UInt8 {
        case other, name, noun, plural, finite, base, baseOrNoun, progressive, adjective, adverb
        case pronoun, determiner, preposition, to, that, clausal, relative, conjunction, subordinator
        case be, auxiliary, negation, number, comma, quote, pause, stop, bracket, possessive
        /// Beyond the words of the scope.
        case outside
    }

    /// One word.
    struct Atom: Sendable {
        /// Its hash, folded.
        var word: UInt32
        var kind: Class
        /// Whether it stands between marks of quotation.
        var isQuoted: Bool
        /// How many commas stand before it in the document.
        var commas: Int32
        /// How many finite verbs and auxiliaries.
        var verbs: Int32
        /// How many marks of quotation.
        var quotes: Int32
        /// How many nouns and names.
        var nouns: Int32
    }

    let atoms: [Atom]
    private static let beyond = Atom(
        word: 1, kind: .outside, isQuoted: false, commas: 0, verbs: 0, quotes: 0, nouns: 0)

    /// The word at `index`; one that is outside of `range` is like no other.
    @inline(__always)
    func at(_ index: Int, _ range: Range<Int>) -> Atom {
        index >= range.lowerBound && index < range.upperBound ? atoms[index] : Self.beyond
    }

    /// The words of `reading`; `quoted` says which stand between marks of quotation.
    package init(_ reading: Reading, quoted: [Bool]? = nil) {
        let quoted = quoted ?? Self.quoted(reading)
        var atoms: [Atom] = []
        atoms.reserveCapacity(reading.words.count)
        var commas: Int32 = 0, verbs: Int32 = 0, quotes: Int32 = 0, nouns: Int32 = 0
        for (index, word) in reading.words.enumerated() {
            let kind = Self.kind(word, before: index > 0 ? reading.words[index - 1] : nil)
            atoms.append(
                Atom(
                    word: UInt32(truncatingIfNeeded: word.key >> 16), kind: kind, isQuoted: quoted[index],
                    commas: commas,
                    verbs: verbs, quotes: quotes, nouns: nouns))
            switch kind {
            case .comma: commas += 1
            case .quote: quotes += 1
            case .finite, .be, .auxiliary: verbs += 1
            case .name, .noun, .plural, .pronoun: nouns += 1
            default: break
            }
        }
        self.atoms = atoms
    }

    private static func quoted(_ reading: Reading) -> [Bool] {
        var quoted = [Bool](repeating: false, count: reading.words.count)
        for quotation in reading.quotations where quotation.form != .block && quotation.depth == 0 {
            for index in reading.words(in: quotation.content) { quoted[index] = true }
        }
        return quoted
    }

    private static func kind(_ word: Word, before: Word?) -> Class {
        if word.isPunctuation {
            switch word.mark {
            case UInt8(ascii: ","): return .comma
            case UInt8(ascii: "\""): return .quote
            case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "-"): return .pause
            case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"): return .stop
            case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"): return .bracket
            default: return .other
            }
        }
        if word.kind == .number { return .number }
        if word.key == Self.to { return .to }
        if word.isAny(.that) { return .that }
        if word.isAny(.negation), !word.isAny(.determiner) { return .negation }
        if word.isAny(.auxiliary) {
            if word.isAny(.possessive) {
                return before.map { !$0.isAny([.subject, .pronoun]) } ?? true ? .possessive : .be
            }
            return word.isAny(.be) ? .be : .auxiliary
        }
        if word.isAny(.relative) { return .relative }
        if word.isAny(.clausal) { return .clausal }
        if word.isAny(.conjunction) { return .conjunction }
        if word.isAny(.determiner) { return word.isAny(.pronoun) && !word.isAny(.possessive) ? .pronoun : .determiner }
        if word.isAny(.pronoun) || word.isAny([.male, .female, .plural, .first, .neuter]) { return .pronoun }
        if word.isAny(.preposition) { return .preposition }
        if word.isAny(.subordinator) { return .subordinator }
        if word.isCapital, word.forms.isDisjoint(with: [.past, .third, .adverb]) || !(before?.isPunctuation ?? true) {
            return .name
        }
        let forms = word.forms
        if forms.contains(.past) { return .finite }
        if forms.contains(.progressive) { return .progressive }
        if forms.contains(.third) {
            return forms.contains(.plural) && !(before.map { $0.isAny([.pronoun, .relative]) } ?? false)
                ? .plural : .finite
        }
        if word.isAny(.finite) { return .finite }
        if forms.contains(.base) { return forms.contains(.noun) ? .baseOrNoun : .base }
        if forms.contains(.plural) { return .plural }
        if forms.contains(.noun) { return .noun }
        if forms.contains(.adjective) { return .adjective }
        if forms.contains(.adverb) || word.isAdverb { return .adverb }
        return .other
    }

    private static let to = Folding.key("to")
}
