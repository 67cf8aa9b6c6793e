import StageKit
import Text

/// A caption that says whose picture it is.
enum ImageCredit {
    /// Whether a caption, or a line that ends in brackets as captions do, carries a credit.
    static func isCredited(_ block: Page.Block) -> Bool {
        let bytes = block.text.bytes
        switch block.kind {
        case .caption: return bytes.count <= 700 && names(bytes)
        case .paragraph:
            guard bytes.count <= 250, bytes.last == UInt8(ascii: ")") || bytes.last == UInt8(ascii: "]"),
                let open = bytes.lastIndex(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") })
            else { return false }
            let inside = PlainLine.reduced(Array(bytes[(open + 1)..<(bytes.count - 1)]))
            return labels.contains { inside.starts(with: $0) && inside.count > $0.count }
        default: return false
        }
    }

    private static func names(_ bytes: [UInt8]) -> Bool {
        let line = [0x20] + PlainLine.reduced(bytes)
        // `(AP Photo/Ada Moreau)`: marks part words
        let words = line.map { marks.contains($0) ? 0x20 : $0 } + [0x20]
        let opened = line.map { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") ? 0x20 : $0 }
        return credits.contains { ByteSearch.contains(words, $0) }
            || labels.contains { ByteSearch.contains(opened, [0x20] + $0) }
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
