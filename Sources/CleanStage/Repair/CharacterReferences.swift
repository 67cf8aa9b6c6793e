import StageKit
import Text

/// HTML's character references: `&eacute;`, `&#233;`, `&#xE9;`.
enum CharacterReferences {
    /// `text` with the references that it knows replaced by their characters.
    static func decoded(_ text: TracedText) -> TracedText {
        var edits = TextEdits()
        let bytes = text.bytes
        var k = 0
        while let next = bytes[k...].firstIndex(of: UInt8(ascii: "&")) {
            if let (replacement, end) = reference(in: bytes, at: next) {
                edits.replace(ByteSpan(next, end), by: replacement)
                k = end
            } else {
                k = next + 1
            }
        }
        return edits.applied(to: text)
    }

    /// A text without a way back, decoded.
    static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var traced = TracedText()
        traced.append(text.utf8, from: ByteSpan(0, text.utf8.count), .whole)
        return String(decoding: decoded(traced).bytes, as: UTF8.self)
    }

    /// The characters of the reference at `start`, and where it ends.
    static func reference(in bytes: [UInt8], at start: Int) -> ([UInt8], Int)? {
        let limit = min(bytes.count, start + 34)
        guard let end = bytes[start..<limit].firstIndex(of: UInt8(ascii: ";")), end > start + 1 else { return nil }
        let name = bytes[start + 1..<end]
        guard name.first == UInt8(ascii: "#") else { return named[Array(name)].map { ($0, end + 1) } }
        let digits = name.dropFirst()
        let isHexadecimal = digits.first == UInt8(ascii: "x") || digits.first == UInt8(ascii: "X")
        let number = String(decoding: digits.dropFirst(isHexadecimal ? 1 : 0), as: UTF8.self)
        guard let value = UInt32(number, radix: isHexadecimal ? 16 : 10), value > 0 else { return nil }
        // the standard reads numbers of C1 controls as Windows-1252
        let scalar = value < 0x100 ? CodePage.windows1252[UInt8(value)] : Unicode.Scalar(value)
        return scalar.map { (Array(String($0).utf8), end + 1) }
    }

    /// The sign for a number that no character has, and where its reference ends.
    static func lost(in bytes: [UInt8], at start: Int) -> ([UInt8], Int)? {
        guard bytes[start...].starts(with: "&#".utf8) else { return nil }
        let digits = bytes[(start + 2)...].prefix(7).prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard !digits.isEmpty, digits.endIndex < bytes.count, bytes[digits.endIndex] == UInt8(ascii: ";") else {
            return nil
        }
        return (Array("\u{FFFD}".utf8), digits.endIndex + 1)
    }

    private static let named: [[UInt8]: [UInt8]] = {
        var named: [[UInt8]: [UInt8]] = [:]
        let data = Embedded.characterReferences.withUTF8Buffer { Array($0) }
        for line in data.split(separator: 0x0A) where line.first != UInt8(ascii: "#") {
            let parts = line.split(separator: UInt8(ascii: " "))
            guard parts.count == 2, let value = UInt32(String(decoding: parts[1], as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(value)
            else { continue }
            named[Array(parts[0])] = Array(String(scalar).utf8)
        }
        return named
    }()
}
