import StageKit

/// How two statements stand to each other.
struct Comparison: Equatable {
    /// Why: what is needed to say it in words.
    enum Reason: Equatable {
        /// So many words, all the same; of the smaller document's statements there are so many.
        case sameWords(Int, isQuotation: Bool, of: Int)
        /// Entities in both, by hash, and words in both out of all.
        case shared([UInt32], Int, of: Int)
        /// The same, where what both mean is so much alike, in thousandths.
        case alike(Int, [UInt32], Int, of: Int)
        case negation
        case denial
        /// One thing is said to have happened on days that exclude each other.
        case days
        case figures(FigureConflict)
        /// Each names another one who did the same.
        case agents
        /// Figures, and the days on which they were given.
        case update(FigureConflict, Int, Int)
        /// What one says is planned is done by the day of the other: the days of both.
        case carriedOut(Int, Int)
        /// What one says is undone by the day of the other: the days of both.
        case undone(Int, Int)
        /// The documents say so many things in the same words.
        case sharedText(Int)
    }

    var relation: Links.Relation
    /// The share of links with such a score that are right, in thousandths.
    var score: Int
    var reason: Reason
    /// Whether the two have different sources and neither is a copy of the other, as far as the statements tell.
    var isIndependent: Bool

    init(_ relation: Links.Relation, _ score: Int, _ reason: Reason, isIndependent: Bool = true) {
        self.relation = relation
        self.score = score
        self.reason = reason
        self.isIndependent = isIndependent
    }

    /// What can be said of `a` and `b`, which have so much in common; nil when that is too little, or scores less than
    /// `least`.
    static func between(
        _ a: StatementView, _ b: StatementView, _ overlap: Overlap, figures: FigureLists? = nil,
        least: Int = 0
    ) -> Comparison? {
        let haveMeaning = a.traits.contains(.meaning) && b.traits.contains(.meaning)
        let mayScore =
            haveMeaning || overlap.share >= 400 || a.exact == b.exact || Calibration.most(overlap) >= least
        guard mayScore || a.hasFigures && b.hasFigures else { return nil }
        let compared =
            a.hasFigures && b.hasFigures
            ? FigureComparison(figures?[a] ?? a.figures, figures?[b] ?? b.figures) : FigureComparison([], [])
        // most pairs end here, before all that they have in common is looked at
        guard
            haveMeaning || a.saysSame(as: b) || isWorthwhile(overlap) || mayConflict(overlap)
                || isToll(compared.conflict)
        else { return nil }
        let features = PairFeatures(a, b, overlap, compared)
        let byWords = found(a, b, features, least)
        guard var comparison = byMeaning(a, b, features, least, beside: byWords) ?? byWords else { return nil }
        if comparison.relation == .repeats || a.source != 0 && a.source == b.source {
            comparison.isIndependent = false
        }
        return comparison
    }

    private static func found(
        _ a: StatementView, _ b: StatementView, _ features: PairFeatures, _ least: Int
    ) -> Comparison? {
        let overlap = features.overlap
        guard features.isSame || isWorthwhile(overlap) else {
            guard mayConflict(overlap) || isToll(features.conflict) else { return nil }
            if features.sameCount, let agreement = agreement(a, b, features, least), agreement.relation != .related {
                return agreement
            }
            let isClear = mayConflict(overlap) && overlap.wordWeight >= 4 && overlap.containment >= 500
            guard let conflict = features.conflict,
                isClear || conflict.isSure && (isOfOneAffair(a, b, features) || features.isOfOneDay)
                    || conflict.isNear && conflict.isSure && overlap.names > 0
            else {
                return nil
            }
            return disputeOrUpdate(a, b, features)
        }
        return disputeOrUpdate(a, b, features) ?? agreement(a, b, features, least)
    }

    /// Whether both plainly count the people to whom one thing was done.
    private static func isToll(_ conflict: FigureConflict?) -> Bool {
        conflict.map { $0.isSure && $0.isOfPeople } ?? false
    }

