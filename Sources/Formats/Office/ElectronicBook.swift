import StageKit

/// A book in the format EPUB (2 and 3): its chapters in the order in which they are read.
enum ElectronicBook {
    private static let what = "EPUB"

    static func read(_ bytes: [UInt8]) throws(StageFailure) -> ExtractedSource {
        let archive = try ZipArchive(bytes, what)
        guard let container = try archive.file("META-INF/container.xml", what),
            let package = try XMLElement.parse(container, what).descendant("rootfile")?.attributes["full-path"],
            let file = try archive.file(package, what)
        else { throw .damaged(what, "it names no package") }
        if let file = try archive.file("META-INF/encryption.xml", what) {
            let methods = try XMLElement.parse(file, what).elements.map {
                $0.first("EncryptionMethod")?.attributes["Algorithm"] ?? ""
            }
            guard methods.allSatisfy(fontMethods.contains) else {
                throw StageFailure("it is encrypted", code: "encrypted-file")
            }
        }
        let root = try XMLElement.parse(file, what)
        guard let manifest = root.first("manifest"), let spine = root.first("spine") else {
            throw .damaged(what, "its package has no order of chapters")
        }
        let folder = package.lastIndex(of: "/").map { String(package[...$0]) } ?? ""
        var items: [String: XMLElement] = [:]
        for item in manifest.elements { if let id = item.attributes["id"] { items[id] = item } }
        var reader = PageBlocks()
        var missing = 0
        for reference in spine.elements where reference.name == "itemref" {
            guard let item = reference.attributes["idref"].flatMap({ items[$0] }), let path = item.attributes["href"],
                item.attributes["properties"]?.split(separator: " ").contains("nav") != true
            else { continue }
            guard let chapter = try archive.file(Self.join(folder, path), what) else {
                missing += 1
                continue
            }
            reader.read(try XMLElement.parse(chapter, what))
        }
        guard !reader.blocks.isEmpty else { throw .noText }
        var notes = reader.lost.sorted().map { "\($0) were left out" }
        if missing > 0 { notes.append("\(missing) of its chapters are missing in the file") }
        var facts = root.first("metadata").map(DocumentProperties.facts) ?? []
        if let date = root.first("metadata")?.first("date")?.text(), date.count >= 4,
            date.prefix(4).allSatisfy(\.isNumber)
        {
            facts.append(MetadataField("date", String(date.prefix(10))))
        }
        return ExtractedSource(.blocks, reader.blocks.bytes, facts: facts, notes: notes)
    }

    /// By these the fonts of a book are obfuscated that everybody can read.
    private static let fontMethods = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"]

    /// A path below a folder, without `..` and with its percent signs read.
    private static func join(_ folder: String, _ path: String) -> String {
        var parts = folder.split(separator: "/").map(String.init)
        let plain = String(decoding: TransferEncoding.percents(path.prefix { $0 != "#" }.utf8), as: UTF8.self)
        for part in plain.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }
}

/// The blocks of a page that is XML.
private struct PageBlocks {
    var blocks = BlockWriter()
    var lost: Set<String> = []
    /// Text that stands in no element of its own yet.
    private var loose = ""

    /// Elements that stand within a line.
    private static let inline: Set<String> = [
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "dfn", "em", "font", "i", "kbd", "mark", "q", "ruby",
        "s",
        "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var",
    ]

    /// What notes, and the numbers that lead to them, are by `epub:type`, by the roles of DPUB-ARIA and by the
    /// classes of older books.
    private static let notes: Set<String> = [
        "noteref", "footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "doc-noteref",
        "doc-footnote", "doc-endnote", "doc-endnotes", "footnote-ref",
    ]

    mutating func read(_ root: XMLElement) {
        guard let body = root.first("body") else { return }
        walk(body, .paragraph)
        flush(.paragraph)
    }

    private mutating func walk(_ parent: XMLElement, _ kind: ExtractedSource.Block) {
        for child in parent.children {
            switch child {
            case .text(let text): loose += text
            case .element(let element): visit(element, kind)
            }
        }
    }

    private mutating func visit(_ element: XMLElement, _ kind: ExtractedSource.Block) {
        let roles = ["type", "role", "class"].flatMap { (element.attributes[$0] ?? "").split(separator: " ") }
        if roles.contains(where: { Self.notes.contains(String($0)) }) {
            lost.insert("footnotes")
            return
        }
        switch element.name {
        case "script", "style", "head", "nav", "rt", "rp": return
        case "img", "svg", "video", "audio", "object", "math": lost.insert("pictures and formulas")
        case "br": loose += "\n"
        case "tr":
            flush(kind)
            blocks.add(row: element.elements.filter { $0.name == "td" || $0.name == "th" }.map { $0.text() })
        case let name where Self.inline.contains(name): walk(element, kind)
        default:
            flush(kind)
            let inner = Self.kind(of: element.name) ?? kind
            walk(element, inner)
            flush(inner)
        }
    }

    private mutating func flush(_ kind: ExtractedSource.Block) {
        blocks.add(kind, loose)
        loose = ""
    }

    private static func kind(of name: String) -> ExtractedSource.Block? {
        switch name {
        case "h1", "h2", "h3", "h4", "h5", "h6": .heading
        case "li", "dt", "dd": .list
        case "blockquote": .quote
        case "figcaption", "caption": .caption
        case "pre": .code
        default: nil
        }
    }
}
