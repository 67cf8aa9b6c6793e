import StageKit
import Store

/// A finish over a fold's table: over the rows that moved, or over all of them.
struct Deciding {
    let body: any FinishStep
    let finish: String
    let fold: String
    let state: StateDatabase
    let jobs: Int

    /// What moved, and how many rows were decided.
    struct Work {
        var moved: MovedDecisions
        var decided: Int
    }

    /// Decides again over the groups of connected rows that `keys` belong to.
    func again(over keys: Set<FoldKey>) throws -> Work {
        let order = keys.sorted()
        var rows: [FoldKey: FoldRow] = [:]
        try state.rows(order, of: fold) { rows[$0.key] = $0 }
        let groups = try body.groups(of: order) { key in
            if keys.contains(key) { rows[key] } else { try state.row(key, of: fold) }
        }
        let owners = keys.union(groups.joined().map(\.key))
        let lookup = RowLookup(fold, of: state, many: false)
        let decisions = groups.flatMap { body.decide($0, lookup.row) }
        try lookup.check()
        return Work(moved: try state.replace(decisions, ownedBy: owners, finish: finish), decided: owners.count)
    }

    /// What one portion of the table gave.
    private struct Portion: Sendable {
        var decisions: DecisionRuns.Encoded
        /// Rows that name others, and have to be decided with them.
        var connected: [FoldRow]
        var decided: Int
    }

    /// Decides over the whole table, portion by portion; only rows that are connected to others are kept in memory.
    func anew() async throws -> Work {
        let lookup = RowLookup(fold, of: state, many: true)
        var runs: [DecisionRuns.Encoded] = []
        var connected: [FoldKey: FoldRow] = [:]
        var decided = 0
        var start: [UInt8]?
        while let pages = try state.pages(of: fold, after: start, limit: 32 * jobs), let last = pages.last {
            try Task.checkCancellation()
            let shares = stride(from: 0, to: pages.count, by: 32).map { Array(pages[$0..<min($0 + 32, pages.count)]) }
            for portion in try await concurrentMap(shares, jobs: jobs, { try decide($0, lookup) }) {
                runs.append(portion.decisions)
                decided += portion.decided
                for row in portion.connected { connected[row.key] = row }
            }
            start = last.start
        }
        var rest = DecisionRuns()
        for group in body.groups(of: connected.keys.sorted(), row: { connected[$0] }) {
            for decision in body.decide(group, lookup.row) { rest.add(decision) }
        }
        try lookup.check()
        return Work(moved: try state.replaceAll(runs + [rest.encoded], finish: finish), decided: decided)
    }

    private func decide(_ pages: [StateDatabase.Rows], _ lookup: RowLookup) throws -> Portion {
        var decisions = DecisionRuns()
        var connected: [FoldRow] = []
        var decided = 0
        for page in pages {
            for row in try page.rows() {
                decided += 1
                if body.neighbours(of: row).isEmpty {
                    for decision in body.decide([row], lookup.row) { decisions.add(decision) }
                } else {
                    connected.append(row)
                }
            }
        }
        return Portion(decisions: decisions.encoded, connected: connected, decided: decided)
    }
}
