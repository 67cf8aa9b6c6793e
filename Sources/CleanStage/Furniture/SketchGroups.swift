/// Blocks that share a pair of words, grouped by how many other words they share.
enum SketchGroups {
    /// Elements of a row that are the same block, with its sketches.
    struct Group {
        var sketches: [[UInt8]]
        var elements: [(bytes: [UInt8], count: Int)]
    }

    /// Bits in which the sketches of a block before and after small edits may differ; of 64, strangers differ in 32.
    /// Sentences have to be nearer: what an office says today is often worded like what it said last week.
    private static func nearest(_ element: [UInt8]) -> Int {
        BlockSighting(element)?.isProse == true ? 8 : 18
    }
    /// Groups of one row beyond which no more are made: a pair of words that is so frequent shows nothing.
    private static let most = 64

    /// The groups of a row's elements, which come in order.
    static func of(_ elements: [(bytes: [UInt8], count: Int)]) -> [Group] {
        var groups: [(sketch: UInt64, group: Group)] = []
        for element in elements {
            let bytes = Array(element.bytes.dropFirst(BlockSighting.size))
            let sketch = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let nearest = nearest(element.bytes)
            if let k = groups.firstIndex(where: { ($0.sketch ^ sketch).nonzeroBitCount <= nearest }) {
                if !groups[k].group.sketches.contains(bytes) { groups[k].group.sketches.append(bytes) }
                groups[k].group.elements.append(element)
            } else if groups.count < most {
                groups.append((sketch, Group(sketches: [bytes], elements: [element])))
            }
        }
        return groups.map(\.group)
    }
}
