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
    /// How many of the entities that the two documents name most are the same.
    let commonTopics: Int
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
    /// Whether either has no predicate of its own: a noun phrase, or what is left of a sentence.
    let isFragment: Bool
    /// Whether either is only what somebody speaks of: *answered questions about the harbour*.
    let isTopic: Bool
    /// Whether in either a pronoun means somebody who is not known.
    let hasPronoun: Bool
    /// Whether the predicate of one is a word of the other.
    let predicatesMeet: Bool
    /// Whether the predicate of the shorter one is a word of the longer one; of two that are equally long, whether that of
    /// either is one of the other, so that it does not matter which comes first.
    let lesserPredicateMeets: Bool
    /// Whether one negates or denies the main predicate of the other.
    let negatesPredicate: Bool
    /// Whether they give one number of one thing, of which they say the same.
    let sameCount: Bool
    /// Whether one says that somebody did to another what that one did to them in the other.
    let isReversed: Bool
    /// Whether one says that it is planned, and the other that it is so.
    let plansDiffer: Bool
    /// Whether both name one and the same day.
    let isOfOneDay: Bool
    /// Whether what one says happened on days that exclude those of the other, and it happens once.
    let daysConflict: Bool

    /// How like what they mean is, in thousandths; nil where statements are not compared by meaning.
    let likeness: Int?

    /// Whether the shorter statement counts something, and the longer one does not give that figure.
    let lacksFigure: Bool
    /// Whether the shorter statement names a day, and the longer one neither names it nor one that it may be.
    let lacksDay: Bool
    /// Whether nearly all words are the same, so that only a negation tells the two apart.
    let isSameButNegated: Bool
    /// Whether one negates what the shorter one is about, and the longer one has nearly all of the shorter.
    let negatesContained: Bool

    /// Whether something says that the two do not say the same, whatever else they have in common.
    var isContradictory: Bool {
        // what is announced is not yet so
        overlap.namesExclude || isContrary || hasAntonyms || isReversed || plansDiffer || conflict != nil
            || numbersDiffer || daysExclude
    }

    /// The same, or one negates or denies something that the other does not.
    var isKeptApart: Bool { isContradictory || isOneSided }

    /// Whether most of the shorter statement is in the longer one, and its predicate.
    var isContained: Bool {
        // names tell who is spoken of, and a figure is what the statement gives
        guard lesserPredicateMeets, !topicsDiffer, !isOpen, !lacksFigure, !lacksDay,
            2 * overlap.wordWeight >= overlap.lesserWordWeight
        else { return false }
        return overlap.containment >= Calibration.mostlyContained && overlap.weight >= Calibration.leastWeight
            || overlap.containment >= Calibration.leastContained && overlap.weight >= Calibration.weightOfContained
    }

    init(_ a: StatementView, _ b: StatementView, _ overlap: Overlap, _ figures: FigureComparison) {
        self.overlap = overlap
        likeness = Meaning(a).flatMap { own in Meaning(b).map { own.likeness(to: $0) } }
        isSame = a.saysSame(as: b)
        opensAlike = a.opening == b.opening
        commonTopics = a.document == b.document ? a.topics.count : a.topics.count(where: b.topics.contains)
        topicsMeet = a.document == b.document || commonTopics > 0
        topicsDiffer = !a.topics.isEmpty && !b.topics.isEmpty && !topicsMeet
        let negation = Self.negatesOther(a, b) != Self.negatesOther(b, a)
        let denial = a.traits.contains(.denied) != b.traits.contains(.denied)
        isContrary = negation != denial
        isOneSided = negation || denial || a.negated.isEmpty != b.negated.isEmpty
        hasAntonyms = !isSame && Self.haveAntonyms(a.tokens, b.tokens)
        let lesser = overlap.firstExcess <= 0 ? a : b
        lacksFigure = lesser.hasFigures && !figures.anyEqual
        let longer = overlap.firstExcess <= 0 ? b : a
        let daysOverlap = a.days.flatMap { x in b.days.map(x.overlaps) } ?? false
        lacksDay =
            !daysOverlap
            && lesser.tokens.contains { token in
                StatementToken.isDate(token)
                    && !longer.tokens.contains { StatementToken.hash($0) == StatementToken.hash(token) }
            }
        conflict = figures.conflict
        figuresAgree = figures.agree
        difference = figures.difference
        numbersDiffer =
            figures.difference != nil || a.hasLabels && b.hasLabels && NumberLabel.exclude(a.labels, b.labels)
        if let x = a.days, let y = b.days {
            daysExclude = !x.overlaps(y)
            daysMeet = !daysExclude && x.isShort && y.isShort
        } else {
            daysMeet = false
            daysExclude = false
        }
        isOpen = a.isOpen || b.isOpen
        isFragment = a.predicate == 0 || b.predicate == 0
        isTopic = Self.isTopic(a) || Self.isTopic(b)
        hasPronoun = a.traits.contains(.pronoun) || b.traits.contains(.pronoun)
        let (aInB, bInA) = (Self.says(a.predicate, b), Self.says(b.predicate, a))
        predicatesMeet = aInB || bInA
        lesserPredicateMeets = overlap.firstExcess <= 0 && aInB || overlap.firstExcess >= 0 && bInA
        let samePredicate = a.predicate != 0 && a.predicate == b.predicate
        negatesPredicate =
            isContrary
            && (denial
                ? samePredicate
                : Self.negatesPredicate(of: b, a) || Self.negatesPredicate(of: a, b))
        isSameButNegated = isContrary && overlap.share >= 950 && overlap.words >= 2 && overlap.weight >= 6
        negatesContained =
            isContrary && overlap.containment >= 850 && overlap.weight >= Calibration.leastWeight
            && (negatesPredicate || samePredicate && !denial)
        sameCount =
            figures.sameCount && (figures.sameLargeCount || predicatesMeet) && (overlap.names > 0 || commonTopics > 1)
        isReversed =
            a.agent != 0 && b.agent != 0 && StatementToken.hash(a.agent) != StatementToken.hash(b.agent)
            && samePredicate && a.names(b.agent) && b.names(a.agent)
        plansDiffer =
            samePredicate && a.traits.contains(.planned) != b.traits.contains(.planned)
        isOfOneDay = a.days.flatMap { x in b.days.map { x.first == x.last && x == $0 } } ?? false
        daysConflict =
            daysExclude && a.traits.contains(.dated) && b.traits.contains(.dated)
            && (samePredicate && Vocabulary.happensOnce(a.predicate)
                || a.traits.contains(.once) && b.traits.contains(.once)
                    && a.tokens.contains {
                        Vocabulary.happensOnce(StatementToken.hash($0)) && Self.has(StatementToken.hash($0), b.tokens)
                    })
    }

    /// Whether it is only what somebody speaks of.
    private static func isTopic(_ statement: StatementView) -> Bool {
        statement.traits.contains(.topic) && !statement.traits.contains(.clausal)
    }

    /// Whether `statement` has the predicate among its words.
    private static func says(_ predicate: UInt32, _ statement: StatementView) -> Bool {
        predicate != 0 && has(predicate, statement.tokens)
    }

    /// Whether `b` negates the predicate of `a`, and all of it: who has *not won in three states* may have won in two.
    private static func negatesPredicate(of a: StatementView, _ b: StatementView) -> Bool {
        a.predicate != 0 && a.negated.isEmpty && b.negated.contains(a.predicate)
            && (!b.hasFigures || a.hasFigures)
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
