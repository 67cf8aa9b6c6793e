import StageKit
import Text

/// What a statement says of its subject: the word that carries its main predicate.
struct Predicate {
    /// The stem: *suspended*, *unlawful* in *is unlawful*, *leave* in *plans to leave*.
    var stem: UInt32
    /// The mention of the first name before it, or of whom a pronoun there means; nil for none.
    var subject: Int?
    /// The auxiliary that begins its verb group: *was* in *was suspended*; nil where a verb of meaning does.
    var auxiliary: ByteSpan?
    /// Whether it is only planned or expected: *plans to leave*, *is to step down*, *is expected to win*.
    var isPlanned: Bool
}

/// Finds the main predicate of a statement.
struct PredicateReader {
    private let reading: Reading
    private let polarity: Polarity

    init(_ reading: Reading) {
        self.reading = reading
        polarity = Polarity(reading)
    }

    /// The predicate of a statement's pieces; nil where they have no verb of their own.
    func predicate(of pieces: [Range<Int>]) -> Predicate? {
        let indices = Array(pieces.joined().prefix(Self.reach))
        guard let start = verb(in: indices) else { return nil }
        var at = start
        var isPlanned = false
        while at < indices.count, at - start < Self.longestGroup {
            let word = reading.words[indices[at]]
            if word.key == Self.to {
                isPlanned = true
            } else if word.isPunctuation || word.isName || word.mention != nil {
                return nil
            } else if !word.isAny([.auxiliary, .negation, .determiner, .preposition, .stop]), !word.isAdverb {
                guard isPlan(word), let next = infinitive(behind: at, in: indices) else {
                    let first = reading.words[indices[start]]
                    return Predicate(
                        stem: stem(word), subject: subject(in: indices[..<start]),
                        auxiliary: first.isAny(.auxiliary) ? first.span : nil, isPlanned: isPlanned)
                }
                isPlanned = true
                at = next
                continue
            }
            at += 1
        }
        return nil
    }

    /// Where the group of the main verb begins: at its finite form, or at the infinitive that all of it depends on.
    private func verb(in indices: [Int]) -> Int? {
        if let first = indices.first, reading.words[first].key == Self.to { return 0 }
        guard let verb = polarity.mainVerb(indices) else { return nil }
        // "the scale used by the centre is old": a participle before "by" is no finite verb
        guard verb > 0, verb + 1 < indices.count, !reading.words[indices[verb]].isAny(.auxiliary),
            reading.words[indices[verb + 1]].key == Self.by
        else { return verb }
        let rest = Array(indices[(verb + 1)...])
        return rest.indices.first { reading.isFiniteVerb(rest[$0]) || reading.words[rest[$0]].isAny(.auxiliary) }
            .map { verb + 1 + $0 } ?? verb
    }

    /// Whether what follows the word with *to* is only planned or expected.
    private func isPlan(_ word: Word) -> Bool { word.isAny(.plans) || Self.plans.contains(word.key) }

    /// Where the infinitive stands that belongs to the word at `at`: *plans to leave*, *asked him to leave*.
    private func infinitive(behind at: Int, in indices: [Int]) -> Int? {
        guard
            let to = (at + 1..<min(at + 3, indices.count)).first(where: { reading.words[indices[$0]].key == Self.to }),
            to + 1 < indices.count
        else { return nil }
        return to + 1
    }

    /// Who or what is named first before the verb.
    private func subject(in indices: ArraySlice<Int>) -> Int? {
        for index in indices {
            let word = reading.words[index]
            if word.isName, let mention = word.mention { return mention }
            if let reference = reading.references.reference(containing: word.span) { return reference.mention }
        }
        return nil
    }

    private func stem(_ word: Word) -> UInt32 {
        var folded: [UInt8] = []
        Folding.append(reading.text, word.span, to: &folded)
        return Vocabulary.stem(&folded)
    }

    /// So many words of a statement are looked at.
    private static let reach = 80
    /// So many words stand at most between a finite verb and what carries the predicate.
    private static let longestGroup = 8
    private static let to = Folding.key("to")
    private static let by = Folding.key("by")
    private static let plans = Set(
        """
        plan plans planned planning intend intends intended expect expects expected schedule scheduled due set slated want
        wants wanted seek seeks sought hope hopes hoped vow vows vowed promise promises promised agree agrees agreed decide
        decides decided try tries tried attempt attempts attempting request requests requested ask asks asked order orders
        ordered demand demands demanded forecast projected predicted likely ready about aim aims aimed propose proposes
        proposed threaten threatens threatened
        """.split { $0 == " " || $0 == "\n" }.map { Folding.key($0) })
}
