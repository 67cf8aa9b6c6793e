import CMemory
import StageKit
import Store
import Text

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
        let order = keys.filter { !isLookedUp($0) }.sorted()
        let moved = Set(order)
        var rows: [FoldKey: FoldRow] = [:]
        try state.rows(order, of: fold) { rows[$0.key] = $0 }
        let groups = try body.groups(of: order) { key in
            if moved.contains(key) { rows[key] } else { try state.row(key, of: fold) }
        }
        let owners = moved.union(groups.joined().map(\.key))
        let lookup = try await lookup(of: groups.joined().flatMap(body.wanted(for:)))
        let decisions = groups.flatMap { body.decide($0, lookup) }
        return (try state.replace(decisions, ownedBy: owners, finish: finish), owners.count)
    }

    private func isLookedUp(_ key: FoldKey) -> Bool { Body.firstLookedUp.map { $0 <= key } ?? false }

    /// Pages of the table that a task takes at once.
    private static var share: Int { 32 }
    /// A table of at most so many entries is looked up as a whole. A larger one would take too much memory: there it is
    /// read anew for each lot of rows.
    private static var mostAtOnce: Int { 12_000_000 }
    /// So many rows are looked up for one lot.
    private static var lot: Int { 1_000_000 }

    /// Decides over the whole table, which has so many `entries`; only rows that are connected to others are kept in
    /// memory.
    func anew(entries: Int) async throws -> Work {
        let pile = DecisionPile(of: state)
        let whole = entries <= Self.mostAtOnce ? try await wholeLookup() : nil
        var connected: [FoldKey: FoldRow] = [:]
        var decided = 0
        func decide(over lot: Lot, _ lookup: Body.Lookup) async throws {
            try Task.checkCancellation()
            try await concurrentForEach(lot.parts, jobs: jobs) {
                try decideAlone($0, lookup)
            } then: { share in
                try pile.add(share.decisions)
                decided += share.count
                for row in share.connected { connected[row.key] = row }
            }
        }
        var next = try await lot(after: nil, wanting: whole == nil)
        while let lot = next {
            if let whole {
                // the next rows are read while these are decided over
                async let following = self.lot(after: lot.last, wanting: false)
                try await decide(over: lot, whole)
                next = try await following
            } else {
                try await decide(over: lot, lookup(of: lot.wanted))
                // What is given back has to be asked for again: not after each lot of few rows.
                colophon_return_memory()
                next = try await self.lot(after: lot.last, wanting: true)
            }
        }
        let groups = body.groups(of: connected.keys.sorted(), row: { connected[$0] })
        let lookup =
            if let whole { whole } else { try await self.lookup(of: groups.joined().flatMap(body.wanted(for:))) }
        var decisions = DecisionRuns()
        for group in groups { for decision in body.decide(group, lookup) { decisions.add(decision) } }
        try pile.add(decisions.encoded)
        var moved = MovedDecisions()
        for table in try await concurrentMap(state.replacing(by: pile, finish: finish), jobs: jobs, { try $0.write() })
        {
            moved.formUnion(table)
        }
        return (moved, decided)
    }

    /// Rows that are decided over with one look-up.
    private struct Lot: Sendable {
        var parts: [[StateDatabase.Rows]] = []
        var wanted: [FoldKey] = []
        /// Where the last of them begin.
        var last: [UInt8]?
    }

    /// So many shares are read at once for each task.
    private static var sharesAtOnce: Int { 4 }

    /// The next rows of the table, nil at its end; where rows are wanted for them, as many as want a lot of these.
    private func lot(after start: [UInt8]?, wanting: Bool) async throws -> Lot? {
        var lot = Lot(last: start)
        while lot.parts.isEmpty || wanting && lot.wanted.count < Self.lot {
            if let first = Body.firstLookedUp, let last = lot.last, !last.precedes(first.bytes) { break }
            let limit = Self.share * jobs * (wanting ? 1 : Self.sharesAtOnce)
            guard let pages = try state.pages(of: fold, after: lot.last, limit: limit), let last = pages.last
            else { break }
            lot.last = last.start
            let parts = Engine.portions(pages, of: Self.share)
            lot.parts += parts
            guard wanting else { continue }
            lot.wanted += try await concurrentMap(parts, jobs: jobs, wanted(for:)).joined()
        }
        return lot.parts.isEmpty ? nil : lot
    }

    private func wanted(for pages: [StateDatabase.Rows]) throws -> [FoldKey] {
        var wanted: [FoldKey] = []
        for page in pages { for row in try page.rows(before: Body.firstLookedUp) { wanted += body.wanted(for: row) } }
        return wanted
    }

    /// What was decided over a part of the table.
    private struct Share: Sendable {
        var decisions: DecisionRuns.Encoded
        /// Rows that name others, and have to be decided with them.
        var connected: [FoldRow]
        var count: Int
    }

    /// Decides over the rows that stand alone.
    private func decideAlone(_ pages: [StateDatabase.Rows], _ lookup: Body.Lookup) throws -> Share {
        var decisions = DecisionRuns()
        var connected: [FoldRow] = []
        var count = 0
        for page in pages {
            for row in try page.rows(before: Body.firstLookedUp) {
                count += 1
                if body.neighbours(of: row).isEmpty {
                    for decision in body.decide([row], lookup) { decisions.add(decision) }
                } else {
                    connected.append(row)
                }
            }
        }
        return Share(decisions: decisions.encoded, connected: connected, count: count)
    }

    /// All rows that are looked up, read once from the first to the last.
    private func wholeLookup() async throws -> Body.Lookup {
        guard let first = Body.firstLookedUp else { return Body.Lookup([]) }
        var parts: [Body.Lookup.Part] = []
        // the page that covers the first of them is read, too
        var next = try await lookedUp(after: state.startOfPage(covering: first, of: fold), including: true)
        while let pages = next, let last = pages.last {
            async let following = lookedUp(after: last.start, including: false)
            parts += try await concurrentMap(Engine.portions(pages, of: Self.share), jobs: jobs) { pages in
                var rows: [FoldRow] = []
                for page in pages { rows += try page.rows(from: first) }
                return Body.Lookup.part(of: rows)
            }
            next = try await following
        }
        return Body.Lookup(parts)
    }

    private func lookedUp(after start: [UInt8]?, including: Bool) async throws -> [StateDatabase.Rows]? {
        try state.pages(of: fold, after: start, including: including, limit: Self.share * jobs * Self.sharesAtOnce)
    }

    /// The rows under `keys`, which are read in the order in which they stand.
    private func lookup(of keys: [FoldKey]) async throws -> Body.Lookup {
        var order = keys.sorted()
        order.removeRepeats()
        var parts: [Body.Lookup.Part] = []
        // Where many rows are wanted, they stand in nearly all pages: a part of these at a time.
        for keys in Engine.portions(order, of: Self.atOnce) {
            let pages = try state.wanted(keys, of: fold)
            parts += try await concurrentMap(Engine.portions(pages, of: Self.share), jobs: jobs) { pages in
                var rows: [FoldRow] = []
                for page in pages { rows += try page.rows() }
                return Body.Lookup.part(of: rows)
            }
        }
        return Body.Lookup(parts)
    }

    /// Rows that are looked up in one go.
    private static var atOnce: Int { 8192 }
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
