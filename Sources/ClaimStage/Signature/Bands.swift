/// The bands of a claim: claims that share most of their stems share at least one, others hardly ever.
///
/// MinHash (Broder 1997) with bands of two rows. Names count more than other words, by more chances to be the least.
/// One more band holds claims that begin the same: of a claim and its first half, few stems are the same in both.
enum Bands {
    /// How many bands there are.
    static let count = drawn + 1
    private static let drawn = 10
    private static let nameWeight = 2

    /// What a claim has in each band, 48 bits: two of its stems, or its opening. None when there is too little in it
    /// to compare.
    static func of(_ signature: ClaimSignature) -> [UInt64] {
        guard signature.isComparable else { return [] }
        var words: [UInt64] = [], hashes: [UInt64] = []
        words.reserveCapacity(2 * signature.stems.count)
        hashes.reserveCapacity(2 * signature.stems.count)
        for stem in signature.stems {
            let word = UInt64(stem & ClaimSignature.wordMask)
            for copy in 0..<(stem == word ? 1 : nameWeight) {
                words.append(word)
                hashes.append(mixed(word | UInt64(copy) << 32))
            }
        }
        return (0..<drawn).map { band in
            words[least(hashes, multipliers[2 * band])] << 24 | words[least(hashes, multipliers[2 * band + 1])]
        } + [signature.opening]
    }

    /// Which of `hashes` comes first in the order that belongs to a multiplier.
    private static func least(_ hashes: [UInt64], _ multiplier: UInt64) -> Int {
        var least = UInt64.max, index = 0
        for k in hashes.indices {
            let hash = hashes[k] &* multiplier
            if hash < least {
                least = hash
                index = k
            }
        }
        return index
    }

    /// An odd number for each row: hashes that were mixed once and multiplied are in another order for each
    /// (Dietzfelbinger and others 1997).
    private static let multipliers = (0..<2 * drawn).map { mixed(UInt64($0) | 1 << 40) | 1 }

    /// The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
    static func mixed(_ value: UInt64) -> UInt64 {
        var x = value &+ 0x9E37_79B9_7F4A_7C15
        x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
        return x ^ (x >> 31)
    }
}
