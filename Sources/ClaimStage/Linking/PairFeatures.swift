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

    init(_ a: IndexedStatement, _ b: IndexedStatement, _ overlap: Overlap) {
        let (one, other) = (a.signature, b.signature)
        self.overlap = overlap
        isSame = one.exact == other.exact && one.length == other.length
        opensAlike = one.opening == other.opening
        topicsMeet = a.document == b.document || a.topics.contains(where: b.topics.contains)
        topicsDiffer = !a.topics.isEmpty && !b.topics.isEmpty && !topicsMeet
        let negation = Self.negatesOther(one, other) != Self.negatesOther(other, one)
        let denial = one.traits.contains(.denied) != other.traits.contains(.denied)
        isContrary = negation != denial
        isOneSided = negation || denial || one.negated.isEmpty != other.negated.isEmpty
        hasAntonyms = !isSame && Self.haveAntonyms(one.words, other.words)
        let figures = FigureComparison(one.figures, other.figures)
        conflict = figures.conflict
        figuresAgree = figures.agree
        difference = figures.difference
        numbersDiffer = figures.difference != nil || NumberLabel.exclude(one.labels, other.labels)
        if let x = one.days, let y = other.days {
            daysExclude = !x.overlaps(y)
            daysMeet = !daysExclude && x.isShort && y.isShort
        } else {
            daysMeet = false
            daysExclude = false
        }
        isOpen = a.isOpen || b.isOpen
    }

    /// Whether `a` negates a predicate that `b` has, and `b` says it outside the reach of any negation.
    private static func negatesOther(_ a: StatementSignature, _ b: StatementSignature) -> Bool {
        a.negated.contains { stem in
            !b.reached.contains(stem) && b.words.contains { StatementToken.hash($0) == stem }
        }
    }

    /// Whether one has a word, and the other one that says the contrary, and neither has both.
    private static func haveAntonyms(_ a: [UInt32], _ b: [UInt32]) -> Bool {
        a.contains { token in
            guard StatementToken.hasAntonyms(token), !has(StatementToken.hash(token), b) else { return false }
            return Vocabulary.antonyms(StatementToken.hash(token)).contains { has($0, b) && !has($0, a) }
        }
    }

    private static func has(_ stem: UInt32, _ words: [UInt32]) -> Bool {
        words.contains { StatementToken.hash($0) == stem }
    }
}
