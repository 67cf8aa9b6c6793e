/// Bytes as a bad disk or a cut-off transfer leaves them.
package enum Damage {
    /// Cut and flipped forms of `bytes`: all of them for a few bytes, a seeded choice for more.
    package static func variants(of bytes: [UInt8], seed: UInt64 = 1) -> [[UInt8]] {
        guard bytes.count > 24 else {
            return bytes.indices.map { Array(bytes[..<$0]) }
                + bytes.indices.flatMap { at in
                    [0x01, 0x80, 0xFF].map { flipped(bytes, at, $0) }
                }
        }
        var random = SplitMix64(seed: seed)
        // what stands first is read in any case, and long bytes are slow to copy
        let tries = bytes.count > 1 << 16 ? 4 : 24
        return (0..<tries).flatMap { n in
            let at = n < 8 ? n : random.below(bytes.count)
            let mask: UInt8 = n % 2 == 0 ? 0xFF : UInt8(1) << UInt8(random.below(8))
            return [Array(bytes[..<random.below(bytes.count)]), flipped(bytes, at, mask)]
        }
    }

    private static func flipped(_ bytes: [UInt8], _ at: Int, _ mask: UInt8) -> [UInt8] {
        var bytes = bytes
        bytes[at] ^= mask
        return bytes
    }
}
