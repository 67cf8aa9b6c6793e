import StageKit

/// How two claims stand to each other.
struct Comparison: Equatable {
    var relation: Links.Relation
    /// In thousandths.
    var score: Int
    /// In words.
    var reason: String

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

    /// What can be said of `a` and `b`; nil when they have too little in common. The same, mirrored, for `b` and `a`.
    init?(_ a: ClaimSignature, _ b: ClaimSignature) {
        let overlap = Overlap(a.stems, b.stems)
        let isSame = a.exact == b.exact && a.length == b.length
        guard isSame || overlap.common >= 2 else { return nil }
        let isContrary = Self.isNegation(a, b) != (a.isDenied != b.isDenied)
        let share = isSame ? 1000 : overlap.share
        if !overlap.namesDiffer {
            if share >= Threshold.figures || overlap.containment >= Threshold.contained,
                let conflict = FigureConflict(a.figures, b.figures)
            {
                self.init(.disputes, 500 + share / 2, conflict.reason)
                return
            }
            if isContrary,
                share >= Threshold.negation
                    || overlap.common >= Threshold.contraryStems && overlap.containment >= Threshold.contrary
            {
                let reason = a.isDenied != b.isDenied ? "one denies what the other says" : "one negates the other"
                self.init(.disputes, share, reason)
                return
            }
            if isSame {
                self.init(.repeats, 1000, "same \(a.isQuoted && b.isQuoted ? "quotation" : "words"), \(a.length) words")
                return
            }
        }
        guard overlap.common >= Threshold.commonStems || share == 1000, !isContrary else { return nil }
        let reason = "\(overlap.common) of \(overlap.all) words shared"
        if !overlap.namesDiffer, share >= Threshold.repeats {
            self.init(.repeats, share, reason)
        } else if !overlap.namesDiffer, share >= Threshold.supports || overlap.containment >= Threshold.contained {
            self.init(.supports, max(share, Threshold.supports), reason)
        } else if share >= Threshold.related {
            self.init(.related, share, reason)
        } else {
            return nil
        }
    }

    /// Whether an odd number of words stand behind a negation in one of the two and without one in the other.
    private static func isNegation(_ a: ClaimSignature, _ b: ClaimSignature) -> Bool {
        let mask = ClaimSignature.nameBit - 1
        func onlyNegated(in a: ClaimSignature, _ b: ClaimSignature) -> Int {
            a.negated.count { stem in !b.negated.contains(stem) && b.stems.contains { $0 & mask == stem } }
        }
        return !(onlyNegated(in: a, b) + onlyNegated(in: b, a)).isMultiple(of: 2)
    }

    private init(_ relation: Links.Relation, _ score: Int, _ reason: String) {
        self.relation = relation
        self.score = score
        self.reason = reason
    }
}

/// How much two sorted lists of stems have in common.
struct Overlap {
    /// How many stems are in both.
    var common = 0
    /// How many are in either.
    var all = 0
    /// ``common`` of ``all``, in thousandths.
    var share: Int { all == 0 ? 0 : 1000 * common / all }
    /// ``common`` of the shorter list, in thousandths.
    var containment = 0
    /// Whether each has names that the other lacks.
    var namesDiffer = false

    init(_ a: [UInt32], _ b: [UInt32]) {
        let mask = ClaimSignature.nameBit - 1
        let inA = Set(a.lazy.map { $0 & mask }), inB = Set(b.lazy.map { $0 & mask })
        common = inA.count { inB.contains($0) }
        all = inA.count + inB.count - common
        let shorter = min(inA.count, inB.count)
        containment = shorter == 0 ? 0 : 1000 * common / shorter
        let onlyA = a.contains { $0 > mask && !inB.contains($0 & mask) }
        namesDiffer = onlyA && b.contains { $0 > mask && !inA.contains($0 & mask) }
    }
}
