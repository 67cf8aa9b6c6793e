import Text

/// What a number or sign that is set high or low is to the line around it.
enum RaisedText: Equatable {
    /// It goes on with the line: `3rd`, `Mme`.
    case line
    /// It is the mark of a note and stands apart from the line.
    case note
    /// An exponent or an index: the signs that Unicode has for it, and where it stands in the page.
    case raised([UInt8], ByteSpan)

    /// What `words`, at `span`, is behind the line so far. `hasGap`: a blank stands between them.
    static func of(
        _ words: [UInt8], _ span: ByteSpan, isHigh: Bool, isFraction: Bool, behind line: [UInt8], hasGap: Bool
    ) -> RaisedText {
        guard (1...24).contains(words.count), let first = words.first else { return .line }
        if isFraction {
            // 2 and a half is 2 1/2
            guard isHigh, let last = line.last, isDigit(last), !hasGap else { return .line }
            return .raised([0x20] + words, span)
        }
        let isNumber = words.allSatisfy(isDigit)
        guard isHigh else {
            let isIndex = isNumber && words.count <= 2 && !hasGap && line.last.map(isLetter) ?? false
            return isIndex ? .raised(signs(words, low), span) : .line
        }
        // a note's own number stands at its head
        guard let last = line.last else { return .line }
        let token = line.suffix(16).split(separator: 0x20).last ?? []
        if isNumber || ((first == UInt8(ascii: "-") || words.starts(with: "−".utf8)) && words.count > 1) {
            return !hasGap && isPower(words, token) ? .raised(signs(words, high), span) : isNumber ? .note : .line
        }
        if isLetter(first), words.allSatisfy(isLetter) {
            if words.elementsEqual("TM".utf8) || words.elementsEqual("tm".utf8) {
                return .raised(Array("™".utf8), span)
            }
            if isDigit(last) {
                // 1a and 2o are ordinals, 1911a is a year with a note
                let digits = token.reversed().prefix(while: isDigit).count
                return words.count > 1 || (digits < 4 && "aoe".utf8.contains(first | 0x20)) ? .line : .note
            }
            // D<sup>r</sup>, but wall<sup>a</sup>
            return words.count == 1 && token.count > 3 ? .note : .line
        }
        let isMark =
            words.allSatisfy { isDigit($0) || "[](),;*# -".utf8.contains($0) || $0 >= 0x80 }
            && !words.starts(with: "®".utf8)
            && !words.starts(with: "©".utf8) && !words.starts(with: "°".utf8) && !words.starts(with: "º".utf8)
            && !words.starts(with: "ª".utf8) && !words.starts(with: "™".utf8)
        let isBracket = first == UInt8(ascii: "[") && words.last == UInt8(ascii: "]")
        return isBracket || (isMark && !isLetterBeyond(words)) ? .note : .line
    }

    /// Whether a number set high is an exponent: of ten or two, of a unit, of a letter that stands for a number.
    private static func isPower(_ words: [UInt8], _ token: ArraySlice<UInt8>) -> Bool {
        let base = token.reversed().prefix {
            isDigit($0) || isLetter($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
        }
        .reversed()
        let letters = base.reversed().prefix(while: isLetter).count
        if letters == 0 {
            // 1.5×10, but not 2010
            return base.elementsEqual("10".utf8) || base.elementsEqual("2".utf8)
        }
        if letters == base.count || isDigit(base[base.index(base.endIndex, offsetBy: -letters - 1)]) {
            let unit = base.suffix(letters)
            return letters == 1
                ? !unit.elementsEqual("a".utf8) && !unit.elementsEqual("I".utf8)
                : units.contains { unit.elementsEqual($0.utf8) }
        }
        return false
    }

    private static let units = ["cm", "mm", "km", "dm", "nm", "ft", "yd", "mi", "mc", "hm"]

    private static func signs(_ words: [UInt8], _ table: [String]) -> [UInt8] {
        var result: [UInt8] = []
        for byte in words {
            if isDigit(byte) {
                result += Array(table[Int(byte - 0x30)].utf8)
            } else if byte < 0x80 || byte == 0xE2 {
                result += Array("⁻".utf8)
            }
        }
        return result
    }

    private static let high = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    private static let low = ["₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"]

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

    private static func isLetterBeyond(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.contains { $0.properties.isAlphabetic }
    }
}
