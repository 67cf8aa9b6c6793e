/// The words of a statement, and the names that it gives to its own queries.
struct SQLWords {
    /// Every word, quoted or not, in small letters.
    let all: Set<String>
    /// Those before `as (`: `with NAME as (…)`. There may be some that are none; they only make the guard stricter.
    let queries: Set<String>

    init(_ sql: String) {
        let tokens = Self.tokens(of: Array(sql.utf8))
        all = Set(tokens)
        var names: Set<String> = []
        for k in tokens.indices where tokens[k] == "as" {
            var next = k + 1
            while next < tokens.count, tokens[next] == "not" || tokens[next] == "materialized" { next += 1 }
            guard next < tokens.count, tokens[next] == "(", k > 0 else { continue }
            var before = k - 1
            if tokens[before] == ")" {
                while before > 0, tokens[before] != "(" { before -= 1 }
                before -= 1
            }
            if before >= 0 { names.insert(tokens[before]) }
        }
        queries = names
    }

    /// Whether a byte is part of a word: a letter, a digit, a low line, or anything beyond ASCII.
    static func isWord(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F || byte >= 0x80
    }

    /// Words, quoted names without their quotation marks, and single signs; without comments.
    private static func tokens(of bytes: [UInt8]) -> [String] {
        var tokens: [String] = []
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            let start = at
            at += 1
            switch byte {
            case UInt8(ascii: "-") where at < bytes.count && bytes[at] == byte:
                while at < bytes.count, bytes[at] != 0x0A { at += 1 }
            case UInt8(ascii: "/") where at < bytes.count && bytes[at] == UInt8(ascii: "*"):
                at += 1
                while at < bytes.count,
                    !(bytes[at] == UInt8(ascii: "*") && at + 1 < bytes.count && bytes[at + 1] == byte)
                { at += 1 }
                at = min(bytes.count, at + 2)
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "["):
                let end = byte == UInt8(ascii: "[") ? UInt8(ascii: "]") : byte
                while at < bytes.count, bytes[at] != end || at + 1 < bytes.count && bytes[at + 1] == end && end == byte
                {
                    at += bytes[at] == end ? 2 : 1
                }
                tokens.append(String(decoding: bytes[start + 1..<min(at, bytes.count)], as: UTF8.self).lowercased())
                at += 1
            case let byte where isWord(byte):
                while at < bytes.count, isWord(bytes[at]) { at += 1 }
                tokens.append(String(decoding: bytes[start..<at], as: UTF8.self).lowercased())
            case let byte where byte > 0x20: tokens.append(String(Unicode.Scalar(byte)))
            default: break
            }
        }
        return tokens
    }
}
