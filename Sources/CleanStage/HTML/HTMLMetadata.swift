import CGumbo
import StageKit
import Text

/// What a page says about itself: JSON-LD, then Open Graph and other `meta` elements, then its visible marks.
struct HTMLMetadata {
    /// The facts, the better first.
    private(set) var entries: [Metadata.Entry] = []
    /// What is used where the lines around the headline say nothing either.
    private(set) var guesses: [Metadata.Entry] = []
    /// Everything that the page calls itself.
    var titles: [String] { entries.filter { $0.key == "title" }.map(\.value) }

    /// Whether one of them is more than the line in the browser's tab.
    private(set) var isTitleSure = false

    private let tree: HTMLTree
    private let page: TracedText
    private let main: MainContent
    /// How many items there are of each type.
    private let items: [String: Int]
    /// The `article` elements, in order.
    private let articles: [Int]

    static func read(_ tree: HTMLTree, _ page: TracedText, _ main: MainContent, _ address: PageAddress) -> HTMLMetadata
    {
        var metadata = HTMLMetadata(tree, page, main)
        metadata.read(address)
        return metadata
    }

    private init(_ tree: HTMLTree, _ page: TracedText, _ main: MainContent) {
        self.tree = tree
        self.page = page
        self.main = main
        var items: [String: Int] = [:]
        for node in tree.nodes where node.attribute("itemscope") != nil {
            items[node.attribute("itemtype") ?? "", default: 0] += 1
        }
        self.items = items
        articles = tree.nodes.indices.filter { tree.nodes[$0].tag == GUMBO_TAG_ARTICLE }
    }

    private mutating func read(_ address: PageAddress) {
        let meta = metaElements()
        let scripts = tree.nodes.indices.filter {
            tree.nodes[$0].tag == GUMBO_TAG_SCRIPT
                && (tree.nodes[$0].attribute("type")?.lowercased().hasPrefix("application/ld+json") ?? false)
        }.map { text($0) }
        let headlines = tree.nodes.indices.filter {
            tree.nodes[$0].tag == GUMBO_TAG_H1 || tree.nodes[$0].tag == GUMBO_TAG_TITLE
        }
        .map { Self.plain(text($0)) }
        let linked = LinkedData(scripts, address, titles: meta.filter { $0.key == "title" }.map(\.value) + headlines)
        if let work = linked.work { add(work, linked) }
        entries += meta
        if let page = linked.page { add(page, linked) }
        isTitleSure = !titles.isEmpty
        addElements()
        addTime()
        if let day = address.date { guesses.append(.init("date", day, .text)) }
        addByline()
    }

    private mutating func add(_ object: JSONValue, _ linked: LinkedData) {
        if let title = linked.title(of: object) { add("title", title) }
        if let date = (object["datePublished"]?.text ?? object["dateCreated"]?.text).flatMap(Self.day) {
            add("date", date)
        }
        for key in ["author", "creator"] {
            let names = linked.names(key, of: object).compactMap(Self.person)
            if !names.isEmpty { add("author", names.joined(separator: ", ")) }
        }
        if let publisher = linked.names("publisher", of: object).first { add("publisher", publisher) }
        if let language = object["inLanguage"]?.text.flatMap(Self.tag) { add("language", language) }
    }

    /// What elements of the page are marked with.
    private mutating func addElements() {
        for (k, node) in tree.nodes.enumerated() where node.tag != nil {
            if let property = node.attribute("itemprop"), node.tag != GUMBO_TAG_META {
                addMicrodata(property, k)
            } else if node.tag == GUMBO_TAG_A, node.attribute("rel") == "author", !main.isElsewhere(k) {
                if let name = Self.person(text(k)) { add("author", name) }
            }
            switch node.tag {
            case GUMBO_TAG_HTML:
                if let language = node.attribute("lang").flatMap(Self.tag) { add("language", language) }
            case GUMBO_TAG_TITLE:
                if node.end > k + 1 { add("title", Self.headline(text(k))) }
            default: continue
            }
        }
    }

    /// A fact that an element of the page is marked with.
    private mutating func addMicrodata(_ property: String, _ k: Int) {
        let keys = ["headline": "title", "datePublished": "date", "author": "author", "publisher": "publisher"]
        guard let key = keys[property], !main.isElsewhere(k), isOwnItem(k) else { return }
        let node = tree.nodes[k]
        // of a person or a firm that has more about it than its name, the name
        let name = tree.nodes[k..<node.end].indices.first { tree.nodes[$0].attribute("itemprop") == "name" }
        let value = node.attribute("content") ?? node.attribute("datetime") ?? text(name ?? k)
        guard value.utf8.count <= 300,
            let known = key == "date" ? Self.day(value) : key == "author" ? Self.person(value) : value
        else { return }
        add(key, known)
    }

