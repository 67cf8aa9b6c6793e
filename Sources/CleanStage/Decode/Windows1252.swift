/// Windows code page 1252, as the WHATWG's Encoding Standard has it: the five bytes without a character are the C1
/// controls of the same number.
enum Windows1252 {
    /// The scalars of the bytes 0x80 to 0x9F.
    private static let high: [UInt16] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x9D, 0x017E, 0x0178,
    ]

    /// The scalar of a byte.
    static func scalar(_ byte: UInt8) -> Unicode.Scalar {
        guard (0x80..<0xA0).contains(byte) else { return Unicode.Scalar(byte) }
        return Unicode.Scalar(high[Int(byte) - 0x80]) ?? "\u{FFFD}"
    }

    /// The byte of a scalar; a C1 control counts as the byte of its number. Nil where there is none.
    static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
        if scalar.value < 0x100 { return UInt8(scalar.value) }
        guard scalar.value < 0x10000, let k = high.firstIndex(of: UInt16(scalar.value)) else { return nil }
        return UInt8(0x80 + k)
    }
}
