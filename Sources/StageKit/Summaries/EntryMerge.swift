import Text

/// Goes through several sorted lists of entries at once, as if they were one: equal keys and elements are added up, and
/// what adds up to nothing is passed over.
///
/// The lists play a tournament, in which each match keeps its loser (Knuth, The Art of Computer Programming 3, 5.4.1):
/// after the winner has moved on, only the matches on its own way up are played again, one comparison each.
package final class EntryMerge {
    /// One list, in memory or read block by block.
    package enum Run {
        case bytes([UInt8])
        case blocks(() throws(LayerError) -> [UInt8]?)
    }

    private let readers: UnsafeMutablePointer<EntryReader>
    private let count: Int
    /// Which lists have an entry at hand.
    private let isOpen: UnsafeMutablePointer<Bool>
    /// The first bytes of the key at hand of each list: they tell most keys apart.
    private let heads: UnsafeMutablePointer<UInt64>
    /// The winner in the first place, behind it the losers of the matches.
    private let matches: UnsafeMutablePointer<Int>

    private var key = ByteScratch()
    private var element = ByteScratch()
    private var sum = 0

    /// Before the first entry of `runs`, each as ``EntryWriter`` wrote it.
    package convenience init(_ runs: [[UInt8]]) throws(LayerError) {
        try self.init(runs: runs.map { .bytes($0) })
    }

    /// Before the first entry of `runs`.
    package init(runs: [Run]) throws(LayerError) {
        count = runs.count
        readers = .allocate(capacity: max(1, count))
        isOpen = .allocate(capacity: max(1, count))
        isOpen.initialize(repeating: false, count: count)
        heads = .allocate(capacity: max(1, count))
        heads.initialize(repeating: 0, count: max(1, count))
        matches = .allocate(capacity: max(1, count))
        matches.initialize(repeating: -1, count: max(1, count))
        for (k, run) in runs.enumerated() {
            switch run {
            case .bytes(let bytes): (readers + k).initialize(to: EntryReader(bytes))
            case .blocks(let more): (readers + k).initialize(to: EntryReader(blocks: more))
            }
        }
        for k in 0..<count { try advance(k) }
        for k in 0..<count { play(from: k) }
    }

    deinit {
        readers.deinitialize(count: count)
        readers.deallocate()
        isOpen.deallocate()
        heads.deallocate()
        matches.deallocate()
    }

    /// The entry at hand, with the sum of its counts, which is not zero; valid until the next is.
    package var entry: EntryView { EntryView(key: key.bytes, element: element.bytes, count: sum) }

    /// Goes on to the next entry; false at the end.
    package func next() throws(LayerError) -> Bool {
        while let first = winner {
            key.replace(after: 0, with: readers[first].entry.key)
            element.replace(after: 0, with: readers[first].entry.element)
            sum = 0
            let head = heads[first]
            while let top = winner, heads[top] == head, readers[top].entry.order(to: entry) == 0 {
                sum &+= readers[top].entry.count
                try advance(top)
                play(from: top)
            }
            if sum != 0 { return true }
        }
        return false
    }

    /// Negative where the entry at hand comes before that of `cursor`, zero where they are the same.
    package func order(to cursor: EntryCursor) -> Int { entry.order(to: cursor.entry) }

    /// Whether the key of the entry at hand comes before `other`.
    package func keyPrecedes(_ other: [UInt8]) -> Bool { other.withUnsafeBufferPointer { key.bytes.order(to: $0) < 0 } }

    /// The merged entries as one list.
    package static func merged(_ runs: [[UInt8]]) throws(LayerError) -> [UInt8] {
        if runs.count == 1 { return runs[0] }
        let merge = try EntryMerge(runs)
        var writer = EntryWriter()
        while try merge.next() { writer.append(merge.entry) }
        return writer.bytes
    }

    /// The same entries with their counts negated: what has to be added to take `run` away.
    package static func negated(_ run: [UInt8]) throws(LayerError) -> [UInt8] {
        let cursor = EntryCursor(run)
        var writer = EntryWriter()
        while try cursor.next() {
            let entry = cursor.entry
            writer.append(EntryView(key: entry.key, element: entry.element, count: 0 &- entry.count))
        }
        return writer.bytes
    }

    /// The list with the least entry; nil where none has any.
    private var winner: Int? {
        let first = matches[0]
        return first >= 0 && isOpen[first] ? first : nil
    }

    /// Goes on to the next entry of a list.
    private func advance(_ list: Int) throws(LayerError) {
        isOpen[list] = try readers[list].next()
        if isOpen[list] { heads[list] = readers[list].entry.key.head }
    }

    /// Plays the matches on the way up from a list. Where nobody has played yet, it waits for the other one to come.
    private func play(from list: Int) {
        var best = list
        var match = (list + count) / 2
        while match > 0 {
            let other = matches[match]
            guard other >= 0 else {
                matches[match] = best
                return
            }
            if precedes(other, best) {
                matches[match] = best
                best = other
            }
            match /= 2
        }
        matches[0] = best
    }

    private func precedes(_ a: Int, _ b: Int) -> Bool {
        guard isOpen[a], isOpen[b] else { return isOpen[a] }
        if heads[a] != heads[b] { return heads[a] < heads[b] }
        return readers[a].entry.order(to: readers[b].entry) < 0
    }
}
