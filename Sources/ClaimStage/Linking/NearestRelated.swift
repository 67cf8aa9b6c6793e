/// The pairs of a band's statements that are only related, of which the nearest are told.
///
/// Where many documents speak of one thing, their number grows with the square of that of the statements. Of each
/// statement the pairs that score highest are told, if the other one has room for them as well.
struct NearestRelated {
    /// With so many statements of a band a statement is told to be related.
    static let most = 4

    private struct Pair {
        let a, b: StatementView
        let comparison: Comparison
    }

    private var pairs: [Pair] = []

    /// Takes in a pair, whose first statement precedes the second.
    mutating func add(_ a: StatementView, _ b: StatementView, _ comparison: Comparison) {
        pairs.append(Pair(a: a, b: b, comparison: comparison))
    }

    /// How many pairs there are, told or not.
    var count: Int { pairs.count }

    /// The pairs that are told, the best first.
    var nearest: [(StatementView, StatementView, Comparison)] {
        let order = pairs.sorted { one, two in
            if one.comparison.score != two.comparison.score { return one.comparison.score > two.comparison.score }
            if one.a.precedes(two.a) { return true }
            return !two.a.precedes(one.a) && one.b.precedes(two.b)
        }
        var told: [UnsafeRawPointer: Int] = [:]
        return order.compactMap { pair in
            guard told[pair.a.identity, default: 0] < Self.most, told[pair.b.identity, default: 0] < Self.most else {
                return nil
            }
            told[pair.a.identity, default: 0] += 1
            told[pair.b.identity, default: 0] += 1
            return (pair.a, pair.b, pair.comparison)
        }
    }
}
