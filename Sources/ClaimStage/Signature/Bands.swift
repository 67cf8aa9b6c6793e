import Text

/// The bands of a claim: claims that share most of their stems share at least one, others hardly ever.
///
/// MinHash (Broder 1997) with bands of two rows. Names count more than other words, by more chances to be the least.
enum Bands {
    /// How many bands of two rows there are; one more holds claims of exactly the same words.
    static let count = 12
    private static let nameWeight = 2

    /// The bands of a signature; none when there is too little in it to compare.
    static func of(_ signature: ClaimSignature) -> [UInt64] {
        guard signature.isComparable else { return [] }
        var bands = [signature.exact]
        for band in 0..<count {
            var hash = StableHash()
            hash.combine(UInt64(band))
            for row in 0..<2 { hash.combine(least(signature.stems, seed: UInt64(2 * band + row))) }
            bands.append(hash.value)
        }
        return bands
    }

    private static func least(_ stems: [UInt32], seed: UInt64) -> UInt64 {
        var least = UInt64.max
        var stemOfLeast: UInt32 = 0
        for stem in stems {
            let word = stem & (ClaimSignature.nameBit - 1)
            for copy in 0..<(stem == word ? 1 : nameWeight) {
                let hash = mixed(UInt64(word) | UInt64(copy) << 32 | seed << 40)
                if hash < least {
                    least = hash
                    stemOfLeast = word
                }
            }
        }
        return UInt64(stemOfLeast)
    }

    /// The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var x = value &+ 0x9E37_79B9_7F4A_7C15
        x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
        return x ^ (x >> 31)
    }
}
