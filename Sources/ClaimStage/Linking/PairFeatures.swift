/// What two statements have in common, and what keeps them apart.
struct PairFeatures {
    /// Words and entities.
    let overlap: Overlap
    /// Whether all words are the same.
    let isSame: Bool
    /// Whether they begin with the same three stems, so that one may be the other cut off or gone on.
    let opensAlike: Bool
    /// Whether their documents are about one thing, as far as the entities tell that they name most.
    let topicsMeet: Bool
    /// Whether both documents name something, and nothing that both name often.
    let topicsDiffer: Bool
    /// Whether one negates or denies a predicate that the other asserts.
    let isContrary: Bool
    /// Whether either negates or denies something that the other does not.
    let isOneSided: Bool
    /// Whether a word of one says the contrary of a word of the other.
    let hasAntonyms: Bool
    /// The first figures that count one thing and exclude each other; nil when there are none, or others agree.
    let conflict: FigureConflict?
    /// Whether figures that count one thing agree, and are such as two texts hardly give by chance.
    let figuresAgree: Bool
    /// The first figures in one unit or with one noun that differ, where none agree.
    let difference: FigureConflict?
    /// Whether there are such figures, or numbers that tell things of one kind apart.
    let numbersDiffer: Bool
    /// Whether both name days, and these exclude each other.
    let daysExclude: Bool
    /// Whether both name days, or months, that may be the same.
    let daysMeet: Bool
    /// Whether of one of them it is not known who is meant.
    let isOpen: Bool

    init(_ a: StatementView, _ b: StatementView, _ overlap: Overlap, _ lists: FigureLists) {
        self.overlap = overlap
        isSame = a.exact == b.exact && a.length == b.length
        opensAlike = a.opening == b.opening
        topicsMeet = a.document == b.document || a.topics.contains(where: b.topics.contains)
        topicsDiffer = !a.topics.isEmpty && !b.topics.isEmpty && !topicsMeet
        let negation = Self.negatesOther(a, b) != Self.negatesOther(b, a)
        let denial = a.traits.contains(.denied) != b.traits.contains(.denied)
        isContrary = negation != denial
        isOneSided = negation || denial || a.negated.isEmpty != b.negated.isEmpty
        hasAntonyms = !isSame && Self.haveAntonyms(a.tokens, b.tokens)
        let figures = a.hasFigures && b.hasFigures ? FigureComparison(lists[a], lists[b]) : FigureComparison([], [])
        conflict = figures.conflict
        figuresAgree = figures.agree
        difference = figures.difference
        numbersDiffer = figures.difference != nil || NumberLabel.exclude(a.labels, b.labels)
        if let x = a.days, let y = b.days {
            daysExclude = !x.overlaps(y)
            daysMeet = !daysExclude && x.isShort && y.isShort
        } else {
            daysMeet = false
            daysExclude = false
        }
        isOpen = a.isOpen || b.isOpen
    }

    /// Whether `a` negates a predicate that `b` has, and `b` says it outside the reach of any negation.
    private static func negatesOther(_ a: StatementView, _ b: StatementView) -> Bool {
        a.negated.contains { stem in !b.reached.contains(stem) && has(stem, b.tokens) }
    }

    /// Whether one has a word, and the other one that says the contrary, and neither has both.
    private static func haveAntonyms(_ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>) -> Bool {
        a.contains { token in
            guard StatementToken.hasAntonyms(token), !has(StatementToken.hash(token), b) else { return false }
            return Vocabulary.antonyms(StatementToken.hash(token)).contains { has($0, b) && !has($0, a) }
        }
    }

    private static func has(_ stem: UInt32, _ tokens: UnsafeBufferPointer<UInt32>) -> Bool {
        tokens.contains { StatementToken.hash($0) == stem && !StatementToken.isName($0) }
    }
}
