import Text

/// A line as patterns see it: in small letters, straight quotes, one space between words, without marks at its ends.
enum PlainLine {
    private static let edges = Set(" .:!…*-•»›>→\"'".utf8)

    /// `bytes` reduced.
    static func reduced(_ bytes: [UInt8]) -> [UInt8] {
        let result = folded(bytes)
        var start = 0
        var end = result.count
        // a line in brackets says what it says without them; `(c)` is a sign
        if end > 3, result[0] == UInt8(ascii: "("), result[end - 1] == UInt8(ascii: ")"), result[2] != UInt8(ascii: ")")
        {
            start = 1
            end -= 1
        }
        while start < end, result[start] < 0x80, Self.edges.contains(result[start]) { start += 1 }
        while end > start, Self.edges.contains(result[end - 1]) { end -= 1 }
        // a mark cut in half would leave bytes that are no UTF-8; patterns compare bytes, so that does no harm
        return Array(result[start..<end])
    }

    /// `bytes` in small letters and with one blank between words, marks at the ends included.
    private static func folded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var gap = false
        var k = 0
        while k < bytes.count {
            let byte = bytes[k]
            if byte < 0x80 {
                k += 1
                if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
                    gap = !result.isEmpty
                } else {
                    if gap { result.append(0x20) }
                    gap = false
                    result.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte == UInt8(ascii: "`") ? 0x27 : byte)
                }
                continue
            }
            let (scalar, width) = UTF8Decoding.scalar(in: bytes, at: k)
            k += width
            switch scalar {
            case "\u{A0}", "\u{2000}"..."\u{200A}", "\u{202F}", "\u{3000}": gap = !result.isEmpty
            default:
                if gap { result.append(0x20) }
                gap = false
                append(scalar, to: &result)
            }
        }
        return result
    }
}

extension PlainLine {
    /// Adds a scalar beyond ASCII: marks as their plain like, letters small.
    private static func append(_ scalar: Unicode.Scalar, to result: inout [UInt8]) {
        switch scalar {
        case "’", "‘": result.append(UInt8(ascii: "'"))
        case "“", "”": result.append(UInt8(ascii: "\""))
        case "—", "–", "‑": result.append(UInt8(ascii: "-"))
        // a Turkish capital does not say which of the two it is
        case "İ", "ı": result.append(UInt8(ascii: "i"))
        default: result.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        }
    }
}

/// A pattern over reduced lines: `*` stands for anything, `#` for a number.
struct LinePattern: Sendable {
    private enum Part: Sendable {
        case byte(UInt8)
        case anything
        case number
    }

    private let parts: [Part]
    /// Whether anything may stand somewhere in the line.
    let isOpen: Bool

    /// The pattern as written.
    init(_ pattern: [UInt8]) {
        parts = pattern.map { byte in
            byte == UInt8(ascii: "*") ? .anything : byte == UInt8(ascii: "#") ? .number : .byte(byte)
        }
        isOpen = pattern.contains(UInt8(ascii: "*"))
    }

    /// Whether all of `line` fits.
    func matches(_ line: [UInt8]) -> Bool {
        // the last star and where it had got to: on a mismatch it takes one byte more
        var star: (part: Int, at: Int)?
        var part = 0
        var k = 0
        while k < line.count || part < parts.count {
            if part < parts.count {
                switch parts[part] {
                case .anything:
                    star = (part, k)
                    part += 1
                    continue
                case .number:
                    let start = k
                    while k < line.count, Self.isNumeric(line[k]) { k += 1 }
                    if k > start {
                        part += 1
                        continue
                    }
                case .byte(let byte):
                    if k < line.count, line[k] == byte {
                        part += 1
                        k += 1
                        continue
                    }
                }
            }
            guard let last = star, last.at < line.count else { return false }
            star = (last.part, last.at + 1)
            part = last.part + 1
            k = last.at + 1
        }
        return true
    }

    private static func isNumeric(_ byte: UInt8) -> Bool {
        (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".")
    }
}

extension PlainLine {
    /// A pattern of a user's, reduced as the lines are that it is compared with; what stands beside a star stays.
    static func reducedPattern(_ pattern: String) -> [UInt8] {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return reduced(Array(pattern.utf8)) }
        var result: [UInt8] = []
        for (k, part) in parts.enumerated() {
            if k > 0 { result.append(UInt8(ascii: "*")) }
            var bytes = folded(Array(part.utf8))
            // a line is compared without marks at its ends, so a pattern has none there
            if k == 0 { bytes = Array(bytes.drop { $0 < 0x80 && edges.contains($0) }) }
            if k == parts.count - 1 { while let last = bytes.last, edges.contains(last) { bytes.removeLast() } }
            if k > 0, part.first == " ", !bytes.isEmpty { result.append(0x20) }
            result += bytes
            if k + 1 < parts.count, part.last == " ", !bytes.isEmpty { result.append(0x20) }
        }
        return result
    }
}
