/// An encoding of one byte a character in which UTF-8 is often read by mistake.
struct OneByteEncoding: Sendable {
    /// The byte of each scalar below U+2700; 0 where there is none.
    private let bytes: [UInt8]
    /// Whether its letters and marks are those of western text, so that a single sequence may speak for itself.
    let isWestern: Bool

    /// The byte of `scalar`; a control of the upper range is the byte of its number.
    func byte(_ scalar: Unicode.Scalar) -> UInt8? {
        guard scalar.value < 0x2700 else { return nil }
        let byte = bytes[Int(scalar.value)]
        return byte == 0 ? nil : byte
    }

    /// Whether `scalar` stands for the first byte of a sequence and `next` for one of the others.
    func mayBegin(_ scalar: Unicode.Scalar, _ next: Unicode.Scalar) -> Bool {
        guard let lead = byte(scalar), lead >= 0xC2, lead <= 0xF4 else { return false }
        if next == "\u{FFFD}" || (next == " " && isWestern) { return true }
        return byte(next).map { $0 & 0xC0 == 0x80 } ?? false
    }

    /// In the order in which they are tried.
    static let all: [OneByteEncoding] = [
        OneByteEncoding(.windows1252, isWestern: true), OneByteEncoding(.known("windows-1250")),
        OneByteEncoding(.known("macintosh")), OneByteEncoding(.known("ibm437")), OneByteEncoding(.known("ibm850")),
        OneByteEncoding(.known("windows-1251")),
    ]

    private init(_ page: CodePage, isWestern: Bool = false) {
        var bytes = Array(repeating: UInt8(0), count: 0x2700)
        // Latin-1 is read where Windows-1252 is meant, and the other way round
        if isWestern { for byte in UInt8(0x80)...0xFF { bytes[Int(byte)] = byte } }
        for (k, scalar) in page.scalars.enumerated() where scalar.value < 0x2700 {
            bytes[Int(scalar.value)] = UInt8(128 + k)
        }
        self.bytes = bytes
        self.isWestern = isWestern
    }
}
