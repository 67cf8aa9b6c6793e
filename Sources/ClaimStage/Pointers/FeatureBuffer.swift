/// The features of one candidate, as hashes.
package struct FeatureBuffer {
    package private(set) var hashes: [UInt32] = []

    package init() { hashes.reserveCapacity(128) }

    mutating func clear() { hashes.removeAll(keepingCapacity: true) }

    /// Adds a feature: the number of its template with up to three values.
    @inline(__always)
    mutating func add(_ template: UInt32, _ a: UInt32, _ b: UInt32 = 0, _ c: UInt32 = 0) {
        // multipliers of Knuth's hash and of MurmurHash3
        var hash = (template &+ 1) &* 0x9E37_79B1
        hash = (hash ^ a) &* 0x85EB_CA6B
        hash ^= hash >> 15
        hash = (hash ^ b) &* 0xC2B2_AE35
        hash ^= hash >> 13
        hash = (hash ^ c) &* 0x27D4_EB2F
        hashes.append(hash ^ hash >> 16)
    }
}
