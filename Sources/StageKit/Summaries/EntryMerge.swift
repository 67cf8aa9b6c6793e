import Text

/// Goes through several sorted lists of entries at once, as if they were one: equal keys and elements are added up, and
/// what adds up to nothing is passed over.
package struct EntryMerge {
    private var cursors: [EntryCursor] = []
    /// Indices of cursors that have an entry; the least entry's comes first (a binary heap).
    private var heap: [Int] = []
    /// The key of the entry at hand.
    package private(set) var key: [UInt8] = []
    /// Its element.
    package private(set) var element: [UInt8] = []
    /// The sum of its counts, which is not zero.
    package private(set) var count = 0

    /// Before the first entry of `runs`, each as ``EntryWriter`` wrote it.
    package init(_ runs: [[UInt8]]) throws(LayerError) {
        for run in runs {
            var cursor = EntryCursor(run)
            guard try cursor.next() else { continue }
            cursors.append(cursor)
            heap.append(cursors.count - 1)
        }
        for k in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(k) }
    }

    /// Goes on to the next entry; false at the end.
    package mutating func next() throws(LayerError) -> Bool {
        while let first = heap.first {
            Self.copy(cursors[first].key, to: &key)
            Self.copy(cursors[first].element, to: &element)
            count = 0
            while let top = heap.first, cursors[top].key == key, cursors[top].element == element {
                count &+= cursors[top].count
                if try cursors[top].next() {
                    sink(0)
                } else {
                    let last = heap.removeLast()
                    guard !heap.isEmpty else { break }
                    heap[0] = last
                    sink(0)
                }
            }
            if count != 0 { return true }
        }
        return false
    }

    /// The merged entries as one list.
    package static func merged(_ runs: [[UInt8]]) throws(LayerError) -> [UInt8] {
        if runs.count == 1 { return runs[0] }
        var merge = try EntryMerge(runs)
        var writer = EntryWriter()
        while try merge.next() { writer.append(merge.key, merge.element, merge.count) }
        return writer.bytes
    }

    /// The same entries with their counts negated: what has to be added to take `run` away.
    package static func negated(_ run: [UInt8]) throws(LayerError) -> [UInt8] {
        var cursor = EntryCursor(run)
        var writer = EntryWriter()
        while try cursor.next() { writer.append(cursor.key, cursor.element, 0 &- cursor.count) }
        return writer.bytes
    }

    private static func copy(_ bytes: [UInt8], to buffer: inout [UInt8]) {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: bytes)
    }

    private func precedes(_ a: Int, _ b: Int) -> Bool {
        switch cursors[a].key.order(to: cursors[b].key) {
        case 0: cursors[a].element.precedes(cursors[b].element)
        case let order: order < 0
        }
    }

    private mutating func sink(_ start: Int) {
        var k = start
        while true {
            var least = k
            let left = 2 * k + 1
            if left < heap.count, precedes(heap[left], heap[least]) { least = left }
            if left + 1 < heap.count, precedes(heap[left + 1], heap[least]) { least = left + 1 }
            guard least != k else { return }
            heap.swapAt(k, least)
            k = least
        }
    }
}