    /// Whether the item that an element belongs to is the page's: the only one of its kind, or the one around the text.
    private func isOwnItem(_ k: Int) -> Bool {
        let item = tree.ancestors(of: k, upTo: 40).first { tree.nodes[$0].attribute("itemscope") != nil }
        guard let item else { return true }
        if item <= main.root, main.root < tree.nodes[item].end { return true }
        return items[tree.nodes[item].attribute("itemtype") ?? ""] == 1
    }

    /// The time of the page's own text: not of another article that it leads to, nor of a change.
    private mutating func addTime() {
        var first: String?
        for (k, node) in tree.nodes.enumerated() where node.tag == GUMBO_TAG_TIME {
            let outer = tree.ancestors(of: k, upTo: 3)
            guard !main.isElsewhere(k),
                !([k] + outer.prefix(2)).contains(where: { PageParts.isUpdate(tree.nodes[$0]) }),
                !followsUpdate(k), isOfText(k), let day = (node.attribute("datetime") ?? text(k)).day
            else { continue }
            if node.attribute("itemprop") == "datePublished" || node.attribute("pubdate") != nil {
                return add("date", day)
            }
            first = first ?? day
        }
        if let first { add("date", first) }
    }

    /// Whether an element stands in the article that holds the text, or in none.
    private func isOfText(_ k: Int) -> Bool {
        let article = tree.ancestors(of: k, upTo: 40).first { tree.nodes[$0].tag == GUMBO_TAG_ARTICLE }
        guard let article else {
            return !tree.ancestors(of: k, upTo: 3).contains { tree.nodes[$0].tag == GUMBO_TAG_LI }
        }
        return (article <= main.root && main.root < tree.nodes[article].end)
            || (main.root <= article && !hasOtherArticle(article))
    }

    /// Whether there is an article beside one: neither around it nor within it.
    private func hasOtherArticle(_ k: Int) -> Bool {
        let around = tree.ancestors(of: k, upTo: 40).count { tree.nodes[$0].tag == GUMBO_TAG_ARTICLE }
        let first = articles.partition(from: k)
        let within = articles.partition(from: tree.nodes[k].end) - first
        return articles.count > around + within
    }

    /// Whether the words before an element say that what follows is the time of a change.
    private func followsUpdate(_ k: Int) -> Bool {
        guard k > 0, tree.nodes[k - 1].tag == nil else { return false }
        let words = Self.plain(String(decoding: page.bytes[tree.nodes[k - 1].span.range].suffix(60), as: UTF8.self))
            .lowercased()
        return ["updated", "modified", "update", "revised", "aktualisiert", "mis à jour", "actualizado", "güncelleme"]
            .contains {
                words.hasSuffix($0) || words.hasSuffix($0 + ":") || words.hasSuffix($0 + " on")
                    || words.hasSuffix($0 + " le")
                    || words.hasSuffix($0 + " at")
            }
    }

