/// A 64-bit hash that is the same in every run and on every machine: for signatures and buckets.
///
/// FNV-1a over the bytes (Fowler, Noll, Vo 1991) with the finalizer of MurmurHash3 (Appleby 2011), which spreads
/// what FNV leaves in the high bits. It is no cryptographic hash: what has to be unique is keyed by SHA-256.
public struct StableHash: Sendable {
    @usableFromInline var state: UInt64 = 0xCBF2_9CE4_8422_2325

    /// A hash of nothing yet.
    @inlinable
    public init() {}

    /// Takes in one byte.
    @inlinable
    public mutating func combine(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    /// Takes in bytes.
    @inlinable
    public mutating func combine(_ bytes: some Sequence<UInt8>) { for byte in bytes { combine(byte) } }

    /// Takes in an integer, as its eight bytes in little-endian order.
    @inlinable
    public mutating func combine(_ value: UInt64) {
        for k in 0..<8 { combine(UInt8(truncatingIfNeeded: value >> (8 * k))) }
    }

    /// The hash of what was taken in.
    @inlinable
    public var value: UInt64 {
        var x = state
        x ^= x >> 33
        x = x &* 0xFF51_AFD7_ED55_8CCD
        x ^= x >> 33
        x = x &* 0xC4CE_B9FE_1A85_EC53
        return x ^ (x >> 33)
    }

    /// The hash of `bytes`.
    @inlinable
    public static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = StableHash()
        hash.combine(bytes)
        return hash.value
    }
}
