/// A map from 64-bit hashes to 64-bit values with open addressing: filled once, read for every word of the text.
///
/// Keys are hashes of words, so two words could share one; among the some 30,000 words of the data files none do, and
/// a word of the text that does is taken for the other with a probability below 10⁻¹⁴.
struct FlatTable: Sendable {
    private var keys: [UInt64]
    private var values: [UInt64]
    private var mask: Int
    private(set) var count = 0

    init(capacity: Int = 64) {
        var size = 64
        while size < capacity * 2 { size *= 2 }
        keys = Array(repeating: 0, count: size)
        values = Array(repeating: 0, count: size)
        mask = size - 1
    }

    subscript(key: UInt64) -> UInt64? {
        let key = key == 0 ? 1 : key
        var slot = Int(truncatingIfNeeded: key) & mask
        while keys[slot] != 0 {
            if keys[slot] == key { return values[slot] }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Puts in `value`, or what `merge` makes of it and the value that is there.
    mutating func insert(_ key: UInt64, _ value: UInt64, merge: (UInt64, UInt64) -> UInt64 = { _, new in new }) {
        if count * 2 >= keys.count { grow() }
        let key = key == 0 ? 1 : key
        var slot = Int(truncatingIfNeeded: key) & mask
        while keys[slot] != 0 {
            if keys[slot] == key {
                values[slot] = merge(values[slot], value)
                return
            }
            slot = (slot + 1) & mask
        }
        keys[slot] = key
        values[slot] = value
        count += 1
    }

    /// Changes the value of a key that is there.
    mutating func update(_ key: UInt64, _ change: (UInt64) -> UInt64) {
        let key = key == 0 ? 1 : key
        var slot = Int(truncatingIfNeeded: key) & mask
        while keys[slot] != 0 {
            if keys[slot] == key {
                values[slot] = change(values[slot])
                return
            }
            slot = (slot + 1) & mask
        }
    }

    private mutating func grow() {
        var larger = FlatTable(capacity: keys.count)
        for (key, value) in zip(keys, values) where key != 0 { larger.insert(key, value) }
        self = larger
    }
}
