/// The Unicode data that Swift's standard library brings along: letters, cases and decompositions come from it, so results
/// may differ where its version does.
public enum UnicodeData {
    /// The version of Unicode, as the youngest code point tells it: `16.0`.
    ///
    /// The library has no name for it, but knows when each code point was assigned. Only blocks are looked at in which
    /// each version since 5.0 has assigned code points; the large ones of ideographs and syllables are left out.
    public static let version: String = {
        var latest = (major: 0, minor: 0)
        for range in [0x0000...0x33FF, 0xA000...0xABFF, 0x1_0000...0x1_6FFF, 0x1_AFF0...0x1_FFFF]
            as [ClosedRange<UInt32>]
        {
            for value in range {
                if let age = Unicode.Scalar(value)?.properties.age, age > latest { latest = age }
            }
        }
        return "\(latest.major).\(latest.minor)"
    }()
}
