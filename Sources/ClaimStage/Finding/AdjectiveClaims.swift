import StageKit

/// Finds what somebody is sure or afraid of: `Holm is confident that the wall will hold`, `made clear that …`.
struct AdjectiveClaims {
    private let words: [Word]
    private let phrases: NounPhrases
    private let clauses: ClauseTest
    private let verbs: VerbClaims

    /// A finder over `reading`.
    init(_ reading: Reading, _ phrases: NounPhrases, _ verbs: VerbClaims) {
        words = reading.words
        self.phrases = phrases
        self.verbs = verbs
        clauses = ClauseTest(reading, phrases)
    }

    /// The claim whose cue is the adjective at `index`; nil where no clause follows, or nobody is said to be so.
    func draft(at index: Int, _ cue: Cue, _ scope: Scope) -> Draft? {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        guard let stance = cue.adjectiveStance, index > start + 1, index + 3 < end else { return nil }
        var verb = index - 1
        while verb > start + 1, words[verb].isAdverb || words[verb].isAny(.negation) { verb -= 1 }
        let isMade = Self.makes.contains(words[verb].key)
        guard words[verb].isAny(.be) || Self.states.contains(words[verb].key) || isMade else { return nil }
        let content = index + 1
        guard
            words[content].isAny(.that) && clauses.isClause(behindThat: content, to: end)
                || !isMade && words[content].isAny([.subject, .determiner])
                    && clauses.verb(ofClauseAt: content, to: end) != nil
        else { return nil }
        let group = VerbGroup(verb: verb, from: start, in: words, phrases: phrases)
        guard !group.isInfinitive, let subject = verbs.subject(ofVerb: group, start),
            subject.count > 1
                || !words[subject.lowerBound].isAny([.neuter, .that])
                    && words[subject.lowerBound].key != Self.what
        else { return nil }
        let isNegated = group.isNegated || words[verb..<index].contains { $0.isAny(.negation) }
        return Draft(
            source: subject, cue: group.range.lowerBound..<index + 1,
            content: [content..<clauses.end(ofContentAt: content, to: end)],
            stance: isNegated ? .denied : scope.isQuestion ? .questioned : stance, sentence: scope.sentence,
            within: scope.quotation)
    }

    private static let what = Folding.key("what")
    private static let makes = Set(["make", "makes", "made", "making"].map { Folding.key($0) })
    private static let states = Set(
        ["feel", "feels", "felt", "remain", "remains", "remained", "seem", "seems", "seemed", "become", "became"].map {
            Folding.key($0)
        })
}
