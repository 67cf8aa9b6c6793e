/// How many columns text takes in a terminal.
enum DisplayWidth {
    /// The columns of `text`: two for wide characters of East Asia and for pictures, none for signs over other letters.
    static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

    /// The columns of one character, however many code points it consists of.
    static func of(_ character: Character) -> Int {
        var widest = 0
        for scalar in character.unicodeScalars {
            // asks for a picture where the sign may be text
            if scalar == "\u{FE0F}" { widest = max(widest, 2) }
            widest = max(widest, of(scalar))
        }
        return widest
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return scalar.value == 0xAD ? 0 : 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        return isWide(scalar) ? 2 : 1
    }

    /// Wide and fullwidth in Unicode's EastAsianWidth.txt, by blocks.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1B000...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
            true
        default: scalar.properties.isEmojiPresentation
        }
    }

    /// The last characters of `text` that fit into `columns`; with `…` before them where some are left out.
    static func suffix(_ text: String, columns: Int) -> String { cut(text, columns, fromEnd: true) }

    /// The first characters of `text` that fit into `columns`; with `…` behind them where some are left out.
    static func prefix(_ text: String, columns: Int) -> String { cut(text, columns, fromEnd: false) }

    private static func cut(_ text: String, _ columns: Int, fromEnd: Bool) -> String {
        guard of(text) > columns else { return text }
        guard columns > 1 else { return columns == 1 ? "…" : "" }
        var kept: [Character] = []
        var width = 1
        for character in fromEnd ? Array(text.reversed()) : Array(text) {
            width += of(character)
            if width > columns { break }
            kept.append(character)
        }
        return fromEnd ? "…" + String(kept.reversed()) : String(kept) + "…"
    }

    /// `text` with blanks before it, so that it takes `columns`.
    static func padded(left text: String, to columns: Int) -> String {
        String(repeating: " ", count: max(0, columns - of(text))) + text
    }

    /// `text` with blanks behind it, so that it takes `columns`.
    static func padded(right text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - of(text)))
    }
}
