import Text

/// A line of links: `News | Opinion | Sport`, `Home › Money`.
enum NavigationBar {
    /// Whether `line` is short parts between bars or arrows, as links are: no sentence, and no row of a table.
    static func isBar(_ line: [UInt8]) -> Bool {
        guard let parts = parts(of: line), parts.allSatisfy({ $0.words <= 3 }) else { return false }
        // figures are data
        guard parts.filter(\.hasFigure).count * 2 < parts.count else { return false }
        return parts.count >= 5 || parts.contains(where: \.isLink)
    }

    /// Whether one of the parts of a bar is what only a menu says: `Home`, `Sign in`.
    static func isMenu(_ line: [UInt8]) -> Bool { parts(of: line)?.contains(where: \.isLink) ?? false }

    /// How many parts a line has between upright bars; nil for one without.
    static func columns(_ line: [UInt8]) -> Int? {
        guard line.count <= 400, line.contains(UInt8(ascii: "|")) else { return nil }
        var cells = line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        if cells.first?.allSatisfy({ $0 == 0x20 }) == true { cells.removeFirst() }
        if cells.last?.allSatisfy({ $0 == 0x20 }) == true { cells.removeLast() }
        return cells.count > 1 ? cells.count : nil
    }

    private struct Part {
        var words: Int
        var hasFigure: Bool
        var isLink: Bool
    }

    /// The parts of a line; nil for one that has no bars or is a sentence.
    private static func parts(of line: [UInt8]) -> [Part]? {
        guard line.count <= 160 else { return nil }
        let scalars = Array(String(decoding: line, as: UTF8.self).unicodeScalars)
        if let last = scalars.last, ".!?…:;,".unicodeScalars.contains(last) { return nil }
        var parts: [Part] = []
        var start = 0
        for k in 0...scalars.count where k == scalars.count || isBar(k, scalars) {
            let words = scalars[start..<k].split { $0 == " " || $0 == "\t" || $0 == "\u{A0}" }
            start = k + 1
            guard !words.isEmpty else { continue }
            if scalars[..<k].contains(where: { $0 == "!" || $0 == "?" }) { return nil }
            var text = String.UnicodeScalarView()
            for word in words {
                if !text.isEmpty { text.append(" ") }
                text.append(contentsOf: word)
            }
            let name = String(text).lowercased()
            parts.append(
                Part(
                    words: words.count, hasFigure: name.utf8.contains { $0 >= 0x30 && $0 <= 0x39 },
                    isLink: FurnitureMarks.isMenuEntry(Array(name.utf8))))
        }
        return parts.count > 1 ? parts : nil
    }

    /// Whether a sign parts links: an upright bar anywhere, other signs with a blank on both sides.
    private static func isBar(_ k: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        switch scalars[k] {
        case "|": true
        case "›", "»", "·", "•", ">":
            k > 0 && k + 1 < scalars.count && scalars[k - 1] == " " && scalars[k + 1] == " "
        default: false
        }
    }
}
