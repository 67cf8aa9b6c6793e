import Text

/// Exponents that are set high, with the signs that Unicode has for them.
extension NumberParser {
    /// `10⁶`, and `1.5×10⁶` behind its factor: the value, and the end. `value` is the number that ends before `k`.
    func scientific(_ value: Double, _ k: Int, limit: Int) -> (value: Double, end: Int)? {
        if value == 10, let exponent = superscript(k, limit: limit) {
            return (Self.raised(10, to: exponent.value), exponent.end)
        }
        guard k + 2 < limit, isTimes(atoms[k]), atoms[k + 1].isDigits, atoms[k + 1].end - atoms[k + 1].start == 2,
            integer(atoms[k + 1]) == 10, let exponent = superscript(k + 2, limit: limit)
        else { return nil }
        return (value * Self.raised(10, to: exponent.value), exponent.end)
    }

    /// The whole number that is set high at `k`, and where it ends.
    func superscript(_ k: Int, limit: Int) -> (value: Int, end: Int)? {
        var at = k
        var sign = 1
        var value = 0
        var digits = 0
        while at < limit, at < k + 4, !atoms[at].isSpaced, let digit = superscriptDigit(atoms[at]) {
            if digit < 0 {
                guard at == k else { return nil }
                sign = -1
            } else {
                value = value * 10 + digit
                digits += 1
            }
            at += 1
        }
        return digits > 0 && digits < 3 ? (sign * value, at) : nil
    }

    /// The digit that a sign is, set high; -1 for a minus.
    private func superscriptDigit(_ atom: Atom) -> Int? {
        guard atom.kind == .mark else { return nil }
        let sign = reading.bytes[Int(atom.start)..<Int(atom.end)]
        switch (sign.count, sign.first, sign.last) {
        case (2, 0xC2, 0xB9): return 1
        case (2, 0xC2, 0xB2): return 2
        case (2, 0xC2, 0xB3): return 3
        case (3, 0xE2, 0xB0) where sign.dropFirst().first == 0x81: return 0
        case (3, 0xE2, let last?) where sign.dropFirst().first == 0x81 && (0xB4...0xB9).contains(last):
            return Int(last - 0xB0)
        case (3, 0xE2, 0xBB) where sign.dropFirst().first == 0x81: return -1
        default: return nil
        }
    }

    /// `×` or a raised point.
    private func isTimes(_ atom: Atom) -> Bool {
        let sign = reading.bytes[Int(atom.start)..<Int(atom.end)]
        return atom.kind == .mark && (sign.elementsEqual("×".utf8) || sign.elementsEqual("·".utf8))
    }
}
