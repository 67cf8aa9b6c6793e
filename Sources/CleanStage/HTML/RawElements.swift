import Text

/// Elements whose tags a parser takes for text: what browsers without frames were shown, and old ways to show text as it
/// was typed.
enum RawElements {
    private static let frames = ["frameset", "/frameset", "frame", "noframes", "/noframes"].map { Array($0.utf8) }
    private static let typed = [
        ("xmp", "pre"), ("/xmp", "/pre"), ("plaintext", "pre"), ("listing", "pre"), ("/listing", "/pre"),
    ]
    .map { (name: Array($0.0.utf8), plain: Array("<\($0.1)>".utf8)) }

    /// `text` with what stands in such elements as elements of the page.
    static func opened(_ text: TracedText) -> TracedText {
        let page = text.bytes
        var tags: [(span: ByteSpan, name: [UInt8])] = []
        var k = 0
        while let open = page[k...].firstIndex(of: UInt8(ascii: "<")) {
            k = open + 1
            var end = k
            while end < page.count, end < k + 12,
                page[end] == UInt8(ascii: "/") || (page[end] | 0x20 >= 0x61 && page[end] | 0x20 <= 0x7A)
            { end += 1 }
            guard end > k, "fxplnFXPLN/".utf8.contains(page[k]) else { continue }
            let name = page[k..<end].map { $0 == UInt8(ascii: "/") ? $0 : $0 | 0x20 }
            guard frames.contains(name) || typed.contains(where: { $0.name == name }) else { continue }
            let close = page[end...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? page.count
            tags.append((ByteSpan(open, close), name))
            k = close
        }
        guard !tags.isEmpty else { return text }
        let hasFrames = tags.contains { $0.name == frames[0] }
        var edits = TextEdits()
        for tag in tags {
            if let plain = typed.first(where: { $0.name == tag.name })?.plain {
                edits.replace(tag.span, by: plain)
            } else if hasFrames {
                edits.replace(tag.span, by: [0x20])
            }
        }
        return edits.applied(to: text)
    }
}
