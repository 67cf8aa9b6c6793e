package import Text

/// What makes two tokens one word: lower case, one form of apostrophe and of hyphen, no soft hyphens, and no possessive
/// ending.
///
/// Lower case is Unicode's, with what it leaves to a language: in Turkish and Azeri *I* belongs to *ı*; *İ* is *i*
/// everywhere, not *i* with a second dot; a sigma at the end of a Greek word has its own form, in capitals too.
package struct WordFolding: Hashable, Sendable {
    /// Whether *I* is the capital of *ı*.
    private let hasDotlessI: Bool

    /// For words of a language as a BCP 47 tag; nil for one that is not known.
    package init(language: String?) {
        let primary = (language ?? "").lowercased().prefix { $0 != "-" && $0 != "_" }
        hasDotlessI = ["tr", "az", "tur", "aze"].contains(String(primary))
    }

    /// For words of no language in particular.
    package static let plain = WordFolding(language: nil)

    /// Appends the folded form of the token at `span` of `text`, which is valid UTF-8.
    package func append(_ span: ByteSpan, of text: [UInt8], to output: inout [UInt8]) {
        let start = output.count
        var offset = span.start
        while offset < span.end {
            let byte = text[offset]
            if byte < 0x80 {
                offset += 1
                guard hasDotlessI, byte == UInt8(ascii: "I") else {
                    output.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
                    continue
                }
                // I with a dot that stands apart
                if offset + 1 < span.end, text[offset] == 0xCC, text[offset + 1] == 0x87 {
                    output.append(UInt8(ascii: "i"))
                    offset += 2
                } else {
                    output.append(contentsOf: "ı".utf8)
                }
                continue
            }
            let (scalar, width) = UTF8Decoding.scalar(in: text, at: offset)
            switch scalar {
            case "\u{2019}", "\u{02BC}": output.append(Self.apostrophe)
            case "\u{2010}", "\u{2011}": output.append(UInt8(ascii: "-"))
            case "\u{00AD}": break
            case "İ": output.append(UInt8(ascii: "i"))
            case "ς": output.append(contentsOf: "σ".utf8)
            default: output.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            }
            offset += width
        }
        let count = output.count - start
        if count > 2, output[output.count - 1] == UInt8(ascii: "s"), output[output.count - 2] == Self.apostrophe {
            output.removeLast(2)
        } else if count > 1, output[output.count - 1] == Self.apostrophe {
            output.removeLast()
        }
        // σ at the end of a word, CF 83, is ς, CF 82
        if output.count - start > 2, output[output.count - 1] == 0x83, output[output.count - 2] == 0xCF {
            output[output.count - 1] = 0x82
        }
    }

    /// The folded form of a word by itself.
    func folded(_ word: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        append(ByteSpan(0, word.count), of: word, to: &output)
        return output
    }

    private static let apostrophe = UInt8(ascii: "'")
}
