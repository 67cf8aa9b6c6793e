import CMemory
import StageKit
import Store

/// A finish over a fold's table: over the rows that moved, or over all of them.
struct Deciding<Body: FinishStep> {
    let body: Body
    let finish: StepID
    let fold: StepID
    let state: StateDatabase
    let jobs: Int

    /// What moved, and how many rows were decided.
    typealias Work = (moved: MovedDecisions, decided: Int)

    /// Decides again over the groups of connected rows that `keys` belong to.
    func again(over keys: Set<FoldKey>) async throws -> Work {
        let order = keys.sorted()
        var rows: [FoldKey: FoldRow] = [:]
        try state.rows(order, of: fold) { rows[$0.key] = $0 }
        let groups = try body.groups(of: order) { key in
            if keys.contains(key) { rows[key] } else { try state.row(key, of: fold) }
        }
        let owners = keys.union(groups.joined().map(\.key))
        let constants = try await constants(for: groups.joined().flatMap(body.constants(for:)))
        let decisions = groups.flatMap { body.decide($0, constants) }
        return (try state.replace(decisions, ownedBy: owners, finish: finish), owners.count)
    }

    /// Pages of the table that a task takes at once.
    private static var share: Int { 32 }
    /// So many rows are looked up at once, at least. For each such lot the table is read once more from its beginning to
    /// its end, so that there are never more than some dozens of them.
    private static var lot: Int { 80_000 }
    private static var mostLots: Int { 80 }

    /// A part of the table, and what has to be looked up to decide over it.
    private struct Share: Sendable {
        var pages: [StateDatabase.Rows]
        var wanted: [FoldKey] = []
        /// Rows that name others, and have to be decided with them.
        var connected: [FoldRow] = []
        var count = 0
    }

    /// Decides over the whole table, which has so many `entries`, lot by lot; only rows that are connected to others are
    /// kept in memory.
    func anew(entries: Int) async throws -> Work {
        let pile = DecisionPile(of: state)
        let most = max(Self.lot, entries / Self.mostLots)
        var connected: [FoldKey: FoldRow] = [:]
        var (decided, lots) = (0, 0)
        var start: [UInt8]?
        var lot = try await shares(after: &start, wanting: most)
        while !lot.isEmpty {
            try Task.checkCancellation()
            for share in lot {
                decided += share.count
                for row in share.connected { connected[row.key] = row }
            }
            let (wanted, parts) = (lot.flatMap(\.wanted), lot.map(\.pages))
            lot = []
            let constants = try await constants(for: wanted)
            try await concurrentForEach(parts, jobs: jobs) {
                try encoded($0, constants)
            } then: {
                try pile.add($0)
            }
            // Not after each lot: what is given back has to be asked for again.
            lots += 1
            if lots.isMultiple(of: 4) || most > 2 * Self.lot { colophon_return_memory() }
            lot = try await shares(after: &start, wanting: most)
        }
        let groups = body.groups(of: connected.keys.sorted(), row: { connected[$0] })
        let constants = try await constants(for: groups.joined().flatMap(body.constants(for:)))
        try pile.add(encoded(groups, constants))
        return (try state.replaceAll(pile, finish: finish), decided)
    }

    /// The next shares of the table, until `most` rows have to be looked up for them.
    private func shares(after start: inout [UInt8]?, wanting most: Int) async throws -> [Share] {
        var lot: [Share] = []
        var wanted = 0
        while wanted < most, let pages = try state.pages(of: fold, after: start, limit: Self.share * jobs),
            let last = pages.last
        {
            start = last.start
            for share in try await concurrentMap(Engine.portions(pages, of: Self.share), jobs: jobs, { try read($0) }) {
                wanted += body.looksNothingUp ? most : share.wanted.count
                lot.append(share)
            }
        }
        return lot
    }

    private func read(_ pages: [StateDatabase.Rows]) throws -> Share {
        var share = Share(pages: pages)
        for page in pages {
            for row in try page.rows() {
                share.count += 1
                if body.neighbours(of: row).isEmpty {
                    share.wanted += body.constants(for: row)
                } else {
                    share.connected.append(row)
                }
            }
        }
        return share
    }

    /// The decisions over the rows that stand alone. They are read once more: kept, they would take ten times the room.
    private func encoded(
        _ pages: [StateDatabase.Rows], _ constants: [FoldKey: Body.Constant]
    ) throws -> DecisionRuns.Encoded {
        var decisions = DecisionRuns()
        for page in pages {
            for row in try page.rows() where body.neighbours(of: row).isEmpty {
                for decision in body.decide([row], constants) { decisions.add(decision) }
            }
        }
        return decisions.encoded
    }

    private func encoded(_ groups: [[FoldRow]], _ constants: [FoldKey: Body.Constant]) -> DecisionRuns.Encoded {
        var decisions = DecisionRuns()
        for group in groups { for decision in body.decide(group, constants) { decisions.add(decision) } }
        return decisions.encoded
    }

    /// What the rows under `keys` hold, which are read in the order in which they stand.
    private func constants(for keys: [FoldKey]) async throws -> [FoldKey: Body.Constant] {
        var order = keys.sorted()
        order.removeRepeats()
        var constants: [FoldKey: Body.Constant] = [:]
        constants.reserveCapacity(order.count)
        // Where many rows are wanted, they stand in nearly all pages: a part of these at a time.
        for keys in Engine.portions(order, of: Self.atOnce) {
            let pages = try state.wanted(keys, of: fold)
            let parts = try await concurrentMap(Engine.portions(pages, of: Self.share), jobs: jobs) { try read($0) }
            for (key, constant) in parts.joined() { constants[key] = constant }
        }
        return constants
    }

    /// Rows that are looked up in one go.
    private static var atOnce: Int { 8192 }

    private func read(_ pages: [StateDatabase.Wanted]) throws -> [(FoldKey, Body.Constant)] {
        var read: [(FoldKey, Body.Constant)] = []
        for page in pages {
            for row in try page.rows() { if let constant = body.constant(row) { read.append((row.key, constant)) } }
        }
        return read
    }
}

extension [FoldKey] {
    /// Takes out of keys in order those that stand there twice.
    fileprivate mutating func removeRepeats() {
        var last: FoldKey?
        removeAll { key in
            defer { last = key }
            return key == last
        }
    }
}

extension FinishStep {
    /// Whether it decides by its rows alone.
    fileprivate var looksNothingUp: Bool { Constant.self == Never.self }
}
