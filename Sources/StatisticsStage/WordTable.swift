package import Text

/// The different words of a document, numbered in the order in which they first occur. Words are told apart by their
/// bytes after folding, and each is kept once, all in one buffer.
package struct WordTable {
    /// How words that are put in are folded.
    package var folding: WordFolding
    private var pool: [UInt8] = []
    private var ends: [Int] = []
    private var hashes: [UInt64] = []
    /// Open addressing: an id, or -1 for a free place; a power of two, never more than half full.
    private var slots = [Int32](repeating: -1, count: 512)

    /// A table without words, for those of one language.
    package init(_ folding: WordFolding = .plain) { self.folding = folding }

    /// How many different words there are.
    package var count: Int { ends.count }

    /// The word with this id.
    package subscript(id: Int) -> ArraySlice<UInt8> { pool[(id == 0 ? 0 : ends[id - 1])..<ends[id]] }

    /// The id of the word at `span` of `text` after folding; nil when nothing is left of it.
    package mutating func insert(_ span: ByteSpan, of text: [UInt8]) -> Int? {
        let start = pool.count
        folding.append(span, of: text, to: &pool)
        guard pool.count > start else { return nil }
        let hash = StableHash.of(pool[start...])
        let slot = place(of: pool[start...], hash: hash)
        if slots[slot] >= 0 {
            pool.removeSubrange(start...)
            return Int(slots[slot])
        }
        slots[slot] = Int32(truncatingIfNeeded: count)
        ends.append(pool.count)
        hashes.append(hash)
        if 2 * count > slots.count { grow() }
        return count - 1
    }

    /// The words in the order that they have in keys, where each stands behind its length: the shorter first, those of
    /// one length by bytes.
    var inOrderOfKeys: [Int] {
        // told apart by length and first bytes, which nearly always is enough
        let starts = (0..<count).map { id in
            self[id].prefix(7).enumerated().reduce(UInt64(min(self[id].count, 255)) << 56) {
                $0 | UInt64($1.element) << UInt64(48 - 8 * $1.offset)
            }
        }
        return (0..<count).sorted { a, b in
            starts[a] == starts[b] ? self[a].lexicographicallyPrecedes(self[b]) : starts[a] < starts[b]
        }
    }

    /// The id of `word`, which is folded first; nil where it is none of these.
    func id(of word: [UInt8]) -> Int? {
        let word = folding.folded(word)
        guard !word.isEmpty else { return nil }
        let slot = slots[place(of: word[...], hash: StableHash.of(word[...]))]
        return slot >= 0 ? Int(slot) : nil
    }

    /// The id that the word `id` of `other` has here; nil where it is none of these.
    func number(of id: Int, of other: WordTable) -> Int? {
        let slot = slots[place(of: other[id], hash: other.hashes[id])]
        return slot >= 0 ? Int(slot) : nil
    }

    /// The place where a word is, or where it would be put.
    private func place(of word: ArraySlice<UInt8>, hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let id = Int(slots[slot])
            if hashes[id] == hash, self[id] == word { break }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: 2 * slots.count)
        for (id, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(truncatingIfNeeded: id)
        }
    }
}
