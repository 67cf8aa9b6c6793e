import CGumbo
import Text

/// What a page's JSON-LD says about the page's own text, as schema.org names it.
struct LinkedData {
    /// An article, posting or report of the page's own.
    private(set) var work: JSONValue?
    /// The page itself, which has fewer facts and less exact ones.
    private(set) var page: JSONValue?
    /// Objects by the name that others refer to them with.
    private var named: [String: JSONValue] = [:]

    /// Reads the scripts of a page. `titles` are what the page calls itself elsewhere.
    init(_ scripts: [String], _ address: PageAddress, titles: [String]) {
        let data = scripts.compactMap { JSONReader.read(Array(Self.bare($0).utf8)) }
        for object in data.flatMap(\.objects) {
            guard case .object(let entries) = object, entries.count > 1, let id = object["@id"]?.string else {
                continue
            }
            if named[id] == nil { named[id] = object }
        }
        let own = data.flatMap(Self.topLevel)
        // a page that declares more of them is a list
        let works = Array(own.filter { $0.types.contains(where: Self.isWork) }.prefix(50))
        let titles = Array(titles.prefix(50))
        page = own.first { $0.types.contains { $0.hasSuffix("WebPage") || $0 == "ItemPage" } }
        work = works.first { isOwn($0, address) } ?? works.first { fits($0, titles) }
        // a work that says that it is elsewhere is another one
        if work == nil, works.count == 1, !isElsewhere(works[0], address, titles) { work = works[0] }
    }

    /// The objects that a script is about: not those that stand in a list, or within another as what it links to.
    private static func topLevel(_ value: JSONValue) -> [JSONValue] {
        switch value {
        case .list(let values): values.flatMap(topLevel)
        case .object:
            [value] + (value["@graph"].map(topLevel) ?? []) + (value["mainEntity"].map(topLevel) ?? [])
        default: []
        }
    }

    private static func isWork(_ type: String) -> Bool {
        type.hasSuffix("Article") || type.hasSuffix("Posting") || type == "Report" || type == "CreativeWork"
            || type == "AnalysisNewsArticle" || type == "Thesis"
    }

    private func links(_ work: JSONValue) -> [String] {
        [
            work["url"]?.string, work["mainEntityOfPage"]?.string, work["mainEntityOfPage"]?["@id"]?.string,
            work["mainEntityOfPage"]?["url"]?.string, work["@id"]?.string,
        ].compactMap { $0 }.filter { $0.contains("/") }
    }

    private func isOwn(_ work: JSONValue, _ address: PageAddress) -> Bool { links(work).contains(where: address.isOwn) }

    private func fits(_ work: JSONValue, _ titles: [String]) -> Bool {
        guard let headline = title(of: work) else { return false }
        let line = PlainLine.reduced(Array(headline.utf8))
        return titles.contains {
            let title = PlainLine.reduced(Array($0.utf8))
            return line == title || (line.count >= 8 && title.starts(with: line))
                || (title.count >= 8 && line.starts(with: title))
        }
    }

    private func isElsewhere(_ work: JSONValue, _ address: PageAddress, _ titles: [String]) -> Bool {
        !address.links.isEmpty && !titles.isEmpty
            && [work["url"]?.string, work["mainEntityOfPage"]?.string].contains { $0?.contains("://") ?? false }
    }

    /// The headline of a work, or the name of a page.
    func title(of object: JSONValue) -> String? { object["headline"]?.text ?? object["name"]?.text }

    /// The names of those under `key`: written out, of parts, or of an object that stands elsewhere.
    func names(_ key: String, of object: JSONValue) -> [String] {
        let values: [JSONValue] =
            switch object[key] {
            case .list(let values)?: values
            case let value?: [value]
            case nil: []
            }
        return values.compactMap { name(of: $0, depth: 0) }
    }

    private func name(of value: JSONValue, depth: Int) -> String? {
        guard case .object(let entries) = value else { return value.string }
        if let name = value["name"]?.text { return name }
        let parts = [value["givenName"]?.text, value["familyName"]?.text].compactMap { $0 }.filter { !$0.isEmpty }
        if !parts.isEmpty { return parts.joined(separator: " ") }
        guard depth < 4, let id = value["@id"]?.string, let other = named[id], entries.count <= 2 else { return nil }
        return name(of: other, depth: depth + 1)
    }

    /// A script without the marks of comments and of CDATA around it.
    private static func bare(_ script: String) -> String {
        var rest = script[...]
        func dropping(_ mark: String) -> Bool {
            rest = rest.drop(while: \.isWhitespace)
            guard rest.hasPrefix(mark) else { return false }
            rest = rest.dropFirst(mark.count)
            return true
        }
        // what follows the value is not read
        while ["<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA["].contains(
            where: dropping)
        {}
        return String(rest)
    }
}

extension JSONValue {
    /// The value, if it is a string.
    var string: String? {
        if case .string(let value) = self { return value }
        return nil
    }

    /// The types of an object, without the address of their vocabulary.
    var types: [String] {
        let values: [JSONValue] =
            switch self["@type"] {
            case .list(let values)?: values
            case let value?: [value]
            case nil: []
            }
        return values.compactMap(\.string).map {
            $0.split(whereSeparator: { $0 == "/" || $0 == "#" }).last.map(String.init) ?? $0
        }
    }
}
