/// Reads TOML 1.0 (https://toml.io/en/v1.0.0) to the values that front matter has: dates and numbers as they are written.
struct TOMLReader {
    private let bytes: [UInt8]
    private var k = 0
    private var pairs: [HeadPair] = []

    /// Values may be this deep in each other.
    private static let deepest = 64

    /// The pairs of `bytes`, keys of tables with the table's name before them; nil for what is no TOML.
    static func read(_ bytes: [UInt8]) -> [HeadPair]? {
        var reader = TOMLReader(bytes: bytes)
        return reader.document() ? reader.pairs : nil
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { k < bytes.count ? bytes[k] : nil }

    private mutating func document() -> Bool {
        var table = ""
        while true {
            skipLines()
            guard let byte = next else { return true }
            if byte == UInt8(ascii: "[") {
                k += 1
                let isArray = take("[")
                guard let name = key(), take("]"), !isArray || take("]") else { return false }
                table = name + "."
            } else {
                guard let name = key(), take("="), let value = value(0) else { return false }
                pairs.append(HeadPair(table + name, value))
            }
            guard endsLine() else { return false }
        }
    }

    // MARK: - Blanks

    private mutating func skipBlanks() { while next == 0x20 || next == 0x09 { k += 1 } }

    /// Blanks, line ends and remarks.
    private mutating func skipLines() {
        while let byte = next {
            if byte == UInt8(ascii: "#") {
                while let byte = next, byte != 0x0A { k += 1 }
            } else if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
                k += 1
            } else {
                return
            }
        }
    }

    private mutating func endsLine() -> Bool {
        skipBlanks()
        guard let byte = next else { return true }
        return byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: "#")
    }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard next == UInt8(ascii: sign) else { return false }
        k += 1
        return true
    }

    // MARK: - Keys and values

    private mutating func key() -> String? {
        var parts: [String] = []
        repeat {
            skipBlanks()
            if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
                guard let part = string() else { return nil }
                parts.append(part)
            } else {
                let start = k
                while let byte = next, Self.isBare(byte) { k += 1 }
                guard k > start else { return nil }
                parts.append(String(decoding: bytes[start..<k], as: UTF8.self))
            }
        } while take(".")
        return parts.joined(separator: ".")
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }

    private mutating func value(_ depth: Int) -> HeadValue? {
        guard depth < Self.deepest else { return nil }
        skipBlanks()
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return string().map(HeadValue.text)
        case UInt8(ascii: "["):
            k += 1
            var items: [HeadValue] = []
            while true {
                skipLines()
                if take("]") { return .list(items) }
                guard let item = value(depth + 1) else { return nil }
                items.append(item)
                skipLines()
                if !take(",") { return take("]") ? .list(items) : nil }
            }
        case UInt8(ascii: "{"):
            k += 1
            var entries: [HeadPair] = []
            if take("}") { return .mapping([]) }
            repeat {
                guard let name = key(), take("="), let value = value(depth + 1) else { return nil }
                entries.append(HeadPair(name, value))
            } while take(",")
            return take("}") ? .mapping(entries) : nil
        default: return bare()
        }
    }

    /// A number, a truth value or a date, between whose day and time a blank may stand.
    private mutating func bare() -> HeadValue? {
        let start = k
        while let byte = next, !",]}#".utf8.contains(byte), byte != 0x0A, byte != 0x0D { k += 1 }
        var end = k
        while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        let text = bytes[start..<end]
        guard let first = text.first else { return nil }
        let word = String(decoding: text, as: UTF8.self)
        if ["true", "false", "inf", "nan"].contains(word) { return .text(word) }
        let isNumber = (first >= 0x30 && first <= 0x39) || first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
        guard isNumber, text.allSatisfy({ Self.isBare($0) || ":.+ ".utf8.contains($0) }) else { return nil }
        return .text(word)
    }

    // MARK: - Strings

    private mutating func string() -> String? {
        let quote = bytes[k]
        let isLong = bytes[k...].starts(with: [quote, quote, quote])
        let isLiteral = quote == UInt8(ascii: "'")
        k += isLong ? 3 : 1
        // a line end right behind the opening marks is no part of the text
        if isLong, next == 0x0D { k += 1 }
        if isLong, next == 0x0A { k += 1 }
        var text: [UInt8] = []
        while let byte = next {
            if byte == quote {
                if !isLong {
                    k += 1
                    return String(decoding: text, as: UTF8.self)
                }
                let marks = bytes[k...].prefix { $0 == quote }.count
                if marks >= 3 {
                    // up to two marks may stand before those that close
                    text += Array(repeating: quote, count: min(marks, 5) - 3)
                    k += min(marks, 5)
                    return String(decoding: text, as: UTF8.self)
                }
            }
            if !isLong, byte == 0x0A || byte == 0x0D { return nil }
            k += 1
            guard byte == UInt8(ascii: "\\"), !isLiteral else {
                text.append(byte)
                continue
            }
            guard escape(&text, isLong) else { return nil }
        }
        return nil
    }

    private mutating func escape(_ text: inout [UInt8], _ isLong: Bool) -> Bool {
        guard let byte = next else { return false }
        k += 1
        switch byte {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "e"): text.append(0x1B)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(byte)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let width = byte == UInt8(ascii: "u") ? 4 : 8
            guard k + width <= bytes.count,
                let value = UInt32(String(decoding: bytes[k..<k + width], as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(value)
            else { return false }
            k += width
            text += Array(String(scalar).utf8)
        case 0x20, 0x09, 0x0A, 0x0D:
            // a backslash at the end of a line takes the white space up to the next word away
            guard isLong, bytes[(k - 1)...].prefix(while: { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }).contains(0x0A)
            else { return false }
            while let byte = next, byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { k += 1 }
        default: return false
        }
        return true
    }
}
