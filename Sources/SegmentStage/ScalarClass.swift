/// What a code point is to the scanner.
enum ScalarClass: UInt8 {
    case space, upper, lower, caseless, ideograph, digit, mark, format
    case apostrophe, doubleQuote, openQuote, closeQuote, openBracket, closeBracket
    case period, strong, ellipsis, dash, hyphen, comma, colon, semicolon, slash, bullet, symbol, currency, emoji, other

    var isLetter: Bool { self == .upper || self == .lower || self == .caseless }
    /// Whether it goes on with a word that has begun.
    var continuesWord: Bool { isLetter || self == .digit || self == .mark || self == .format }

    /// The class of a scalar.
    @inline(__always)
    static func of(_ scalar: Unicode.Scalar) -> ScalarClass {
        scalar.value < UInt32(table.count) ? table[Int(scalar.value)] : uncommon(scalar)
    }

    /// The classes below U+3100, made once.
    static let table: [ScalarClass] = (0..<0x3100).map { value in
        Unicode.Scalar(UInt32(value)).map(classify) ?? .other
    }

    private static func uncommon(_ scalar: Unicode.Scalar) -> ScalarClass {
        switch scalar.value {
        case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: .ideograph
        case 0xAC00...0xD7A3: .caseless
        default: classify(scalar)
        }
    }

    private static func classify(_ scalar: Unicode.Scalar) -> ScalarClass {
        switch scalar {
        case "'", "\u{2019}", "\u{2018}", "\u{02BC}", "\u{201B}", "\u{FF07}": return .apostrophe
        case "\"", "\u{FF02}": return .doubleQuote
        case "\u{201C}", "\u{201E}", "\u{201F}", "\u{201A}", "\u{00AB}", "\u{2039}", "\u{300C}", "\u{300E}":
            return .openQuote
        case "\u{201D}", "\u{00BB}", "\u{203A}", "\u{300D}", "\u{300F}": return .closeQuote
        case ".", "\u{3002}", "\u{06D4}", "\u{0964}", "\u{0965}", "\u{FF0E}", "\u{FF61}", "\u{0589}", "\u{1362}",
            "\u{17D4}", "\u{104B}", "\u{0F0D}":
            return .period
        case "!", "?", "\u{061F}", "\u{1367}", "\u{FF01}", "\u{FF1F}", "\u{203C}", "\u{2047}", "\u{2048}", "\u{2049}",
            "\u{203D}":
            return .strong
        case "\u{2026}": return .ellipsis
        case "-", "\u{2010}", "\u{2011}": return .hyphen
        case ",", "\u{060C}", "\u{3001}", "\u{FF0C}": return .comma
        case ":", "\u{FF1A}": return .colon
        case ";", "\u{061B}", "\u{037E}", "\u{FF1B}": return .semicolon
        case "/": return .slash
        case "\u{2022}", "\u{2043}", "\u{25AA}", "\u{25CF}", "\u{25A0}", "\u{2023}", "\u{25E6}", "\u{00B7}", "\u{25BA}":
            return .bullet
        case "_": return .lower
        case "\u{00BF}", "\u{00A1}": return .openBracket
        default: break
        }
        let properties = scalar.properties
        if properties.isWhitespace { return .space }
        switch properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter: return .upper
        case .lowercaseLetter: return .lower
        case .otherLetter:
            return properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value) ? .ideograph : .caseless
        case .modifierLetter, .letterNumber: return .caseless
        case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
        case .decimalNumber: return .digit
        case .otherNumber: return .digit
        case .openPunctuation: return .openBracket
        case .closePunctuation: return .closeBracket
        case .initialPunctuation: return .openQuote
        case .finalPunctuation: return .closeQuote
        case .dashPunctuation: return .dash
        case .currencySymbol: return .currency
        case .otherSymbol: return properties.isEmojiPresentation || scalar.value > 0x1F000 ? .emoji : .symbol
        case .mathSymbol: return .symbol
        case .modifierSymbol: return properties.isEmoji ? .emoji : .symbol
        case .format: return .format
        default: return .other
        }
    }
}
