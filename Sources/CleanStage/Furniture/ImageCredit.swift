import StageKit
import Text

/// A line that says whose picture stands above it.
enum ImageCredit {
    /// Whether a caption is nothing but a credit, or a line ends in one in brackets, as captions outside of their
    /// element do. A caption that shows what is on the picture stays, credit and all.
    static func isCredit(_ block: Page.Block) -> Bool {
        let bytes = block.text.bytes
        switch block.kind {
        case .caption: return bytes.count <= 100 && beginsWithCredit(bytes)
        case .paragraph:
            guard bytes.count <= 250, bytes.last == UInt8(ascii: ")") || bytes.last == UInt8(ascii: "]"),
                let open = bytes.lastIndex(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") })
            else { return false }
            let inside = PlainLine.reduced(Array(bytes[(open + 1)..<(bytes.count - 1)]))
            return labels.contains { inside.starts(with: $0) && inside.count > $0.count }
        default: return false
        }
    }

    private static func beginsWithCredit(_ bytes: [UInt8]) -> Bool {
        let line = PlainLine.reduced(bytes)
        // `(AP Photo/Ada Moreau)`: marks part words
        let words = line.map { marks.contains($0) ? 0x20 : $0 } + [0x20]
        return credits.contains { words.starts(with: $0.dropFirst()) } || labels.contains { line.starts(with: $0) }
    }

    private static let marks = Set("/()[],.;|".utf8)

    private static let lines = Embedded.imageCredits.withUTF8Buffer { Array($0) }.split(separator: 0x0A)
        .filter { $0.first != UInt8(ascii: "#") }.map { Array($0) }
    /// Words before a name.
    private static let labels: [[UInt8]] = lines.compactMap { line in
        if line.last == UInt8(ascii: ":") { return line }
        return line.last == UInt8(ascii: "_") ? line.dropLast() + [0x20] : nil
    }
    /// Names, with blanks around them.
    private static let credits: [[UInt8]] = lines.filter {
        $0.last != UInt8(ascii: ":") && $0.last != UInt8(ascii: "_")
    }
    .map { [0x20] + $0 + [0x20] }
}
