package import StageKit

extension ContentDigest {
    /// The digest that is written so in hexadecimal; nil where something else is written.
    package init?(hexadecimal: String) {
        let digits = hexadecimal.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for k in stride(from: 0, to: 64, by: 2) {
            guard let high = digits[k], let low = digits[k + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        self.init(bytes)
    }
}
