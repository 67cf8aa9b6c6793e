/// Reading Unicode scalars out of bytes that are known to be valid UTF-8.
public enum UTF8Decoding {
    /// How many bytes the scalar takes that begins with `lead`.
    @inlinable
    public static func width(lead: UInt8) -> Int {
        lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    }

    /// Whether `byte` stands inside a scalar, not at its beginning.
    @inlinable
    public static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// The scalar that begins at `offset`, and its width in bytes.
    ///
    /// `bytes` has to be valid UTF-8 and `offset` a scalar's first byte; otherwise the answer is U+FFFD, width 1.
    @inlinable
    public static func scalar(in bytes: [UInt8], at offset: Int) -> (scalar: Unicode.Scalar, width: Int) {
        let lead = bytes[offset]
        if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
        let width = width(lead: lead)
        guard !isContinuation(lead), offset + width <= bytes.count else { return ("\u{FFFD}", 1) }
        var value = UInt32(lead) & (0xFF >> UInt32(width + 1))
        for k in 1..<width { value = value << 6 | UInt32(bytes[offset + k] & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", width)
    }

    /// The scalar that ends just before `offset`, and its width; nil at the beginning of the text.
    @inlinable
    public static func scalar(in bytes: [UInt8], before offset: Int) -> (scalar: Unicode.Scalar, width: Int)? {
        guard offset > 0 else { return nil }
        var start = offset - 1
        while start > 0, isContinuation(bytes[start]), offset - start < 4 { start -= 1 }
        return scalar(in: bytes, at: start)
    }

    /// The bytes of `span` as a string.
    @inlinable
    public static func string(_ bytes: [UInt8], _ span: ByteSpan) -> String {
        String(decoding: bytes[span.range], as: UTF8.self)
    }

    /// Whether `offset` stands between two scalars (or at either end) of `bytes`.
    @inlinable
    public static func isBoundary(_ offset: Int, in bytes: [UInt8]) -> Bool {
        offset == bytes.count || (offset >= 0 && offset < bytes.count && !isContinuation(bytes[offset]))
    }
}
