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
            for k in range where isCollocate(ids[k]) { together[ids[k], default: 0] += 1 }
        }
    }

    /// Adds the row of the node.
    func addNode(to counts: inout Counts) {
        let name = String(decoding: node, as: UTF8.self)
        counts.add(.nodes, kind, name, measures: [(.occurrences, occurrences), (.slots, slots)])
    }

    /// Adds the rows of the words around the node, which are those of `table` and have this `order` in keys.
    func addTogether(to counts: inout Counts, table: WordTable, order: KeyOrder) {
        var prefix = ByteWriter()
        prefix.write(StatisticsTable.collocations.name)
        prefix.write(kind)
        prefix.write(node)
        for (id, count) in together.sorted(by: { order.precedes($0.key, $1.key) }) {
            let word = table[id]
            var key = ByteWriter()
            key.reserve(prefix.bytes.count + word.count + 2)
            key.append(prefix.bytes)
            key.write(word)
            counts.add(key.bytes, .together, count)
        }
    }
}
