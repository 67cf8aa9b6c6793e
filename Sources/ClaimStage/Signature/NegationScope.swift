/// Which stems stand behind a negation: that of the predicate which it negates, and the few that follow it.
struct NegationScope {
    /// The stems that a negation is about: the one behind it, and those that *or*, *nor* and *and* join to it.
    private(set) var heads: [UInt32] = []
    /// All stems that a negation reaches.
    private(set) var reached: [UInt32] = []

    private var isPending = false
    private var isJoined = false
    private var left = 0
    private var last: UInt32?

    /// So many stems behind a negation are within its reach.
    private static let reach = 4

    /// A negation.
    mutating func begin() {
        isPending = true
        left = Self.reach
    }

    /// A word that says that something is not so, *unlawful*: behind a negation it is so.
    mutating func flip() {
        guard isPending else { return begin() }
        isPending = false
        left = 0
    }

    /// A figure: whether the negation before it is only about the figure, *52 were hurt, not 44*.
    mutating func passFigure() -> Bool {
        defer { if isPending { isPending = false; left = 0 } }
        return isPending
    }

    /// A word that joins what follows to what came before.
    mutating func join() { isJoined = left > 0 }

    /// A stem.
    mutating func pass(_ stem: UInt32) {
        last = stem
        guard left > 0 else { return }
        left -= 1
        reached.append(stem)
        if isPending || isJoined && left >= Self.reach - 2 { heads.append(stem) }
        isPending = false
        isJoined = false
    }

    /// The end of a clause.
    mutating func endClause() {
        // "He said that he would not.": it is about what came before
        if isPending, let last {
            heads.append(last)
            reached.append(last)
        }
        isPending = false
        left = 0
    }
}
