import Text

/// Cuts a text into the words of BERT's tokenizer for text without case (Devlin and others 2019): without accents, in lower
/// case, marks and Chinese characters by themselves.
struct WordPieces {
    /// The words, in UTF-8.
    private(set) var words: [[UInt8]] = []
    private var word: [UInt8] = []

    /// The words of `text`, at most `most` of them.
    static func words(of text: [UInt8], most: Int) -> [[UInt8]] {
        var pieces = WordPieces()
        var parts: [Unicode.Scalar] = []
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            if pieces.words.count >= most { break }
            if scalar.value < 0x80 {
                pieces.add(ascii: UInt8(scalar.value))
                continue
            }
            let category = scalar.properties.generalCategory
            if scalar.properties.isWhitespace {
                pieces.endWord()
            } else if category.isOther || scalar.value == 0xFFFD {
                continue
            } else if isChinese(scalar.value) {
                pieces.add(alone: scalar)
            } else {
                parts.removeAll(keepingCapacity: true)
                NFC.decompose(scalar, into: &parts)
                for part in parts where part.properties.generalCategory != .nonspacingMark {
                    for small in part.properties.lowercaseMapping.unicodeScalars { pieces.add(small) }
                }
            }
        }
        pieces.endWord()
        return Array(pieces.words.prefix(most))
    }

    private mutating func add(ascii byte: UInt8) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): word.append(byte)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
        case 0x20, 0x09, 0x0A, 0x0D: endWord()
        case 0x21..<0x7F: add(alone: Unicode.Scalar(byte))
        default: break
        }
    }

    private mutating func add(_ scalar: Unicode.Scalar) {
        if scalar.value < 0x80 { return add(ascii: UInt8(scalar.value)) }
        if scalar.properties.generalCategory.isPunctuation { return add(alone: scalar) }
        if scalar.properties.generalCategory == .nonspacingMark { return }
        word.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private mutating func add(alone scalar: Unicode.Scalar) {
        endWord()
        words.append(Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter))
    }

    private mutating func endWord() {
        if !word.isEmpty { words.append(word) }
        word.removeAll(keepingCapacity: true)
    }

    /// The blocks of Chinese characters, which BERT takes one by one; Japanese and Korean syllables are not among them.
    private static func isChinese(_ value: UInt32) -> Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
            0x2B920...0x2CEAF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isOther: Bool { [.control, .format, .surrogate, .privateUse, .unassigned].contains(self) }

    fileprivate var isPunctuation: Bool {
        switch self {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            true
        default: false
        }
    }
}
