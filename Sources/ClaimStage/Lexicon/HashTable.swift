/// Values by keys that are hashes already: no second hash, one probe as a rule. It is filled once and then read.
struct HashTable<Value: Sendable>: Sendable {
    private var slots: [(key: UInt64, value: Value)?]
    private let mask: Int

    /// The table of `entries`.
    init(_ entries: [UInt64: Value]) {
        var size = 16
        while size < 3 * entries.count { size *= 2 }
        mask = size - 1
        slots = Array(repeating: nil, count: size)
        for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
            var slot = Int(truncatingIfNeeded: key) & mask
            while slots[slot] != nil { slot = (slot + 1) & mask }
            slots[slot] = (key, value)
        }
    }

    /// The value of `key`; nil where there is none.
    subscript(key: UInt64) -> Value? {
        var slot = Int(truncatingIfNeeded: key) & mask
        while let entry = slots[slot] {
            if entry.key == key { return entry.value }
            slot = (slot + 1) & mask
        }
        return nil
    }
}
