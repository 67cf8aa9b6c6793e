/// Web pages that no one would write, made from a seed: elements and attributes that readers look at, nested at random,
/// half of them never closed.
package enum HostilePage {
    /// A page of about `length` pieces.
    package static func make(_ length: Int, _ random: inout SplitMix64) -> [UInt8] {
        var page: [UInt8] = []
        if random.below(3) > 0 { page += head(&random) }
        var open: [String] = []
        for _ in 0..<length {
            switch random.below(10) {
            case 0...2:
                let tag = tags[random.below(tags.count)]
                // now and then the same one many times over
                let times = random.below(80) == 0 ? 1 + random.below(900) : 1
                for _ in 0..<times { page += Array("<\(tag)\(attribute(&random))>".utf8) }
                if random.below(2) == 0 { open.append(tag) }
            case 3: if let tag = open.popLast() { page += Array("</\(tag)>".utf8) }
            case 4: page += Array(scraps[random.below(scraps.count)].utf8)
            default: page += HostileText.mixture.make(1 + random.below(8), &random)
            }
            if random.below(3) == 0 { page.append(0x0A) }
        }
        return page
    }

    private static func head(_ random: inout SplitMix64) -> [UInt8] {
        let parts = (0..<random.below(6)).map { _ in heads[random.below(heads.count)] }
        return Array(
            "<!doctype html><html lang=\(random.below(2) == 0 ? "tr" : "")><head>\(parts.joined())</head><body>".utf8)
    }

    private static func attribute(_ random: inout SplitMix64) -> String {
        switch random.below(8) {
        case 0: " class=\"\(names[random.below(names.count)]) \(names[random.below(names.count)])\""
        case 1: " id=\(names[random.below(names.count)])"
        case 2: " href=\"https://orle.example/\(random.below(40))\""
        case 3: " style='display:none' \(String(repeating: "x", count: random.below(60) == 0 ? 9000 : 3))"
        case 4: " itemprop=articleBody datetime=2026-01-\(random.below(40))"
        default: ""
        }
    }

    private static let tags = [
        "p", "div", "article", "section", "main", "h1", "h2", "li", "ul", "table", "tr", "td", "th", "blockquote",
        "pre",
        "figure", "figcaption", "a", "span", "b", "time", "nav", "footer", "aside", "br", "form", "button", "template",
        "svg", "math", "select", "option", "textarea", "noscript", "title", "body", "html", "font", "center", "dl",
        "dt",
    ]
    private static let names = [
        "comments", "share", "article-body", "sidebar", "caption", "related", "hidden", "tooltip", "nav", "standfirst",
        "entry-content", "ad", "cookie", "promo", "author", "md:flex", "İ", "next-prev",
    ]
    private static let scraps = [
        "<!-- ", "-->", "<![CDATA[", "]]>", "<script>", "</script>", "<style>p{", "</style>", "&nbsp", "&#x1F4A9;",
        "&#0;",
        "<p", "</", "< p>", "<\u{0}>", "<a href='", "<plaintext>", "</body></html>", "<frameset>", "By Ada Orle",
        "Share this",
        "3 comments", "19 January 2026",
    ]
    private static let heads = [
        "<meta charset=windows-1251>", "<meta charset=utf-8>",
        "<meta http-equiv=x content='text/html; charset=koi8-r'>",
        "<title>A | B", "<title>Orle – Weir</title>", "<script type=application/ld+json>{\"@type\":\"NewsArticle\",",
        "<script type=application/ld+json>[{\"@type\":\"Report\",\"name\":[[[\"\\ud800\"]]],\"author\":{}}]</script>",
        "<meta property=og:title content=\"Orle &amp; Weir\">", "<meta name=date content=2026-13-77>",
        "<link rel=canonical href=//orle.example/>", "<base href=//>", "<meta name=author content='https://x'>",
    ]
}
