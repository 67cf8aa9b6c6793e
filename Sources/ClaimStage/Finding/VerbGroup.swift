/// A verb of saying with what stands before it: auxiliaries, negation, adverbs.
struct VerbGroup {
    /// From the first auxiliary or adverb to the verb.
    var range: Range<Int>
    /// Whether it is negated.
    var isNegated = false
    /// Whether it is passive: "was told", "is claimed".
    var isPassive = false
    /// Whether it has "would", "could" or "might".
    var isConditional = false
    /// Whether it has a modal verb: "should decide".
    var isModal = false
    /// Whether "to" stands before it.
    var isInfinitive = false

    /// The group that ends with the verb at `verb`, beginning at `start` at the earliest.
    init(verb: Int, from start: Int, in words: [Word], phrases: NounPhrases) {
        var first = verb
        var hasBe = false
        while first > start {
            let word = words[first - 1]
            if word.isAny(.auxiliary), !phrases.isPossessiveMark(first - 1), word.mention == nil {
                hasBe = hasBe || word.isAny(.be)
                // "has to say" is no infinitive of another verb
                isInfinitive = false
                isModal = isModal || word.isAny(.modal)
                isConditional = isConditional || word.isAny(.modal) && !Self.future.contains(word.key)
            } else if first == verb, words[verb].cue?.form == .progressive, Self.aspects.contains(word.key) {
                // "might start saying"
            } else if word.isAny(.negation) {
                isNegated = true
            } else if word.key == Self.to {
                isInfinitive = true
            } else if Self.floating.contains(word.key), first - 1 > start,
                words[first - 2].isName || words[first - 2].isAny(.pronoun) || words[first - 2].forms.contains(.plural)
            {
                // "Weir and Holm both said"
            } else if word.isAny(.preposition), first < verb, words[first].isDate, first - 1 > start,
                words[first - 2].isAny(.auxiliary)
            {
                // "was on Sunday reported to …"
            } else if word.key == Self.long, first - 1 > start, words[first - 2].isAny(.auxiliary) {
                // "has long been accused"
            } else if !word.isAdverb || word.isAny([.determiner, .pronoun]) || word.mention != nil && !word.isDate {
                break
            }
            first -= 1
        }
        let form = words[verb].cue?.form ?? []
        isPassive = hasBe && form.contains(.participle)
        range = first..<verb + 1
    }

    private static let floating = Set(["all", "both", "each"].map { Folding.key($0) })
    private static let long = Folding.key("long")
    private static let aspects = Set(
        [
            "start", "starts", "started", "begin", "begins", "began", "begun", "keep", "keeps", "kept", "continue",
            "continues", "continued",
        ].map { Folding.key($0) })
    private static let to = Folding.key("to")
    /// The modal verbs that leave no doubt that something is said: "will say", "can say".
    static let future: Set<UInt64> = [
        Folding.key("will"), Folding.key("shall"), Folding.key("'ll"), Folding.key("can"), Folding.key("must"),
        Folding.key("should"),
    ]
}
