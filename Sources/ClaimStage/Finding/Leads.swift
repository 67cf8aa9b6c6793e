import StageKit

/// Finds who says what a word of saying gives that depends on another word: "went on to say", "was quick to add",
/// "declined to say", "floated the notion".
struct Leads {
    private let words: [Word]
    private let reading: Reading
    private let phrases: NounPhrases
    private let verbs: VerbClaims

    /// A finder over `reading`.
    init(_ reading: Reading, _ phrases: NounPhrases, _ verbs: VerbClaims) {
        self.reading = reading
        self.phrases = phrases
        self.verbs = verbs
        words = reading.words
    }

    /// Who says it, by the verb that takes the noun of saying at `noun`; the words from that verb on are the cue.
    func voice(of noun: Int, from start: Int) -> (source: Range<Int>, cue: Range<Int>, isDenied: Bool)? {
        var at = noun - 1
        while at > start, noun - at < 5,
            words[at].isAny(.determiner) && !words[at].isAny(.possessive) || words[at].forms.contains(.adjective)
                || words[at].isAny(.particle)
        { at -= 1 }
        guard at > start, words[at].isAny([.voices, .denies]) else { return nil }
        let group = VerbGroup(verb: at, from: start, in: words, phrases: phrases)
        guard !group.isInfinitive, reading.isFiniteVerb(at) || group.range.count > 1,
            let source = verbs.subject(ofVerb: group, start)
        else { return nil }
        return (source, group.range.lowerBound..<noun + 1, words[at].isAny(.denies) != group.isNegated)
    }
}