    /// A name in an element that says that it holds the author's.
    private mutating func addByline() {
        for (k, node) in tree.nodes.enumerated() where node.tag != nil && !node.attributes.isEmpty {
            guard PageParts.isByline(node), !main.isElsewhere(k), isOfText(k), node.end - k < 24 else { continue }
            guard let name = Self.person(text(k)) else { continue }
            let line = Array(Self.plain(name).utf8)
            if Byline.isName(line), PersonName.isLikely(line) {
                guesses.append(.init("author", String(decoding: line, as: UTF8.self), .text))
                return
            }
        }
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

    private mutating func add(_ key: String, _ value: String) {
        if let entry = Self.entry(key, value) { entries.append(entry) }
    }

    private static func entry(_ key: String, _ value: String) -> Metadata.Entry? {
        let plain = plain(value)
        guard !plain.isEmpty, plain.utf8.count <= 500 else { return nil }
        return Metadata.Entry(key, plain, .page)
    }

    /// Names of `meta` elements, the better first.
    private static let names: [(key: String, names: [String])] = [
        (
            "title",
            [
                "citation_title", "og:title", "twitter:title", "dc.title", "dcterms.title", "prism.title",
                "eprints.title",
                "headline", "parsely-title", "sailthru.title", "title",
            ]
        ),
        (
            "date",
            [
                "article:published_time", "article:published", "og:published_time", "og:article:published_time",
                "datepublished", "citation_publication_date", "citation_date", "citation_online_date",
                "prism.publicationdate", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
                "dc.date", "date", "pubdate", "pdate", "publishdate", "publish-date", "publish_date",
                "publication_date",
                "published", "originalpublicationdate", "article_date_original", "cxenseparse:recs:publishtime",
                "parsely-pub-date", "sailthru.date", "dcterms.date", "displaydate", "ptime", "eprints.date",
            ]
        ),
        (
            "author",
            [
                "citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "eprints.creators_name",
                "parsely-author", "sailthru.author", "byl", "article:author_name",
            ]
        ),
        ("publisher", ["og:site_name", "application-name", "dc.publisher", "publisher", "citation_journal_title"]),
        ("language", ["dc.language", "citation_language", "og:locale", "language"]),
    ]

    private func metaElements() -> [Metadata.Entry] {
        var values: [String: [String]] = [:]
        for node in tree.nodes where node.tag == GUMBO_TAG_META {
            guard let content = node.attribute("content"),
                let name = node.attribute("property") ?? node.attribute("name") ?? node.attribute("itemprop")
            else { continue }
            values[name.lowercased(), default: []].append(content)
        }
        var entries: [Metadata.Entry] = []
        for (key, names) in Self.names {
            for name in names {
                guard let found = values[name], let first = found.first else { continue }
                let known: String?
                switch key {
                case "date": known = Self.day(first)
                case "language": known = Self.tag(first)
                case "author":
                    // an author given as the address of a page is no name
                    var people: [String] = []
                    for person in found.prefix(100).filter({ !$0.contains("://") }).compactMap(Self.person)
                    where !people.contains(person) { people.append(person) }
                    known = people.isEmpty ? nil : people.joined(separator: ", ")
                default: known = first
                }
                if let entry = known.flatMap({ Self.entry(key, $0) }) { entries.append(entry) }
            }
        }
        return entries
    }

    /// A name without the word that introduces it; nil for an account or nothing.
    private static func person(_ value: String) -> String? {
        let name = plain(value)
        guard !name.isEmpty, !name.hasPrefix("@"), !name.contains("://") else { return nil }
        let lower = name.lowercased()
        guard let label = DateWords.authorship.first(where: lower.hasPrefix) else { return name }
        let rest = name.dropFirst(label.count).drop(while: \.isWhitespace)
        // Von Hansen is a name, By Ada Weir is not
        guard label == "by " || label.hasSuffix(": ") || name.split(separator: " ").count > 2,
            rest.first?.isUppercase == true
        else { return name }
        return String(rest)
    }

    private static func day(_ value: String) -> String? { value.day }

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

    /// Text with character references read, which data of pages often hold a second time, and with single blanks.
    private static func plain(_ value: String) -> String {
        var text = value
        if text.utf8.contains(UInt8(ascii: "&")) {
            let bytes = Array(text.utf8)
            var traced = TracedText()
            traced.append(bytes, from: ByteSpan(0, bytes.count), .verbatim)
            text = String(decoding: CharacterReferences.decoded(traced).bytes, as: UTF8.self)
        }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private func text(_ k: Int) -> String {
        tree.nodes[k + 1..<max(k + 1, tree.nodes[k].end)].filter { $0.tag == nil }
            .map { String(decoding: $0.text ?? Array(page.bytes[$0.span.range]), as: UTF8.self) }.joined()
    }
}

extension String {
    /// The day that a date of a page's data says: nil for what is none, and for what systems write when they know none.
    fileprivate var day: String? {
        let plain = split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let head = plain.split(whereSeparator: { $0 == "T" || $0 == " " }).first.map(String.init) ?? ""
        var found = DateLine.date(of: Array(head.utf8)) ?? DateLine.date(of: Array(plain.utf8))
        if found == nil {
            // 20311118, 20311118175627, 2031/11/18
            let digits = head.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }
            let parts = head.split(whereSeparator: { $0 == "/" || $0 == "." }).compactMap { Int($0) }
            if digits.count == head.utf8.count, digits.count == 8 || digits.count == 14,
                let whole = Int(head.prefix(8)), whole >= 1500_01_01
            {
                found = WrittenDay.iso(whole / 10000, whole / 100 % 100, whole % 100)
            } else if parts.count == 3, parts[0] >= 1500 {
                found = WrittenDay.iso(parts[0], parts[1], parts[2])
            }
        }
        guard let found, found >= "1500" else { return nil }
        return ["1601-01-01", "1753-01-01", "1899-12-30", "1900-01-01", "1970-01-01", "9999-12-31"].contains(found)
            ? nil : found
    }
}

extension [Int] {
    /// How many of the sorted numbers are less than `limit`.
    fileprivate func partition(from limit: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < limit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
