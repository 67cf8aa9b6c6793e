import Text

/// What makes two tokens one word: lower case (Unicode's, of no language in particular), one form of apostrophe, no
/// soft hyphens, and no possessive ending.
enum WordFolding {
    /// Appends the folded form of the token at `span` of `text`, which is valid UTF-8.
    static func append(_ span: ByteSpan, of text: [UInt8], to output: inout [UInt8]) {
        let start = output.count
        var offset = span.start
        while offset < span.end {
            let byte = text[offset]
            if byte < 0x80 {
                output.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
                offset += 1
                continue
            }
            let (scalar, width) = UTF8Decoding.scalar(in: text, at: offset)
            switch scalar {
            case "\u{2019}", "\u{02BC}": output.append(apostrophe)
            case "\u{00AD}": break
            default: output.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            }
            offset += width
        }
        let count = output.count - start
        if count > 2, output[output.count - 1] == UInt8(ascii: "s"), output[output.count - 2] == apostrophe {
            output.removeLast(2)
        } else if count > 1, output[output.count - 1] == apostrophe {
            output.removeLast()
        }
    }

    private static let apostrophe = UInt8(ascii: "'")
}
