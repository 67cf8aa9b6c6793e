import StageKit

/// Tells files that hold no text.
enum BinaryFile {
    /// First bytes of common formats that are no text.
    private static let marks: [[UInt8]] = [
        [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], [0x50, 0x4B, 0x03, 0x04], [0x25, 0x50, 0x44, 0x46, 0x2D],
        [0x1F, 0x8B, 0x08], [0x7F, 0x45, 0x4C, 0x46], [0x47, 0x49, 0x46, 0x38], [0xD0, 0xCF, 0x11, 0xE0],
    ]

    /// Throws when `bytes`, which are not UTF-16, are no text.
    static func refuse(_ bytes: [UInt8]) throws(StageFailure) {
        let known = marks.contains { bytes.starts(with: $0) }
        var controls = 0
        var zeros = 0
        for byte in bytes where byte < 0x20 {
            if byte == 0 {
                zeros += 1
            } else if byte < 9 || (byte > 13 && byte != 0x1B && byte != 0x1A) {
                controls += 1
            }
        }
        // a stray zero is a slip; one in a hundred bytes is another format
        guard known || zeros > max(4, bytes.count / 100) || controls > max(8, bytes.count / 20) else { return }
        throw StageFailure(
            "the file is binary, not text", hint: "convert it to text, or exclude it from the corpus",
            code: "binary-file")
    }
}
