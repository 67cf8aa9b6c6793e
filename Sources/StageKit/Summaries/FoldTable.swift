import Text

/// A fold's table in memory: the sum of the summaries of a set of documents.
public struct FoldTable: Sendable {
    /// The rows in order of their keys.
    public private(set) var rows: [FoldRow] = []

    /// The table that `summaries` add up to.
    public init(_ summaries: [Summary]) throws(LayerError) { try self.init(runs: summaries.map(\.encoded)) }

    /// The table that sorted lists of entries add up to, each in canonical bytes.
    init(runs: [[UInt8]]) throws(LayerError) {
        let merge = try EntryMerge(runs)
        var gathering = RowGathering()
        while try merge.next() {
            if let row = gathering.take(merge.entry) { rows.append(row) }
        }
        if let row = gathering.finish() { rows.append(row) }
    }

    /// The keys in order.
    public var keys: [FoldKey] { rows.map(\.key) }

    /// The row of a key; nil where there is none.
    public func row(_ key: FoldKey) -> FoldRow? {
        let index = firstIndex(from: key)
        return index < rows.count && rows[index].key == key ? rows[index] : nil
    }

    /// The index of the first row whose key is not before `key`.
    func firstIndex(from key: FoldKey) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Puts entries that come in order together to rows.
package struct RowGathering {
    private var key: [UInt8] = []
    private var elements: [(bytes: [UInt8], count: Int)] = []

    package init() {}

    /// Takes an entry, and gives the row that is complete before it, if any.
    package mutating func take(_ entry: EntryView) -> FoldRow? {
        var row: FoldRow?
        if elements.isEmpty || key.withUnsafeBufferPointer({ $0.order(to: entry.key) != 0 }) {
            row = finish()
            key = Array(entry.key)
        }
        elements.append((bytes: Array(entry.element), count: entry.count))
        return row
    }

    /// The last row.
    package mutating func finish() -> FoldRow? {
        guard !elements.isEmpty else { return nil }
        defer { elements = [] }
        return FoldRow(key: FoldKey(key), elements: elements)
    }
}

extension FinishStep {
    /// The groups of connected rows that the rows of `keys` belong to, each in order of its keys.
    ///
    /// `row` gives a row of the table as it stands now. A key of `keys` without one has been taken away: it connects
    /// nothing, but rows that are its neighbours whatever it held are decided again without it.
    public func groups(
        of keys: some Sequence<FoldKey>, row: (FoldKey) throws -> FoldRow?
    ) rethrows -> [[FoldRow]] {
        var seeds = Array(keys)
        let moved = Set(seeds)
        var seen: Set<FoldKey> = []
        var groups: [[FoldRow]] = []
        /// The row of a key; where one of `keys` has none, its neighbours are looked at too.
        func found(_ key: FoldKey) throws -> FoldRow? {
            let found = try row(key)
            if found == nil, moved.contains(key) { seeds += neighbours(of: FoldRow(key: key, elements: [])) }
            return found
        }
        var next = 0
        while next < seeds.count {
            var open = [seeds[next]].filter { seen.insert($0).inserted }
            next += 1
            var group: [FoldRow] = []
            while let key = open.popLast() {
                guard let row = try found(key) else { continue }
                group.append(row)
                for neighbour in neighbours(of: row) where seen.insert(neighbour).inserted { open.append(neighbour) }
            }
            if !group.isEmpty { groups.append(group.sorted { $0.key < $1.key }) }
        }
        return groups
    }

    /// The decisions over a whole table.
    public func decisions(over table: FoldTable) -> [Decision] {
        // Most rows stand alone, and need not be looked for.
        var connected: [FoldKey] = []
        var groups: [[FoldRow]] = []
        let end = Self.firstLookedUp.map(table.firstIndex(from:)) ?? table.rows.count
        for row in table.rows[..<end] {
            if neighbours(of: row).isEmpty { groups.append([row]) } else { connected.append(row.key) }
        }
        groups += self.groups(of: connected, row: table.row)
        let lookup = Lookup([Lookup.part(of: Array(table.rows[end...]))])
        return groups.flatMap { decide($0, lookup) }
    }
}
