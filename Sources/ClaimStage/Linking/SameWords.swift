/// Statements of a band that many documents make in the same words.
///
/// Pairs of them grow with the square of their number and say nothing new: the first stands for all. It is linked with
/// each of the others, and alone compared with other statements; of the others, each is linked with the next few, so that
/// neighbours can be laid side by side. The order is that of the documents.
struct SameWords {
    /// Up to so many statements in the same words are linked each with each.
    static let most = 10
    /// In a larger group, a statement is linked with so many behind it.
    static let neighbours = 3

    /// For each member of the band, the number of its group; -1 for none.
    private let groups: [Int32]
    /// For each member of a group, whether it stands for the group.
    private let leads: [Bool]
    /// The pairs of a group that are linked, by their places among the members.
    let pairs: [(Int, Int)]

    /// The groups among `members`, by their numbers in `table`.
    init(_ members: [Int], of table: StatementTable) {
        guard members.count > Self.most else {
            (groups, leads, pairs) = ([], [], [])
            return
        }
        let exact = members.map { table[$0].exact }
        let order = members.indices.sorted {
            exact[$0] == exact[$1] ? members[$0] < members[$1] : exact[$0] < exact[$1]
        }
        var groups: [Int32] = [], leads: [Bool] = []
        var pairs: [(Int, Int)] = []
        var start = 0, number: Int32 = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, exact[order[end]] == exact[order[start]] { end += 1 }
            defer { start = end }
            guard end - start > Self.most else { continue }
            if groups.isEmpty {
                groups = Array(repeating: -1, count: members.count)
                leads = Array(repeating: false, count: members.count)
            }
            let group = order[start..<end].sorted { table[members[$0]].precedes(table[members[$1]]) }
            for (rank, member) in group.enumerated() {
                groups[member] = number
                leads[member] = rank == 0
                for other in group.dropFirst(rank + 1).prefix(rank == 0 ? group.count : Self.neighbours) {
                    pairs.append((member, other))
                }
            }
            number += 1
        }
        self.groups = groups
        self.leads = leads
        self.pairs = pairs
    }

    /// Whether there is no such group.
    var isEmpty: Bool { groups.isEmpty }

    /// Whether two members are compared as all others are: those of one group are not, nor those that others stand for.
    func compares(_ one: Int, _ two: Int) -> Bool {
        guard groups[one] != groups[two] || groups[one] < 0 else { return false }
        return (groups[one] < 0 || leads[one]) && (groups[two] < 0 || leads[two])
    }
}
