import StageKit

extension ContentDigest {
    /// The first eight bytes, by which the rows of a store are found: of the 32 bytes four times as much would stand in each
    /// row and once more in its index.
    ///
    /// Two of a hundred million digests have the same ones in one of four thousand stores. Nothing false follows from it: an
    /// object is compared with its whole digest whenever it is read, and a result with a check that its whole key is part
    /// of. The second of the two is taken for damaged, and computed again.
    var short: Int64 { Int64(bitPattern: head) }

    /// How messages name an object of whose digest this is the beginning: as they name one of which they know all of it.
    static func name(short: Int64) -> String {
        let digits = String(UInt64(bitPattern: short), radix: 16)
        return String((String(repeating: "0", count: 16 - digits.count) + digits).prefix(12))
    }
}
