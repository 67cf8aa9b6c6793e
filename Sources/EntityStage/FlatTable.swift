/// A map from 64-bit hashes to 64-bit values with open addressing: filled once, read for every word of the text.
///
/// Keys are hashes of words, so two words could share one; among the some 30,000 words of the data files none do, and
/// a word of the text that does is taken for the other with a probability below 10⁻¹⁴.
struct FlatTable: Sendable {
    /// A key with its value beside it, so that a look-up touches one line of the processor's cache. Key 0 is none.
    private struct Slot: Sendable {
        var key: UInt64 = 0
        var value: UInt64 = 0
    }

    private var slots: [Slot]
    private var mask: Int
    private(set) var count = 0

    init(capacity: Int = 64) {
        var size = 64
        while size < capacity * 2 { size *= 2 }
        slots = Array(repeating: Slot(), count: size)
        mask = size - 1
    }

    subscript(key: UInt64) -> UInt64? {
        let slot = slots[index(of: key)]
        return slot.key == 0 ? nil : slot.value
    }

    /// Puts in `value`, or what `merge` makes of it and the value that is there.
    mutating func insert(_ key: UInt64, _ value: UInt64, merge: (UInt64, UInt64) -> UInt64 = { _, new in new }) {
        if count * 2 >= slots.count { grow() }
        let index = index(of: key)
        if slots[index].key == 0 {
            slots[index] = Slot(key: Self.stored(key), value: value)
            count += 1
        } else {
            slots[index].value = merge(slots[index].value, value)
        }
    }

    /// Marks the words of a data file with the categories that its lines give them: the name of a category, a colon and
    /// words in small letters. Lines of no category are passed over.
    mutating func insert<Category: OptionSet>(_ lines: DataLines, as categories: [Substring: Category])
    where Category.RawValue == UInt64 {
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let category = categories[parts[0]] else { continue }
            for word in parts[1].parts(" ") {
                insert(SmallWord.hash(String(word)), category.rawValue) { $0 | $1 }
            }
        }
    }

    /// Changes the value of a key that is there.
    mutating func update(_ key: UInt64, _ change: (UInt64) -> UInt64) {
        let index = index(of: key)
        if slots[index].key != 0 { slots[index].value = change(slots[index].value) }
    }

    /// Where the key stands, or the free slot where it would.
    @inline(__always)
    private func index(of key: UInt64) -> Int {
        let key = Self.stored(key)
        var index = Int(truncatingIfNeeded: key) & mask
        while slots[index].key != 0, slots[index].key != key { index = (index + 1) & mask }
        return index
    }

    @inline(__always)
    private static func stored(_ key: UInt64) -> UInt64 { key == 0 ? 1 : key }

    private mutating func grow() {
        var larger = FlatTable(capacity: slots.count)
        for slot in slots where slot.key != 0 { larger.insert(slot.key, slot.value) }
        self = larger
    }
}
