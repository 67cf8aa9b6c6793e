import Text

/// Words as they are compared: lower case, letters without their marks, one apostrophe and one hyphen.
enum Folding {
    private static let letters: [UInt32: [UInt8]] = {
        var table: [UInt32: [UInt8]] = [:]
        for entry in DataFile(Embedded.letters).entries {
            let plain = Array(entry.head.utf8)
            for letter in entry.words { for scalar in letter.unicodeScalars { table[scalar.value] = plain } }
        }
        return table
    }()

    /// Appends the folded form of the bytes of `span` to `folded`.
    static func append(_ text: [UInt8], _ span: ByteSpan, to folded: inout [UInt8]) {
        var offset = span.start
        while offset < span.end {
            let byte = text[offset]
            if byte < 0x80 {
                folded.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
                offset += 1
                continue
            }
            let (scalar, width) = UTF8Decoding.scalar(in: text, at: offset)
            if let plain = letters[scalar.value] {
                folded.append(contentsOf: plain)
            } else {
                folded.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            }
            offset += width
        }
    }

    /// The folded form of a word of a data file.
    static func folded(_ word: some StringProtocol) -> [UInt8] {
        let bytes = Array(word.utf8)
        var folded: [UInt8] = []
        append(bytes, ByteSpan(0, bytes.count), to: &folded)
        return folded
    }

    /// The hash under which lexicons keep a word.
    static func key(_ word: some StringProtocol) -> UInt64 { StableHash.of(folded(word)) }
}
