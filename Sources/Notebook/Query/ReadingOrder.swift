/// In which order queries that read each other can be asked, and which can't be asked at all. No recursion: a chain of
/// queries may be as long as a notebook.
struct ReadingOrder {
    /// Groups of queries that read each other in a circle, and queries that read themselves; each group in order.
    let circles: [[Int]]
    /// The queries of circles, and those that read them directly or through others.
    let unusable: Set<Int>

    /// `reads` has for each query those that it reads. Strongly connected components are found in one walk (Tarjan 1972).
    init(_ reads: [[Int]]) {
        var index = Array(repeating: -1, count: reads.count)
        var low = Array(repeating: 0, count: reads.count)
        var isOpen = Array(repeating: false, count: reads.count)
        var stack: [Int] = []
        var next = 0
        var groups: [[Int]] = []
        var bad: Set<Int> = []
        for root in reads.indices where index[root] < 0 {
            var walk: [(query: Int, place: Int)] = [(root, 0)]
            while let (query, place) = walk.last {
                if place == 0 {
                    (index[query], low[query]) = (next, next)
                    next += 1
                    stack.append(query)
                    isOpen[query] = true
                }
                if place < reads[query].count {
                    let other = reads[query][place]
                    walk[walk.count - 1].place += 1
                    if index[other] < 0 {
                        walk.append((other, 0))
                    } else if isOpen[other] {
                        low[query] = min(low[query], index[other])
                    }
                    continue
                }
                walk.removeLast()
                if let parent = walk.last?.query { low[parent] = min(low[parent], low[query]) }
                // a component is complete before those that read it
                guard low[query] == index[query] else { continue }
                var group: [Int] = []
                while let last = stack.popLast() {
                    isOpen[last] = false
                    group.append(last)
                    if last == query { break }
                }
                if group.count > 1 || reads[query].contains(query) {
                    groups.append(group.sorted())
                    bad.formUnion(group)
                } else if reads[query].contains(where: bad.contains) {
                    bad.insert(query)
                }
            }
        }
        circles = groups.sorted { $0[0] < $1[0] }
        unusable = bad
    }

    /// `first` and all that these read, each behind those that it reads itself; nil for more than `most`.
    static func behind(_ first: [Int], _ reads: [[Int]], most: Int = .max) -> [Int]? {
        var order: [Int] = []
        var seen: Set<Int> = []
        for root in first where seen.insert(root).inserted {
            guard seen.count <= most else { return nil }
            var walk: [(query: Int, place: Int)] = [(root, 0)]
            while let (query, place) = walk.last {
                guard place < reads[query].count else {
                    order.append(query)
                    walk.removeLast()
                    continue
                }
                walk[walk.count - 1].place += 1
                let other = reads[query][place]
                guard seen.insert(other).inserted else { continue }
                guard seen.count <= most else { return nil }
                walk.append((other, 0))
            }
        }
        return order
    }
}
