import StageKit
import Store

/// A finish over a fold's table: over the rows that moved, or over all of them.
struct Deciding {
    let body: any FinishStep
    let finish: String
    let fold: String
    let state: StateDatabase

    /// The keys whose decision moved, and how many rows were decided.
    struct Work {
        var moved: Set<FoldKey>
        var decided: Int
    }

    private var lookup: FoldLookup {
        { key in try? state.row(key, of: fold) }
    }

    /// Decides again over the groups of connected rows that `keys` belong to.
    func again(over keys: Set<FoldKey>) throws -> Work {
        let groups = try body.groups(of: keys.sorted()) { try state.row($0, of: fold) }
        let owners = keys.union(groups.joined().map(\.key))
        return Work(
            moved: try state.replace(
                groups.flatMap { body.decide($0, lookup) }, ownedBy: owners, finish: finish),
            decided: owners.count)
    }

    /// Decides over the whole table, page by page; only rows that are connected to others are looked up one by one.
    func anew() throws -> Work {
        var before = Dictionary(
            try state.decisions(of: finish).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        try state.clear(finish: finish)
        var work = Work(moved: [], decided: 0)
        func take(_ decisions: [Decision]) throws {
            try state.insert(decisions, finish: finish)
            for decision in decisions where before.removeValue(forKey: decision.key) != decision.value {
                work.moved.insert(decision.key)
            }
        }

        var connected: [FoldKey] = []
        try state.eachRow(of: fold) { row in
            work.decided += 1
            if body.neighbours(of: row).isEmpty {
                try take(body.decide([row], lookup))
            } else {
                connected.append(row.key)
            }
        }
        try take(
            try body.groups(of: connected) { try state.row($0, of: fold) }.flatMap { body.decide($0, lookup) })
        work.moved.formUnion(before.keys)
        return work
    }
}
