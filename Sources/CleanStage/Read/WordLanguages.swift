import Text

/// Which languages have a word, by the word's hash: one bit for each language, in a table with open addressing.
struct WordLanguages: Sendable {
    private var keys: [UInt64]
    private var languages: [UInt64]

    /// The words of each language.
    init(_ lists: [[[UInt8]]]) {
        precondition(lists.count <= 64, "more languages than bits")
        var size = 64
        while size < 2 * lists.reduce(0, { $0 + $1.count }) { size *= 2 }
        keys = Array(repeating: 0, count: size)
        languages = keys
        for (k, words) in lists.enumerated() {
            for word in words {
                let hash = StableHash.of(word)
                let slot = slot(of: hash)
                keys[slot] = hash
                languages[slot] |= 1 << UInt64(k)
            }
        }
    }

    /// The languages of a word; 0 for one that none has.
    subscript(hash: UInt64) -> UInt64 { languages[slot(of: hash)] }

    /// Where the word stands, or the free slot where it would.
    private func slot(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & (keys.count - 1)
        while languages[slot] != 0, keys[slot] != hash { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }
}
