/// To which cluster of words of like meaning a word belongs, packed so that it is part of the model and costs no loading.
///
/// Open addressing over 32-bit slots: twenty bits of the word's hash and twelve of the cluster's number. A word that is in
/// no cluster is taken for one that is with a probability of about one in a million. Each cluster is part of a coarse one.
package struct NameClusters: @unchecked Sendable {  // views of constant bytes, to which nobody writes
    private let slots: UnsafeBufferPointer<UInt32>
    private let coarse: UnsafeBufferPointer<UInt8>

    /// How many clusters there can be.
    package static let most = 4096

    /// The clusters in `slots`, a power of two of them, and for each cluster the coarse one.
    package init(slots: UnsafeBufferPointer<UInt32>, coarse: UnsafeBufferPointer<UInt8>) {
        self.slots = slots
        self.coarse = coarse
    }

    /// The cluster of a folded word and the coarse one; 0 for a word that is in none.
    @inline(__always)
    subscript(hash: UInt64) -> (fine: UInt64, coarse: UInt64) {
        guard !slots.isEmpty else { return (0, 0) }
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash >> 16) & mask
        let check = Self.check(hash)
        for _ in 0..<64 {
            let entry = slots[slot]
            if entry == 0 { return (0, 0) }
            if entry >> 12 == check {
                let fine = Int(entry & 0xFFF)
                return (UInt64(fine) + 1, fine < coarse.count ? UInt64(coarse[fine]) + 1 : 0)
            }
            slot = (slot + 1) & mask
        }
        return (0, 0)
    }

    private static func check(_ hash: UInt64) -> UInt32 { max(1, UInt32(truncatingIfNeeded: hash >> 44)) }

    /// The slots for words with the numbers of their clusters, from 0.
    package static func packed(_ words: [(hash: UInt64, cluster: Int)]) -> [UInt32] {
        var size = 64
        while size * 7 < words.count * 10 { size *= 2 }
        var slots = [UInt32](repeating: 0, count: size)
        for (hash, cluster) in words {
            var slot = Int(truncatingIfNeeded: hash >> 16) & (size - 1)
            while slots[slot] != 0, slots[slot] >> 12 != check(hash) { slot = (slot + 1) & (size - 1) }
            if slots[slot] == 0 { slots[slot] = check(hash) << 12 | UInt32(cluster & 0xFFF) }
        }
        return slots
    }
}
