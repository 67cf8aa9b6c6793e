import StageKit

/// How two claims stand to each other.
struct Comparison: Equatable {
    /// Why: what is needed to say it in words.
    enum Reason: Equatable {
        case sameWords(Int, isQuotation: Bool)
        case shared(Int, of: Int)
        case negation
        case denial
        case figures(FigureConflict)
    }

    var relation: Links.Relation
    /// In thousandths.
    var score: Int
    var reason: Reason

    /// Shares of words, in thousandths, from which claims are linked.
    private enum Threshold {
        static let repeats = 700
        static let supports = 500
        static let contained = 850
        static let figures = 450
        static let negation = 700
        static let contrary = 800
        static let contraryStems = 4
        static let related = 350
        static let commonStems = 3
    }

    /// What can be said of `a` and `b`; nil when they have too little in common.
    ///
    /// A function and no initializer, which would be handed copies of both: it is asked millions of times.
    static func between(_ a: ClaimSignature, _ b: ClaimSignature) -> Comparison? {
        let isSame = a.exact == b.exact && a.length == b.length
        let overlap = Overlap.between(a.stems, b.stems)
        guard isSame || isWorthwhile(overlap) else { return nil }
        let share = isSame ? 1000 : overlap.share
        let isContrary = Self.isNegation(a, b) != (a.isDenied != b.isDenied)
        if !overlap.namesDiffer {
            if share >= Threshold.figures || overlap.containment >= Threshold.contained,
                let conflict = FigureConflict(a.figures, b.figures)
            {
                return Comparison(.disputes, 500 + share / 2, .figures(conflict))
            }
            if isContrary,
                share >= Threshold.negation
                    || overlap.common >= Threshold.contraryStems && overlap.containment >= Threshold.contrary
            {
                return Comparison(.disputes, share, a.isDenied != b.isDenied ? .denial : .negation)
            }
            if isSame {
                return Comparison(.repeats, 1000, .sameWords(a.length, isQuotation: a.isQuoted && b.isQuoted))
            }
        }
        guard overlap.common >= Threshold.commonStems || share == 1000, !isContrary else { return nil }
        let reason = Reason.shared(overlap.common, of: overlap.all)
        if !overlap.namesDiffer, share >= Threshold.repeats {
            return Comparison(.repeats, share, reason)
        } else if !overlap.namesDiffer, share >= Threshold.supports || overlap.containment >= Threshold.contained {
            return Comparison(.supports, max(share, Threshold.supports), reason)
        } else if share >= Threshold.related {
            return Comparison(.related, share, reason)
        } else {
            return nil
        }
    }

    /// Whether claims in other words that have so much in common may be linked at all.
    static func isWorthwhile(_ overlap: Overlap) -> Bool {
        overlap.common >= 2
            && (overlap.share >= Threshold.related || overlap.containment >= Threshold.contrary)
    }

    init(_ relation: Links.Relation, _ score: Int, _ reason: Reason) {
        self.relation = relation
        self.score = score
        self.reason = reason
    }

    /// The same, seen from the second claim.
    var mirrored: Comparison {
        guard case .figures(let conflict) = reason else { return self }
        let other = FigureConflict(conflict.rival, conflict.figure, label: conflict.label)
        return Comparison(relation, score, .figures(other))
    }

    /// Whether an odd number of words stand behind a negation in one of the two and without one in the other.
    private static func isNegation(_ a: ClaimSignature, _ b: ClaimSignature) -> Bool {
        if a.negated.isEmpty, b.negated.isEmpty { return false }
        func onlyNegated(in a: ClaimSignature, _ b: ClaimSignature) -> Int {
            a.negated.count { stem in
                !b.negated.contains(stem) && b.stems.contains { $0 & ClaimSignature.wordMask == stem }
            }
        }
        return !(onlyNegated(in: a, b) + onlyNegated(in: b, a)).isMultiple(of: 2)
    }
}

extension Comparison.Reason {
    /// `same quotation, 14 words`; `figures differ: at least 50 / 44 killed`.
    var words: String {
        switch self {
        case .sameWords(let count, let isQuotation): "same \(isQuotation ? "quotation" : "words"), \(count) words"
        case .shared(let common, let all): "\(common) of \(all) words shared"
        case .negation: "one negates the other"
        case .denial: "one denies what the other says"
        case .figures(let conflict):
            "figures differ: \(conflict.figure) / \(conflict.rival)" + (conflict.label.isEmpty ? "" : " ")
                + conflict.label
        }
    }
}