    /// Whether the documents name enough of the same most often to be about one affair, or are of one week.
    private static func isOfOneAffair(_ a: StatementView, _ b: StatementView, _ pair: PairFeatures) -> Bool {
        pair.commonTopics > 1 || pair.topicsMeet && isSoon(a, b)
    }

    /// Whether the documents are of one week.
    private static func isSoon(_ a: StatementView, _ b: StatementView) -> Bool {
        a.day.flatMap { one in b.day.map { abs(one - $0) <= 7 } } ?? false
    }

    /// Whether statements in other words that have so much in common may be linked at all.
    static func isWorthwhile(_ overlap: Overlap) -> Bool {
        return overlap.names > 0 && overlap.weight >= 7 || overlap.weight >= 8 && overlap.share >= 150
            || overlap.weight >= 6 && overlap.containment >= 500
    }

    /// Whether short statements of which figures are half ("44 people were hurt") have enough in common for these to be
    /// compared: what is counted, and what is said of it.
    static func mayConflict(_ overlap: Overlap) -> Bool {
        return overlap.words >= 2 && overlap.wordWeight >= 2 && overlap.containment >= 200
    }

    /// The same, seen from the second statement.
    var mirrored: Comparison {
        switch reason {
        case .figures(let conflict):
            Comparison(relation, score, .figures(conflict.mirrored), isIndependent: isIndependent)
        case .update(let conflict, let own, let other):
            Comparison(relation, score, .update(conflict.mirrored, other, own), isIndependent: isIndependent)
        case .carriedOut(let own, let other):
            Comparison(relation, score, .carriedOut(other, own), isIndependent: isIndependent)
        case .undone(let own, let other):
            Comparison(relation, score, .undone(other, own), isIndependent: isIndependent)
        default: self
        }
    }
}

extension Comparison {
    /// What figures, negation and denial say.
    private static func disputeOrUpdate(
        _ a: StatementView, _ b: StatementView, _ pair: PairFeatures
    ) -> Comparison? {
        let isPoll = a.traits.contains(.poll) || b.traits.contains(.poll)
        if !isPoll, pair.topicsMeet, !pair.daysExclude, pair.conflict.map(isOfOneCount) ?? false {
            // of two numbers that are nearly the same it is plain that they count one thing, whoever is named beside them
            return figures(a, b, pair)
        }
        if !pair.isOpen, let dispute = agents(a, b, pair) { return dispute }
        if pair.isOpen, pair.isSameButNegated, pair.topicsMeet, pair.overlap.wordWeight >= Self.mostOfOpen {
            return negation(a, b, pair)
        }
        guard !pair.overlap.namesExclude, !pair.isOpen else { return nil }
        if isPoll { return polls(a, b, pair) }
        guard !pair.topicsDiffer || pair.isOfOneDay else { return nil }
        if pair.daysExclude { return days(a, b, pair) }
        return figures(a, b, pair) ?? negation(a, b, pair) ?? carriedOut(a, b, pair) ?? undone(a, b, pair)
            ?? scales(a, b, pair)
    }

    /// From so much on, the words of a statement tell what it is about even where a pronoun does not.
    private static let mostOfOpen = 12

    /// Whether two figures are nearly the same and told of the same.
    private static func isOfOneCount(_ conflict: FigureConflict) -> Bool { conflict.isSure && conflict.isNear }

