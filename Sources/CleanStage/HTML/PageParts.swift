import CGumbo
import Text

/// What part of a page an element says it is.
enum PageParts {
    /// What an element says it is, and the percentage of a page's prose beyond which it is not believed.
    struct Part {
        var reason: String
        var most: Int
        /// Whether its name is used for nothing else.
        var isSure = false
    }

    /// The part that an element says it is; nil for one that may be the text.
    static func part(of node: HTMLTree.Node) -> Part? {
        switch node.tag {
        case GUMBO_TAG_NAV: return Part(reason: "navigation", most: 90)
        case GUMBO_TAG_FOOTER: return Part(reason: "page footer", most: 60)
        case GUMBO_TAG_ASIDE: return Part(reason: "beside the text", most: 60)
        case GUMBO_TAG_BUTTON, GUMBO_TAG_MENU: return Part(reason: "page controls", most: 90)
        case GUMBO_TAG_HTML, GUMBO_TAG_BODY, GUMBO_TAG_MAIN, GUMBO_TAG_ARTICLE: return nil
        default: break
        }
        for (name, value) in node.attributes where name == "class" || name == "id" || name == "role" {
            guard let reason = reason(of: value) else { continue }
            let isSure = sure.contains(reason)
            return Part(reason: reason, most: isSure ? 90 : 45, isSure: isSure)
        }
        if !node.attributes.isEmpty, isApart(node) { return Part(reason: apart, most: 45) }
        return node.attribute("aria-hidden") == "true" ? Part(reason: "hidden", most: 45) : nil
    }

    /// The reason for what stands within a line and apart from it.
    static let apart = "apart from the text around it"

    /// Parts whose names are used for nothing else.
    private static let sure: Set<String> = ["comments", "cookie notice", "related articles", "advertisement"]

    /// Whether an element within a line is shown apart from it or not at all: a card behind a name, words for
    /// those who listen to the page, data for machines.
    static func isApart(_ node: HTMLTree.Node) -> Bool {
        guard let value = node.attribute("class"), value.utf8.count <= 400 else {
            return node.attribute("role") == "tooltip"
        }
        let names = value.split(separator: " ")
        // `hidden md:inline` is hidden on small screens alone
        if names.contains("hidden"), !value.utf8.contains(UInt8(ascii: ":")) { return true }
        return named(value) { apartNames.contains($0) }
    }

    /// Whether an element says for which screens it is.
    static func isForScreens(_ node: HTMLTree.Node) -> Bool {
        node.attributes.contains { name, value in
            (name == "class" || name == "id") && value.utf8.count < 200
                && parts(value).contains { ["mobile", "desktop", "tablet", "phone", "xs", "amp"].contains($0) }
        }
    }

    /// Whether an element says that it names who wrote the text.
    static func isByline(_ node: HTMLTree.Node) -> Bool {
        node.attributes.contains { name, value in
            (name == "class" || name == "id" || name == "rel") && value.utf8.count < 100
                && parts(value).contains { $0 == "byline" || $0 == "author" }
        }
    }

    /// Whether an element says that it tells when the text was changed.
    static func isUpdate(_ node: HTMLTree.Node) -> Bool {
        node.attributes.contains { name, value in
            ["class", "id", "itemprop"].contains(name)
                && parts(value).contains { $0.hasPrefix("updat") || $0.hasPrefix("modif") || $0.hasPrefix("revis") }
        }
    }

    /// Whether an element says that it holds the line below a headline.
    static func isStandfirst(_ node: HTMLTree.Node) -> Bool {
        node.attributes.contains { name, value in
            (name == "class" || name == "id") && named(value) { standfirst.contains($0) }
        }
    }

    /// Whether an element says that it holds the article.
    static func isArticle(_ node: HTMLTree.Node) -> Bool {
        if let part = node.attribute("itemprop")?.lowercased(), part.split(separator: " ").contains("articlebody") {
            return true
        }
        return node.attributes.contains { name, value in
            (name == "class" || name == "id") && parts(value).joined(separator: "-").containsArticleName
        }
    }

    /// Whether an element says that it holds what the page is about.
    static func isContent(_ node: HTMLTree.Node) -> Bool {
        node.attributes.contains { name, value in
            (name == "class" || name == "id" || name == "role") && value.utf8.count < 200
                && parts(value).contains { ["content", "main", "article", "entry", "post", "story"].contains($0) }
        }
    }

    /// Whether an element says that it is a caption.
    static func isCaption(_ node: HTMLTree.Node) -> Bool {
        node.attributes.contains { name, value in
            name == "class" && value.utf8.count < 200
                && parts(value).contains { $0 == "caption" || $0 == "captions" || $0 == "figcaption" }
        }
    }

    private static func reason(of value: String) -> String? {
        var found: String?
        _ = named(value) { name in
            found = words[name]
            return found != nil
        }
        return found
    }

    /// Whether a part of a name, or two parts in a row with a hyphen between them, is one that `test` knows.
    private static func named(_ value: String, _ test: (String) -> Bool) -> Bool {
        var last: String?
        for part in parts(value) {
            if let last, test(last + "-" + part) { return true }
            if test(part) { return true }
            last = part
        }
        return false
    }

    /// The parts of a name or of several: `siteNav main_menu` is `site`, `nav`, `main`, `menu`.
    private static func parts(_ value: String) -> [String] {
        var parts: [String] = []
        var part: [UInt8] = []
        var wasSmall = false
        for byte in value.utf8.prefix(400) {
            let isCapital = byte >= 0x41 && byte <= 0x5A
            let isLetter = isCapital || (byte >= 0x61 && byte <= 0x7A)
            if !isLetter || (isCapital && wasSmall) {
                if !part.isEmpty { parts.append(String(decoding: part, as: UTF8.self)) }
                part = []
            }
            if isLetter { part.append(byte | 0x20) }
            wasSmall = isLetter && !isCapital
        }
        if !part.isEmpty { parts.append(String(decoding: part, as: UTF8.self)) }
        return parts
    }

    /// The reason of each word, but those under headings that are no reason.
    private static let words = table.filter { !["[apart]", "[standfirst]"].contains($0.value) }
    private static let apartNames = Set(table.filter { $0.value == "[apart]" }.keys)
    private static let standfirst = Set(table.filter { $0.value == "[standfirst]" }.keys)

    private static let table: [String: String] = {
        var words: [String: String] = [:]
        var reason = ""
        let data = Embedded.pageParts.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
        for line in data.split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix("[") {
                // two square brackets: not a reason to take an element out
                reason = String(line.dropFirst().dropLast())
            } else {
                for word in line.split(separator: " ") { words[String(word)] = reason }
            }
        }
        return words
    }()
}

extension String {
    /// Names that publishing systems give to the element around an article.
    fileprivate var containsArticleName: Bool {
        let names = [
            "article-body", "articlebody", "article-content", "article-text", "post-content", "post-body",
            "entry-content",
            "story-body", "story-content", "story-text", "content-body", "article-main", "body-copy", "article-copy",
        ]
        return names.contains { self.contains($0) }
    }
}
