/// Keeps pages from nesting deeper than the parser can follow in time: what each tag costs grows with the depth.
enum NestingLimit {
    private static let deepest = 600
    /// Elements whose end tag is often left out: they close themselves.
    private static let closing: Set<String> = [
        "p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot", "colgroup", "br", "img", "input",
        "hr", "meta", "link", "area", "base", "col", "embed", "param", "source", "track", "wbr", "html", "head", "body",
    ]

    /// `page` with start tags below the limit blanked, so that positions stay; nil for a page that keeps it.
    static func flattened(_ page: [UInt8]) -> [UInt8]? {
        guard page.count > deepest * 3 else { return nil }
        var result: [UInt8]?
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
            if result == nil { result = page }
            for at in open...close { result?[at] = 0x20 }
            k = close + 1
        }
        return result
    }
}
