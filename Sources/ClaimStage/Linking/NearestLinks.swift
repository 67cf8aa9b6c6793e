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
        case .related: members > largest ? 2 : 4
        case .supports, .disputes, .updates: members > largest ? 2 : 6
        }
    }

    private struct Pair {
        let a, b: StatementView
        let comparison: Comparison
        /// The days between the documents of an update or dispute: one figure follows the one before it.
        let days: Int

        init(_ a: StatementView, _ b: StatementView, _ comparison: Comparison) {
            (self.a, self.b, self.comparison) = (a, b, comparison)
            let isInTime = [.updates, .disputes].contains(comparison.relation)
            days = isInTime ? a.day.flatMap { one in b.day.map { abs(one - $0) } } ?? 0 : 0
        }

        /// Whether it is told before another one.
        func precedes(_ other: Pair) -> Bool {
            if comparison.relation != other.comparison.relation {
                return comparison.relation.rawValue < other.comparison.relation.rawValue
            }
            if days != other.days { return days < other.days }
            if comparison.score != other.comparison.score { return comparison.score > other.comparison.score }
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
    private var pairs: [Pair] = []

    /// No links of a band with so many statements.
    init(members: Int) { self.members = members }

    /// Takes in a pair, whose first statement precedes the second.
    mutating func add(_ a: StatementView, _ b: StatementView, _ comparison: Comparison) {
        pairs.append(Pair(a, b, comparison))
    }

    /// How many pairs there are, told or not.
    var count: Int { pairs.count }

    /// The pairs that are told, by relation and the nearest first.
    var nearest: [(StatementView, StatementView, Comparison)] {
        var told: [End: Int] = [:]
        var parts = JoinedParts()
        return pairs.sorted { $0.precedes($1) }.compactMap { pair in
            let relation = pair.comparison.relation
            let ends = [pair.a, pair.b].map { End(statement: $0.identity, relation: relation) }
            let hasRoom = ends.allSatisfy { told[$0, default: 0] < Self.most(relation, ofMembers: members) }
            guard relation != .related && parts.join(pair.a.identity, pair.b.identity) || hasRoom else { return nil }
            for end in ends { told[end, default: 0] += 1 }
            return (pair.a, pair.b, pair.comparison)
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
