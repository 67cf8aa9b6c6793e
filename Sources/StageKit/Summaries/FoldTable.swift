import Text

/// A fold's table in memory: the sum of the summaries of a set of documents.
public struct FoldTable: Sendable {
    private var rows: [FoldKey: [[UInt8]: Int]] = [:]

    /// A table without rows.
    public init() {}

    /// Adds a summary, or takes it out again with `sign` -1. Elements whose count comes to zero are gone.
    public mutating func add(_ summary: Summary, sign: Int = 1) {
        for entry in summary.entries {
            let count = (rows[entry.key]?[entry.element] ?? 0) + sign * entry.count
            rows[entry.key, default: [:]][entry.element] = count == 0 ? nil : count
            if rows[entry.key]?.isEmpty == true { rows[entry.key] = nil }
        }
    }

    /// The keys in order.
    public var keys: [FoldKey] { rows.keys.sorted() }

    /// The row of a key; nil where there is none.
    public func row(_ key: FoldKey) -> FoldRow? {
        rows[key].map { elements in
            FoldRow(
                key: key,
                elements: elements.map { (bytes: $0.key, count: $0.value) }.sorted {
                    $0.bytes.precedes($1.bytes)
                })
        }
    }
}

extension FinishStep {
    /// The groups of connected rows that the rows of `keys` belong to, each in order of its keys.
    ///
    /// `row` gives a row of the table as it stands now; a key without one has been taken away and connects nothing.
    public func groups(
        of keys: some Sequence<FoldKey>, row: (FoldKey) throws -> FoldRow?
    ) rethrows -> [[FoldRow]] {
        var seen: Set<FoldKey> = []
        var groups: [[FoldRow]] = []
        for key in keys where seen.insert(key).inserted {
            var group: [FoldRow] = []
            var open = [key]
            while let next = open.popLast() {
                guard let row = try row(next) else { continue }
                group.append(row)
                for neighbour in neighbours(of: row) where seen.insert(neighbour).inserted { open.append(neighbour) }
            }
            if !group.isEmpty { groups.append(group.sorted { $0.key < $1.key }) }
        }
        return groups
    }
}
