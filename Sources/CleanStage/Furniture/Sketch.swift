/// Which bits are set in most of the hashes of a block's words (Charikar 2002). The counts of all 64 bits are kept side by
/// side, the lowest digits of each in one number, the next ones in another.
struct Sketch {
    private var digits: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0)
    private var count = 0

    /// Counts a hash; at most 127 of them.
    mutating func add(_ hash: UInt64) {
        count += 1
        var carry = hash
        Self.add(&carry, to: &digits.0)
        Self.add(&carry, to: &digits.1)
        Self.add(&carry, to: &digits.2)
        Self.add(&carry, to: &digits.3)
        Self.add(&carry, to: &digits.4)
        Self.add(&carry, to: &digits.5)
        digits.6 ^= carry
    }

    private static func add(_ carry: inout UInt64, to digit: inout UInt64) {
        let next = digit & carry
        digit ^= carry
        carry = next
    }

    /// The bits that more than half of the hashes have.
    var value: UInt64 {
        var more: UInt64 = 0
        var same = UInt64.max
        let all = [digits.6, digits.5, digits.4, digits.3, digits.2, digits.1, digits.0]
        for (k, digit) in all.enumerated() {
            if (count / 2) >> (6 - k) & 1 == 0 {
                more |= same & digit
                same &= ~digit
            } else {
                same &= digit
            }
        }
        return more
    }
}
