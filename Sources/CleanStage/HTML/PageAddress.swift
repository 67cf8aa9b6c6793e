import CGumbo

/// Where a page says that it is, to tell links within a site from references to others.
struct PageAddress {
    /// The site's name in small letters, without `www.`; nil for a page that does not say.
    let host: String?

    init(_ tree: HTMLTree) {
        var found: String?
        for node in tree.nodes where found == nil {
            if node.tag == GUMBO_TAG_LINK, node.attribute("rel")?.lowercased() == "canonical" {
                found = node.attribute("href").flatMap { Self.host(of: $0) }
            } else if node.tag == GUMBO_TAG_META, node.attribute("property") == "og:url" {
                found = node.attribute("content").flatMap { Self.host(of: $0) }
            } else if node.tag == GUMBO_TAG_BODY {
                break
            }
        }
        host = found
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
