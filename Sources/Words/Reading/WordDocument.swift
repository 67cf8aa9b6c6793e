package import Results
package import Text

/// A document of the results with its words.
package struct WordDocument {
    /// Its number in the results.
    package var number = 0
    package var language: String?
    package var text: [UInt8] = []
    package var words = WordSpans()

    /// Whether the word `k` stands behind the one before it with nothing between them but blanks, or one hyphen.
    func touches(_ k: Int) -> Bool {
        let between = text[words.ends[k - 1]..<words.starts[k]]
        switch between.count {
        case 0: return true
        case 1:
            let byte = between[between.startIndex]
            return byte <= 0x20 || byte == UInt8(ascii: "-")
        default:
            return between.allSatisfy { $0 <= 0x20 } || between.elementsEqual("\u{A0}".utf8)
                || between.elementsEqual("\u{2010}".utf8) || between.elementsEqual("\u{2011}".utf8)
        }
    }

    /// From the first byte of the first word to behind the last.
    package func span(_ words: Range<Int>) -> ByteSpan {
        ByteSpan(self.words.starts[words.lowerBound], self.words.ends[words.upperBound - 1])
    }

    /// How many of its words are counted: numbers are not.
    package var count: Int { words.starts.count - words.isNumber.count { $0 } }

    /// `span` without line ends and runs of blanks.
    package func line(_ span: ByteSpan) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(span.count)
        for byte in text[span.range] {
            let byte = byte <= 0x20 ? 0x20 : byte
            if byte != 0x20 || bytes.last != 0x20 { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
