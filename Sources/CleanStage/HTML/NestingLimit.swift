import Text

/// Keeps pages from nesting deeper than the parser can follow in time: what each tag costs grows with the depth.
enum NestingLimit {
    private static let deepest = 600
    /// Elements whose end tag is often left out: they close themselves.
    private static let closing: Set<String> = [
        "p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot", "colgroup", "br", "img", "input",
        "hr", "meta", "link", "area", "base", "col", "embed", "param", "source", "track", "wbr", "html", "head", "body",
    ]

    /// `text` with start tags below the limit as blanks.
    static func flattened(_ text: TracedText) -> TracedText {
        let page = text.bytes
        guard page.count > deepest * 3 else { return text }
        var edits = TextEdits()
        var depth = 0
        var k = 0
        while let open = page[k...].firstIndex(of: UInt8(ascii: "<")) {
            k = open + 1
            guard k < page.count else { break }
            let isEnd = page[k] == UInt8(ascii: "/")
            var end = isEnd ? k + 1 : k
            let start = end
            while end < page.count, end < start + 12, page[end] | 0x20 >= 0x61, page[end] | 0x20 <= 0x7A { end += 1 }
            guard end > start else { continue }
            k = end
            // only a deep page pays for the names of its tags
            if isEnd {
                depth = max(0, depth - 1)
                continue
            }
            let name = String(decoding: page[start..<end], as: UTF8.self).lowercased()
            if closing.contains(name) {
                continue
            }
            depth += 1
            guard depth > deepest else { continue }
            let close = page[end...].firstIndex(of: UInt8(ascii: ">")) ?? page.count - 1
            edits.replace(ByteSpan(open, close + 1), by: [0x20])
            k = close + 1
        }
        return edits.applied(to: text)
    }
}
