import CGumbo
import StageKit
import Text

/// What a page says about itself: JSON-LD, then Open Graph and other `meta` elements, then its visible marks.
enum HTMLMetadata {
    static func read(_ tree: HTMLTree, _ page: TracedText) -> Metadata {
        var entries = linkedData(tree, page) + metaElements(tree)
        var hasTime = false
        for (k, node) in tree.nodes.enumerated() {
            if let property = node.attribute("itemprop"), node.tag != GUMBO_TAG_META {
                addMicrodata(property, k, tree, page, &entries)
            } else if node.tag == GUMBO_TAG_A, node.attribute("rel") == "author" {
                add("author", text(tree, k, page), &entries)
            }
            switch node.tag {
            case GUMBO_TAG_HTML:
                if let language = node.attribute("lang").flatMap(tag) { add("language", language, &entries) }
            case GUMBO_TAG_TITLE:
                if node.end > k + 1 { add("title", headline(text(tree, k, page)), &entries) }
            case GUMBO_TAG_TIME:
                if !hasTime, let value = node.attribute("datetime"), let date = day(value) {
                    hasTime = true
                    add("date", date, &entries)
                }
            default: continue
            }
        }
        return Metadata(entries)
    }

    /// A fact that an element of the page is marked with.
    private static func addMicrodata(
        _ property: String, _ k: Int, _ tree: HTMLTree, _ page: TracedText, _ entries: inout [Metadata.Entry]
    ) {
        let keys = ["headline": "title", "datePublished": "date", "author": "author", "publisher": "publisher"]
        guard let key = keys[property] else { return }
        let node = tree.nodes[k]
        // of a person or a firm that has more about it than its name, the name
        let name = tree.nodes[k..<node.end].indices.first { tree.nodes[$0].attribute("itemprop") == "name" }
        let value = node.attribute("content") ?? node.attribute("datetime") ?? text(tree, name ?? k, page)
        guard value.utf8.count <= 300, let known = key == "date" ? day(value) : value else { return }
        add(key, known, &entries)
    }

    /// What the page says of itself in a sentence.
    static func description(_ tree: HTMLTree) -> String? {
        for wanted in ["og:description", "description", "twitter:description"] {
            for node in tree.nodes where node.tag == GUMBO_TAG_META {
                guard (node.attribute("property") ?? node.attribute("name"))?.lowercased() == wanted,
                    let content = node.attribute("content"), !content.isEmpty
                else { continue }
                return plain(content)
            }
        }
        return nil
    }

    private static func add(_ key: String, _ value: String, _ entries: inout [Metadata.Entry]) {
        let plain = plain(value)
        guard !plain.isEmpty, plain.utf8.count <= 500 else { return }
        entries.append(.init(key, plain, .page))
    }

    private static func linkedData(_ tree: HTMLTree, _ page: TracedText) -> [Metadata.Entry] {
        var entries: [Metadata.Entry] = []
        for (k, node) in tree.nodes.enumerated()
        where node.tag == GUMBO_TAG_SCRIPT && node.attribute("type")?.lowercased() == "application/ld+json" {
            guard let data = JSONReader.read(Array(text(tree, k, page).utf8)) else { continue }
            for object in data.objects {
                guard let type = object["@type"]?.text, isWork(type) else { continue }
                if let title = object["headline"]?.text ?? object["name"]?.text { add("title", title, &entries) }
                if let date = object["datePublished"]?.text.flatMap(day) { add("date", date, &entries) }
                if let authors = object["author"]?.names, !authors.isEmpty {
                    add("author", authors.joined(separator: ", "), &entries)
                }
                if let publisher = object["publisher"]?.text { add("publisher", publisher, &entries) }
                if let language = object["inLanguage"]?.text.flatMap(tag) { add("language", language, &entries) }
            }
        }
        return entries
    }

    private static func isWork(_ type: String) -> Bool {
        type.hasSuffix("Article") || type.hasSuffix("Posting") || type == "Report" || type == "CreativeWork"
    }

    /// Names of `meta` elements, the better first.
    private static let names: [(key: String, names: [String])] = [
        ("title", ["og:title", "twitter:title", "dc.title", "dcterms.title", "headline"]),
        (
            "date",
            [
                "article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dcterms.created",
                "dc.date",
                "date", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "dcterms.date",
            ]
        ),
        ("author", ["author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl"]),
        ("publisher", ["og:site_name", "application-name", "dc.publisher", "publisher"]),
        ("language", ["dc.language", "og:locale", "language"]),
    ]

    private static func metaElements(_ tree: HTMLTree) -> [Metadata.Entry] {
        var values: [String: String] = [:]
        for node in tree.nodes where node.tag == GUMBO_TAG_META {
            guard let content = node.attribute("content"),
                let name = node.attribute("property") ?? node.attribute("name") ?? node.attribute("itemprop")
            else { continue }
            if values[name.lowercased()] == nil { values[name.lowercased()] = content }
        }
        var entries: [Metadata.Entry] = []
        for (key, names) in names {
            for name in names {
                guard let value = values[name] else { continue }
                // an author given as the address of a page is no name
                if key == "author", value.contains("://") { continue }
                let known = key == "date" ? day(value) : key == "language" ? tag(value) : value
                if let known { add(key, known, &entries) }
            }
        }
        return entries
    }

    /// The day at the head of a date and time, with the time if it has one.
    private static func day(_ value: String) -> String? {
        let plain = plain(value)
        let head = plain.split(whereSeparator: { $0 == "T" || $0 == " " }).first.map(String.init) ?? ""
        return DateLine.date(of: Array(head.utf8)) ?? DateLine.date(of: Array(plain.utf8))
    }

    /// A language as BCP 47 writes it: `en_US` is `en-US`; nil for what is no tag, such as `English`.
    private static func tag(_ value: String) -> String? {
        let parts = plain(value).split(whereSeparator: { $0 == "_" || $0 == "-" })
        guard let first = parts.first, (2...3).contains(first.utf8.count) else { return nil }
        guard parts.allSatisfy({ $0.utf8.count <= 8 && $0.utf8.allSatisfy { Self.isLetterOrDigit($0) } }) else {
            return nil
        }
        return parts.joined(separator: "-")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
    }

    /// A page's `title` without the name of the site behind a bar or dash.
    private static func headline(_ title: String) -> String {
        let plain = plain(title)
        for mark in [" | ", " — ", " – ", " - ", " :: ", " « ", " » "] {
            guard let last = plain.ranges(of: mark).last else { continue }
            let head = plain[..<last.lowerBound]
            if head.split(separator: " ").count >= 3 { return String(head) }
        }
        return plain
    }

    private static func plain(_ value: String) -> String {
        value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func text(_ tree: HTMLTree, _ k: Int, _ page: TracedText) -> String {
        tree.nodes[k + 1..<max(k + 1, tree.nodes[k].end)].filter { $0.tag == nil }
            .map { String(decoding: $0.text ?? Array(page.bytes[$0.span.range]), as: UTF8.self) }.joined()
    }
}
