/// The tokens of a statement of SQL with their places, without comments and blanks.
struct SQLTokens {
    enum Kind: Hashable, Sendable {
        /// A word that stands by itself: a keyword, a name.
        case word
        /// A name in `"…"`, `` `…` `` or `[…]`.
        case quotedName
        /// A text in single quotes.
        case text
        case number
        /// `$name`, `:name` or `@name`.
        case variable
        /// Any other sign.
        case sign
    }

    struct Token: Hashable, Sendable {
        let kind: Kind
        /// The token without its quotation marks, a variable without its sign.
        let text: String
        /// The byte at which it begins.
        let offset: Int

        func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }
        /// Whether it is this keyword, which is given in small letters.
        func isWord(_ word: String) -> Bool { kind == .word && text.lowercased() == word }
    }

    let all: [Token]

    init(_ sql: String) {
        let bytes = Array(sql.utf8)
        var tokens: [Token] = []
        var at = 0
        func word(from start: Int) -> Int {
            var end = start
            while end < bytes.count, SQLWords.isWord(bytes[end]) { end += 1 }
            return end
        }
        func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
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
                var content: [UInt8] = []
                while at < bytes.count {
                    if bytes[at] == end {
                        // the sign itself stands twice
                        guard end == byte, at + 1 < bytes.count, bytes[at + 1] == end else { break }
                        at += 1
                    }
                    content.append(bytes[at])
                    at += 1
                }
                at += 1
                let isText = byte == UInt8(ascii: "'")
                tokens.append(
                    Token(
                        kind: isText ? .text : .quotedName, text: String(decoding: content, as: UTF8.self),
                        offset: start))
            case UInt8(ascii: "$"), UInt8(ascii: ":"), UInt8(ascii: "@"):
                at = word(from: at)
                let name = string(start + 1..<at)
                tokens.append(
                    name.isEmpty
                        ? Token(kind: .sign, text: string(start..<at), offset: start)
                        : Token(kind: .variable, text: name, offset: start))
            case 0x30...0x39:
                at = word(from: at)
                if at + 1 < bytes.count, bytes[at] == UInt8(ascii: "."), (0x30...0x39).contains(bytes[at + 1]) {
                    at = word(from: at + 1)
                }
                tokens.append(Token(kind: .number, text: string(start..<at), offset: start))
            case let byte where SQLWords.isWord(byte):
                at = word(from: at)
                tokens.append(Token(kind: .word, text: string(start..<at), offset: start))
            case let byte where byte > 0x20:
                tokens.append(Token(kind: .sign, text: String(Unicode.Scalar(byte)), offset: start))
            default: break
            }
        }
        all = tokens
    }
}
