import Text

/// A line of links: `News | Opinion | Sport`, `Home › Money`.
enum NavigationBar {
    /// Whether `line` is short parts between bars or arrows.
    static func isBar(_ line: [UInt8]) -> Bool {
        guard line.count <= 160 else { return false }
        var parts = 1
        var words = 0
        var longest = 0
        var inWord = false
        for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "|", "›", "»", "·", "•", ">":
                parts += 1
                longest = max(longest, words)
                words = 0
                inWord = false
            case " ", "\t", "\u{A0}": inWord = false
            case ".", "!", "?": if scalar != "." { return false }
            default:
                if !inWord { words += 1 }
                inWord = true
            }
        }
        longest = max(longest, words)
        return parts >= 2 && longest <= 3 && (parts >= 3 || line.contains(UInt8(ascii: "|")) || line.contains(0xE2))
    }
}
