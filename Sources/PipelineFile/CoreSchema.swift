import StageKit

/// What a plain scalar means in the core schema of YAML 1.2: `yes`, `on` and `12:30` are texts.
enum CoreSchema {
    /// The value of a scalar without quotes and without a tag.
    static func value(of text: String) -> OptionValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        // whatever is not a number begins otherwise
        guard let first = text.utf8.first, isDigit(first) || "+-.".utf8.contains(first) else { return .string(text) }
        return number(text) ?? .string(text)
    }

    private static func number(_ text: String) -> OptionValue? {
        let bytes = Array(text.utf8)
        if bytes.starts(with: "0x".utf8) { return based(bytes.dropFirst(2), radix: 16) }
        if bytes.starts(with: "0o".utf8) { return based(bytes.dropFirst(2), radix: 8) }
        let isNegative = bytes.first == UInt8(ascii: "-")
        let isSigned = isNegative || bytes.first == UInt8(ascii: "+")
        let unsigned = bytes.dropFirst(isSigned ? 1 : 0)
        switch String(decoding: unsigned, as: UTF8.self) {
        case ".inf", ".Inf", ".INF": return .real(isNegative ? -.infinity : .infinity)
        case ".nan", ".NaN", ".NAN": return isSigned ? nil : .real(.nan)
        default: break
        }
        if !unsigned.isEmpty, unsigned.allSatisfy(isDigit) {
            // beyond 64 bits it is still a number, but no longer an exact one
            return Int(text).map { .integer($0) } ?? Double(text).map { .real($0) }
        }
        return isReal(unsigned) ? Double(text).map { .real($0) } : nil
    }

    private static func based(_ digits: ArraySlice<UInt8>, radix: Int) -> OptionValue? {
        let digits = String(decoding: digits, as: UTF8.self)
        let isValid = digits.utf8.allSatisfy { isDigit($0) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 | 0x20 }
        guard isValid, !digits.isEmpty else { return nil }
        if let value = Int(digits, radix: radix) { return .integer(value) }
        let inRange = radix == 16 || digits.utf8.allSatisfy { $0 < UInt8(ascii: "8") }
        guard inRange else { return nil }
        return .real(digits.utf8.reduce(0) { $0 * Double(radix) + Double(hexadecimal($1)) })
    }

    /// `1.5`, `.5`, `1.`, `1e3`, `1.5e-3`, without its sign.
    private static func isReal(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: isDigit).count
            rest = rest.dropFirst(1 + fraction)
        }
        guard !whole.isEmpty || fraction > 0 else { return false }
        guard let sign = rest.first else { return true }
        guard sign | 0x20 == UInt8(ascii: "e") else { return false }
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func hexadecimal(_ byte: UInt8) -> UInt8 {
        isDigit(byte) ? byte - UInt8(ascii: "0") : (byte | 0x20) &- UInt8(ascii: "a") &+ 10
    }
}