    /// Each names another one who did what only one does: *Weir gave the order to open the gate*.
    private static func agents(_ a: StatementView, _ b: StatementView, _ pair: PairFeatures) -> Comparison? {
        let overlap = pair.overlap
        let kind = StatementToken.kindBit(a.agent)
        guard a.agent != 0, b.agent != 0, StatementToken.hash(a.agent) != StatementToken.hash(b.agent),
            kind == StatementToken.kindBit(b.agent), a.predicate != 0, a.predicate == b.predicate,
            Vocabulary.hasOneAgent(a.predicate), a.traits.contains(.definite), b.traits.contains(.definite),
            a.traits.isDisjoint(with: [.modal, .planned, .denied]),
            b.traits.isDisjoint(with: [.modal, .planned, .denied]),
            !pair.isOneSided, !pair.hasAntonyms, !pair.daysExclude, !pair.numbersDiffer, pair.conflict == nil,
            pair.topicsMeet || overlap.names > 0,
            // apart from the two nobody and nothing is named in one only
            overlap.kindsThatDiffer & ~kind == 0, !a.names(b.agent), !b.names(a.agent)
        else { return nil }
        let agent = StatementToken.weight(a.agent)
        let (rest, lesser) = (overlap.allWeight - 2 * agent, overlap.lesserWeight - agent)
        guard overlap.words >= 2, overlap.weight >= 8, rest > 0, lesser > 0,
            10 * overlap.weight >= 7 * rest || 10 * overlap.weight >= 9 * lesser && 10 * overlap.weight >= 5 * rest
        else { return nil }
        return Comparison(.disputes, min(900, 500 + 300 * overlap.weight / rest), .agents)
    }

    /// What one says is planned, the other, later one says is done.
    private static func carriedOut(_ a: StatementView, _ b: StatementView, _ pair: PairFeatures) -> Comparison? {
        let overlap = pair.overlap
        guard let own = a.day, let other = b.day, own != other, pair.plansDiffer,
            overlap.names > 0, overlap.weight >= 11, overlap.containment >= 500, !pair.isOneSided, !pair.hasAntonyms,
            !pair.numbersDiffer
        else { return nil }
        let (plan, outcome) = a.traits.contains(.planned) ? (own, other) : (other, own)
        let isDone = (a.traits.contains(.planned) ? b : a).traits.isDisjoint(with: [.modal, .denied])
        guard plan < outcome, isDone else { return nil }
        return Comparison(.updates, Calibration.score(.update, pair), .carriedOut(own, other))
    }

    /// What one says is undone by what the other, later one says: *was closed*, *has reopened*.
    private static func undone(_ a: StatementView, _ b: StatementView, _ pair: PairFeatures) -> Comparison? {
        let overlap = pair.overlap
        guard a.predicate != 0, b.predicate != 0, a.predicate != b.predicate,
            let own = a.day, let other = b.day, own != other,
            Vocabulary.undoes(own < other ? b.predicate : a.predicate, own < other ? a.predicate : b.predicate),
            overlap.names > 0, overlap.weight >= 11, overlap.containment >= 450, !pair.isOneSided, !pair.numbersDiffer,
            a.traits.isDisjoint(with: [.modal, .planned, .denied]),
            b.traits.isDisjoint(with: [.modal, .planned, .denied])
        else { return nil }
        return Comparison(.updates, Calibration.score(.update, pair), .undone(own, other))
    }

    /// How far something has come on a scale, on two days: *Category 1*, *Category 3*.
    private static func scales(_ a: StatementView, _ b: StatementView, _ pair: PairFeatures) -> Comparison? {
        guard let own = a.day, let other = b.day, own != other, pair.overlap.names > 0,
            !a.traits.contains(.modal), !b.traits.contains(.modal)
        else { return nil }
        for label in a.labels where !a.reached.contains(label.noun) && !b.reached.contains(label.noun) {
            guard let name = Vocabulary.scale(label.noun),
                let rival = b.labels.first(where: { $0.noun == label.noun && $0.number != label.number }),
                abs(label.number) < 1000, abs(rival.number) < 1000
            else { continue }
            let conflict = FigureConflict(
                "\(name) \(Int(label.number))", "\(name) \(Int(rival.number))", label: "",
                grows: rival.number > label.number)
            return Comparison(.updates, Calibration.score(.update, pair), .update(conflict, own, other))
        }
        return nil
    }

