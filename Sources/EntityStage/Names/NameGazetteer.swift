/// Sets of words that occur in names all over the world, packed so that they are part of the model and cost no loading.
///
/// Open addressing over 16-bit slots: twelve bits of the word's hash and four flags. A word that is in no set is taken
/// for one that is with a probability of about one in two thousand.
package struct NameGazetteer: @unchecked Sendable {
    // A view of constant bytes, which nothing writes to.
    private let slots: UnsafeBufferPointer<UInt16>

    package static let firstName: UInt8 = 1
    package static let surname: UInt8 = 2
    /// The whole name of a city or region; of several words under their common key.
    package static let place: UInt8 = 4
    /// The first of several words of such a name.
    package static let beginsPlace: UInt8 = 8

    /// The sets in `slots`, a power of two of them.
    package init(slots: UnsafeBufferPointer<UInt16>) { self.slots = slots }

    /// The sets that a folded word belongs to.
    subscript(hash: UInt64) -> UInt8 {
        guard !slots.isEmpty else { return 0 }
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash >> 20) & mask
        let check = Self.check(hash)
        for _ in 0..<64 {
            let entry = slots[slot]
            if entry == 0 { return 0 }
            if entry >> 4 == check { return UInt8(entry & 15) }
            slot = (slot + 1) & mask
        }
        return 0
    }

    private static func check(_ hash: UInt64) -> UInt16 { UInt16(truncatingIfNeeded: hash >> 52) }

    /// The slots for words with their flags.
    package static func packed(_ words: [(hash: UInt64, flags: UInt8)]) -> [UInt16] {
        var size = 1024
        while size * 7 < words.count * 10 { size *= 2 }
        var slots = [UInt16](repeating: 0, count: size)
        for (hash, flags) in words {
            var slot = Int(truncatingIfNeeded: hash >> 20) & (size - 1)
            while slots[slot] != 0, slots[slot] >> 4 != check(hash) { slot = (slot + 1) & (size - 1) }
            slots[slot] = check(hash) << 4 | (slots[slot] & 15) | UInt16(flags)
        }
        return slots
    }
}
