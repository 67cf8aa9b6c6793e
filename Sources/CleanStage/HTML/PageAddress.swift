import CGumbo
import Text

/// Where a page says that it is, to tell links within a site from references to others.
struct PageAddress {
    /// The site's name in small letters, without `www.`; nil for a page that does not say.
    let host: String?
    /// The addresses of the page, as it names them.
    let links: [String]

    init(_ tree: HTMLTree) {
        var links: [String] = []
        for node in tree.nodes {
            if node.tag == GUMBO_TAG_LINK, node.attribute("rel")?.lowercased() == "canonical" {
                links += node.attribute("href").map { [$0] } ?? []
            } else if node.tag == GUMBO_TAG_META, node.attribute("property") == "og:url" {
                links += node.attribute("content").map { [$0] } ?? []
            } else if node.tag == GUMBO_TAG_BODY {
                break
            }
        }
        self.links = links
        host = links.lazy.compactMap { Self.host(of: $0) }.first
    }

    /// Whether `link` is one of the page's own addresses.
    func isOwn(_ link: String) -> Bool {
        let wanted = Self.path(link)
        return links.contains { Self.path($0) == wanted }
    }

    /// A link without its scheme, `www.`, query, fragment and last stroke.
    private static func path(_ link: String) -> Substring {
        var rest = link.lowercased()[...]
        for start in ["https:", "http:", "//", "www."] where rest.hasPrefix(start) {
            rest = rest.dropFirst(start.count)
        }
        rest = rest.prefix { $0 != "#" && $0 != "?" }
        while rest.last == "/" { rest = rest.dropLast() }
        return rest
    }

    /// The day in the page's address: `/2014/04/12/`, `/2014/apr/12/`, `2014-04-12`, `/20140412/`.
    var date: String? { links.lazy.compactMap { Self.date(in: $0) }.first }

    private static func date(in link: String) -> String? {
        let path = link.lowercased().prefix { $0 != "?" && $0 != "#" }
        let parts = path.split(whereSeparator: { $0 == "/" || $0 == "-" || $0 == "_" || $0 == "." }).map(String.init)
        func number(_ part: String, _ digits: ClosedRange<Int>) -> Int? {
            digits.contains(part.utf8.count) && part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(part) : nil
        }
        for k in parts.indices.dropFirst() {
            if parts[k].utf8.count == 8, let whole = number(parts[k], 8...8), (1990...2099).contains(whole / 10000) {
                if let day = WrittenDay.iso(whole / 10000, whole / 100 % 100, whole % 100) { return day }
            }
            guard k + 2 < parts.count, let year = number(parts[k], 4...4), (1990...2099).contains(year),
                let month = number(parts[k + 1], 1...2) ?? DateWords.months[parts[k + 1]],
                let day = number(parts[k + 2], 1...2), let found = WrittenDay.iso(year, month, day)
            else { continue }
            return found
        }
        return nil
    }

    /// Whether a link leads to a text elsewhere: not to the same site, not to a service that passes pages on.
    func isElsewhere(_ link: String) -> Bool {
        guard let host, let other = Self.host(of: link) else { return false }
        if other == host || other.hasSuffix("." + host) || host.hasSuffix("." + other) { return false }
        let target = link.lowercased()
        return !Self.services.contains { target.contains($0) }
    }

    private static let services = ["share", "intent", "subscribe", "newsletter", "sponsor", "utm_", "?ref="]

    private static func host(of link: String) -> String? {
        let lower = link.lowercased()
        guard let scheme = ["https://", "http://", "//"].first(where: lower.hasPrefix) else { return nil }
        let ends: Set<Character> = ["/", "?", "#", ":"]
        let host = lower.dropFirst(scheme.count).prefix { !ends.contains($0) }
        guard host.contains(".") else { return nil }
        return host.hasPrefix("www.") ? String(host.dropFirst(4)) : String(host)
    }
}
