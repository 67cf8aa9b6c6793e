import StageKit

/// The words around the nodes of one document: what collocations are counted from.
struct Neighbours {
    private let kind: String
    private let node: [UInt8]
    private var occurrences = 0
    private var slots = 0
    private var together: [Int: Int] = [:]

    /// Nothing yet around `node`.
    init(kind: String, node: some Sequence<UInt8>) {
        self.kind = kind
        self.node = Array(node)
    }

    /// Takes in one occurrence of the node with the words around it.
    mutating func add(_ ranges: [Range<Int>], ids: [Int], isCollocate: (Int) -> Bool) {
        occurrences += 1
        for range in ranges {
            slots += range.count
            for id in ids[range] where isCollocate(id) { together[id, default: 0] += 1 }
        }
    }

    /// Adds the rows of the node, its words being those of `table`.
    func add(to counts: inout Counts, table: WordTable) {
        let name = String(decoding: node, as: UTF8.self)
        counts.add(.nodes, kind, name, measures: [(.occurrences, occurrences), (.slots, slots)])
        var prefix = ByteWriter()
        prefix.write(StatisticsTable.collocations.name)
        prefix.write(kind)
        prefix.write(node)
        for (id, count) in together {
            var key = prefix
            key.write(table[id])
            counts.add(FoldKey(key.bytes), .together, count)
        }
    }
}
