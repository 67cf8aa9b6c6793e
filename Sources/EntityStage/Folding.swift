import Text

/// Brings words to the form under which they are compared: small letters without marks, so that `Erdoğan` and
/// `Erdogan`, `MİT` and `MIT`, `Kılıç` and `KILIC` are the same word.
struct Folding: Sendable {
    static let standard = Folding(DataLines(Embedded.folding))

    /// For the scalars from U+00C0 to U+1EFF, the one or two plain letters, or zero.
    private let plain: [UInt16]
    private static let first: UInt32 = 0xC0
    private static let last: UInt32 = 0x1EFF

    private init(_ lines: DataLines) {
        var plain = [UInt16](repeating: 0, count: Int(Self.last - Self.first) + 1)
        for line in lines {
            let parts = line.split(separator: " ")
            guard parts.count == 2 else { continue }
            var letters: UInt16 = 0
            for byte in parts[0].utf8 { letters = letters << 8 | UInt16(byte) }
            for scalar in parts[1].unicodeScalars where scalar.value >= Self.first && scalar.value <= Self.last {
                plain[Int(scalar.value - Self.first)] = letters
            }
        }
        self.plain = plain
    }

    /// Calls `body` with the folded bytes of one scalar that is not ASCII.
    @inline(__always)
    func fold(_ scalar: Unicode.Scalar, _ body: (UInt8) -> Void) {
        if (0x300...0x36F).contains(scalar.value) { return }
        if scalar.value >= Self.first && scalar.value <= Self.last {
            let letters = plain[Int(scalar.value - Self.first)]
            if letters != 0 {
                if letters > 0xFF { body(UInt8(letters >> 8)) }
                body(UInt8(letters & 0xFF))
                return
            }
        }
        for byte in scalar.properties.lowercaseMapping.utf8 { body(byte) }
    }

    /// Whether the scalar is an upper-case letter.
    static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x80 ? (0x41...0x5A).contains(scalar.value) : scalar.properties.isUppercase
    }

    /// The folded bytes of the letters and digits of `bytes`; all else is left out.
    func folded(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        let bytes = Array(bytes)
        fold(bytes, 0..<bytes.count, into: &output)
        return output
    }

    /// The hash of the folded bytes of a word.
    func hash(of bytes: some Collection<UInt8>) -> UInt64 {
        var hash = StableHash()
        for byte in bytes {
            if byte >= 0x80 { return StableHash.of(folded(bytes)) }
            if (0x41...0x5A).contains(byte) {
                hash.combine(byte | 0x20)
            } else if (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) {
                hash.combine(byte)
            }
        }
        return hash.value
    }

    /// Appends the folded bytes of the letters and digits in `range`; all else is left out.
    func fold(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) {
        var k = range.lowerBound
        while k < range.upperBound {
            let byte = bytes[k]
            if byte < 0x80 {
                if (0x41...0x5A).contains(byte) {
                    output.append(byte | 0x20)
                } else if (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) {
                    output.append(byte)
                }
                k += 1
            } else {
                let (scalar, width) = UTF8Decoding.scalar(in: bytes, at: k)
                guard k + width <= range.upperBound else { break }
                if AtomScanner.isLetter(scalar) { fold(scalar) { output.append($0) } }
                k += width
            }
        }
    }
}