    /// Figures that exclude each other: a dispute, or the later one of something that changes.
    private static func figures(
        _ a: StatementView, _ b: StatementView, _ pair: PairFeatures
    ) -> Comparison? {
        let overlap = pair.overlap
        // Whose figures they are has to be known: by an entity in both, or because no other is named in either.
        guard let conflict = pair.conflict, overlap.wordWeight >= 4 || conflict.isSure,
            overlap.names > 0 || isOfOneThing(conflict, a, b, pair),
            // figures so far apart count two things, as a rule
            !conflict.isWide || conflict.isOfPeople || overlap.share >= 350,
            // a text in one voice that gives two figures speaks of two things, or of how one came to be the other
            a.document != b.document || a.source != b.source
        else { return nil }
        let days = a.day.flatMap { x in b.day.map { (own: x, other: $0) } }
        guard let days, abs(days.own - days.other) > 1, !isOver(a, b, before: min(days.own, days.other)) else {
            return Comparison(.disputes, Calibration.score(.figures, pair), .figures(conflict))
        }
        guard conflict.grows == (days.other > days.own) else {
            // what happened does not unhappen: somebody else's smaller count contradicts the larger one
            let isOther = a.source != b.source || a.source == 0 && a.document != b.document
            guard conflict.isToll || isOfOneCount(conflict), isOther else { return nil }
            return Comparison(.disputes, Calibration.score(.figures, pair), .figures(conflict))
        }
        return Comparison(.updates, Calibration.score(.update, pair), .update(conflict, days.own, days.other))
    }

    /// Whether figures of statements without a common name are those of one thing: where neither names anything, the
    /// documents have to be about one thing, and a document that gives two figures speaks of two.
    private static func isOfOneThing(
        _ conflict: FigureConflict, _ a: StatementView, _ b: StatementView, _ pair: PairFeatures
    ) -> Bool {
        if conflict.isSure, conflict.isNear, pair.commonTopics > 1 { return true }
        // "44 people were hurt" and "50 people were hurt at Skerrow"
        if conflict.isSure, !a.namesAny || !b.namesAny, pair.isOfOneDay || isOfOneAffair(a, b, pair) { return true }
        return !a.namesAny && !b.namesAny && (a.document != b.document || conflict.isSure)
    }

    /// Polls: of one time they are two polls, and of two times one comes after the other. They never dispute each other.
    private static func polls(_ a: StatementView, _ b: StatementView, _ pair: PairFeatures) -> Comparison? {
        guard a.traits.contains(.poll), b.traits.contains(.poll), pair.overlap.names >= 2,
            let conflict = pair.conflict ?? pair.difference, let own = a.day, let other = b.day, abs(own - other) > 6
        else { return nil }
        return Comparison(.updates, Calibration.score(.update, pair), .update(conflict, own, other))
    }

    /// Whether both speak of a time that was over on the day of the earlier document: what happened then has one figure.
    private static func isOver(_ a: StatementView, _ b: StatementView, before day: Int) -> Bool {
        guard let one = a.days, let other = b.days else { return false }
        return max(one.last, other.last) < day
    }

    /// What happens once, on days that exclude each other.
    private static func days(_ a: StatementView, _ b: StatementView, _ pair: PairFeatures) -> Comparison? {
        guard pair.daysConflict, pair.overlap.names > 0, pair.overlap.containment >= 600 else { return nil }
        return Comparison(.disputes, Calibration.score(.negation, pair), .days)
    }

    /// One negates or denies what the other says.
    private static func negation(
        _ a: StatementView, _ b: StatementView, _ pair: PairFeatures
    ) -> Comparison? {
        let overlap = pair.overlap
        let isModal = a.traits.contains(.modal) != b.traits.contains(.modal)
        guard pair.isContrary, !isModal, !pair.numbersDiffer, isAnchored(a, b, pair),
            pair.isFragment || pair.predicatesMeet, !pair.hasAntonyms,
            a.document != b.document || a.source != b.source || overlap.share >= 700
        else { return nil }
        let isAlike =
            overlap.wordWeight >= 8
            && (overlap.share >= 550 || overlap.containment >= 850 && overlap.share >= 400)
        let isOfPredicate =
            pair.negatesPredicate && overlap.names > 0 && overlap.weight >= 9
            && (overlap.containment >= 650 || overlap.names > 1 && overlap.containment >= 500)
            && a.traits.contains(.planned) == b.traits.contains(.planned)
        guard isAlike || isOfPredicate || pair.isSameButNegated || pair.negatesContained && overlap.names > 0 else {
            return nil
        }
        let isDenial = a.traits.contains(.denied) != b.traits.contains(.denied)
        return Comparison(.disputes, Calibration.score(.negation, pair), isDenial ? .denial : .negation)
    }

