import StageKit

/// The links of a band, of which for each statement the nearest are told.
///
/// Where many documents speak of one thing, the number of links grows with the square of that of the statements. Of each
/// relation the nearest are told, if the other statement has room for them as well. What else it takes to lead from each
/// statement to all others of one question is told too, so that questions stay whole.
struct NearestLinks {
    /// Of a band with more statements than this, fewer are told: what is told often has links in many such bands.
    static let largest = 64

    /// With so many statements of a band a statement is told to stand in a relation.
    static func most(_ relation: Links.Relation, ofMembers members: Int) -> Int {
        switch relation {
        case .repeats: SameWords.most
        case .related: members > largest ? 1 : 4
        case .supports, .disputes, .updates: members > largest ? 2 : 6
        }
    }

    /// What the order of a pair goes by: numbers and places only, so that nothing is counted while they are sorted.
    private struct Rank {
        let relation: UInt8
        /// The days between the documents of an update or dispute: one figure follows the one before it.
        let days: Int
        let score: Int
        let a, b: StatementView
        /// Which of the pairs it is.
        let number: Int

        init(_ a: StatementView, _ b: StatementView, _ comparison: Comparison, number: Int) {
            (self.a, self.b, self.number) = (a, b, number)
            (relation, score) = (comparison.relation.rawValue, comparison.score)
            let isInTime = comparison.relation == .updates || comparison.relation == .disputes
            days = isInTime ? a.day.flatMap { one in b.day.map { abs(one - $0) } } ?? 0 : 0
        }

        /// Whether it is told before another one.
        func precedes(_ other: Rank) -> Bool {
            if relation != other.relation { return relation < other.relation }
            if days != other.days { return days < other.days }
            if score != other.score { return score > other.score }
            if a.precedes(other.a) { return true }
            return !other.a.precedes(a) && b.precedes(other.b)
        }
    }

    private struct End: Hashable {
        let statement: UnsafeRawPointer
        let relation: Links.Relation
    }

    /// How many statements the band has.
    private let members: Int
    private var ranks: [Rank] = []
    private var comparisons: [Comparison] = []

    /// No links of a band with so many statements.
    init(members: Int) { self.members = members }

    /// Takes in a pair, whose first statement precedes the second.
    mutating func add(_ a: StatementView, _ b: StatementView, _ comparison: Comparison) {
        ranks.append(Rank(a, b, comparison, number: comparisons.count))
        comparisons.append(comparison)
    }

    /// How many pairs there are, told or not.
    var count: Int { ranks.count }

    /// The pairs that are told, by relation and the nearest first.
    var nearest: [(StatementView, StatementView, Comparison)] {
        var told: [End: Int] = [:]
        var parts = JoinedParts()
        return ranks.sorted { $0.precedes($1) }.compactMap { pair in
            let comparison = comparisons[pair.number]
            let relation = comparison.relation
            let (one, two) = (
                End(statement: pair.a.identity, relation: relation), End(statement: pair.b.identity, relation: relation)
            )
            let most = Self.most(relation, ofMembers: members)
            let hasRoom = told[one, default: 0] < most && told[two, default: 0] < most
            guard relation != .related && parts.join(pair.a.identity, pair.b.identity) || hasRoom else { return nil }
            told[one, default: 0] += 1
            told[two, default: 0] += 1
            return (pair.a, pair.b, comparison)
        }
    }
}

/// Which statements links lead to from which, directly or through others (Galler and Fischer 1964).
private struct JoinedParts {
    private var parents: [UnsafeRawPointer: UnsafeRawPointer] = [:]

    /// Joins the parts of two statements; whether they were two.
    mutating func join(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer) -> Bool {
        let (one, other) = (root(a), root(b))
        guard one != other else { return false }
        parents[one] = other
        return true
    }

    private mutating func root(_ statement: UnsafeRawPointer) -> UnsafeRawPointer {
        var at = statement
        while let parent = parents[at] {
            // the way gets shorter by half each time that it is gone
            if let next = parents[parent] { parents[at] = next }
            at = parent
        }
        return at
    }
}
