/// What was found out about words as they stand in texts, by their bytes: a text has few different words, so a test that
/// takes long is made once for each.
struct WordMemo {
    private var pool: [UInt8] = []
    private var ends: [Int] = []
    private var hashes: [UInt64] = []
    private var values: [Bool] = []
    /// Open addressing: the number of a word, or -1 for a free place; a power of two, never more than half full.
    private var slots = [Int32](repeating: -1, count: 1024)

    /// What is known of the word at `start..<end` of `text`; nil for nothing.
    subscript(_ start: Int, _ end: Int, of text: [UInt8]) -> Bool? {
        let slot = slots[place(of: Self.hash(start, end, of: text), start, end, of: text)]
        return slot < 0 ? nil : values[Int(slot)]
    }

    /// Keeps what was found out about a word of which nothing is known.
    mutating func note(_ value: Bool, _ start: Int, _ end: Int, of text: [UInt8]) {
        let hash = Self.hash(start, end, of: text)
        slots[place(of: hash, start, end, of: text)] = Int32(truncatingIfNeeded: values.count)
        pool += text[start..<end]
        ends.append(pool.count)
        hashes.append(hash)
        values.append(value)
        if 2 * values.count > slots.count { grow() }
    }

    /// FNV-1a (Fowler, Noll, Vo).
    private static func hash(_ start: Int, _ end: Int, of text: [UInt8]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for k in start..<end { hash = (hash ^ UInt64(text[k])) &* 0x0000_0100_0000_01B3 }
        return hash ^ hash >> 32
    }

    /// The place where a word is, or where it would be put.
    private func place(of hash: UInt64, _ start: Int, _ end: Int, of text: [UInt8]) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if hashes[number] == hash, isWord(number, start, end, of: text) { break }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private func isWord(_ number: Int, _ start: Int, _ end: Int, of text: [UInt8]) -> Bool {
        let first = number == 0 ? 0 : ends[number - 1]
        guard ends[number] - first == end - start else { return false }
        for k in start..<end where pool[first + k - start] != text[k] { return false }
        return true
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: 2 * slots.count)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(truncatingIfNeeded: number)
        }
    }
}