    /// Whether both speak of something that is known to be one thing: an entity in both, or documents about one thing.
    private static func isAnchored(_ a: StatementView, _ b: StatementView, _ pair: PairFeatures) -> Bool {
        pair.overlap.names > 0 || pair.topicsMeet || a.topics.isEmpty || b.topics.isEmpty
    }

    /// Agreement, or that they speak of one thing.
    private static func agreement(
        _ a: StatementView, _ b: StatementView, _ pair: PairFeatures, _ least: Int
    ) -> Comparison? {
        let overlap = pair.overlap
        if pair.isSame {
            // "She's going to win": so few words say the same only of one thing
            let isLong = a.length >= 8 && a.tokens.count { !StatementToken.isName($0) } >= 4
            guard isLong || !pair.isOpen && !pair.topicsDiffer && (a.predicate != 0 || a.length >= 5) else {
                return nil
            }
            let isQuotation = a.traits.contains(.quoted) && b.traits.contains(.quoted)
            return Comparison(
                .repeats, 990,
                .sameWords(a.length, isQuotation: isQuotation, of: min(a.documentSize, b.documentSize)))
        }
        let score = Calibration.score(.agreement, pair)
        let reason = Reason.shared(sharedNames(a, b), overlap.words, of: overlap.all)
        let isPoll = a.traits.contains(.poll) && b.traits.contains(.poll)
        guard score >= Calibration.leastScore(.supports), agrees(pair), !isPoll || overlap.share >= 900,
            isAnchored(a, b, pair)
        else {
            let score = Calibration.score(.relation, pair)
            return score >= least ? Comparison(.related, score, reason) : nil
        }
        let isNearCopy =
            overlap.share >= 700 || pair.opensAlike && overlap.containment >= 850
            || overlap.words >= 6 && 4 * overlap.words >= 3 * overlap.all
        return Comparison(isNearCopy ? .repeats : .supports, score, reason)
    }

    /// The first three entities that both name, by hash.
    static func sharedNames(_ a: StatementView, _ b: StatementView) -> [UInt32] {
        var shared: [UInt32] = []
        var next = b.tokens.startIndex
        // both are in order of their hashes
        for token in a.tokens where StatementToken.isName(token) {
            let hash = StatementToken.hash(token)
            while next < b.tokens.endIndex, StatementToken.hash(b.tokens[next]) < hash { next += 1 }
            guard next < b.tokens.endIndex else { break }
            guard StatementToken.hash(b.tokens[next]) == hash, StatementToken.isName(b.tokens[next]) else { continue }
            shared.append(hash)
            if shared.count == 3 { break }
        }
        return shared
    }

    /// Of statements with so few words, the predicate says as much as all the rest.
    private static let shortest = 6

    /// Whether nothing keeps the two from saying the same.
    private static func agrees(_ pair: PairFeatures) -> Bool {
        let share = pair.overlap.share
        // what was cut off may negate something of which the rest says nothing
        let isCutOff = pair.opensAlike && pair.overlap.containment >= 850
        if pair.isContradictory || pair.isOneSided && !isCutOff { return false }
        // who sank the ferry did not build it
        if !pair.isFragment, !pair.predicatesMeet, share < 650 || pair.overlap.all <= shortest { return false }
        // a noun phrase says nothing, and nor does what somebody only speaks of
        if pair.isTopic { return false }
        let isLongCutOff = isCutOff && pair.overlap.words >= 6
        if pair.isFragment, pair.hasPronoun && !isLongCutOff || share < 600 && !pair.opensAlike { return false }
        if pair.isOpen, !isCutOff {
            // "the party" of a document about the same party
            let isPart = pair.topicsMeet && pair.overlap.containment >= 700
            guard share >= 600 || isPart, pair.overlap.weight >= 12 else { return false }
        }
        return !pair.topicsDiffer || pair.overlap.names > 1 || share >= 600
    }
}
