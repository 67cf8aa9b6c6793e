import StageKit
import Text

/// A document of Word (Office Open XML, ECMA-376): paragraphs with their styles, lists, tables.
enum WordDocument {
    private static let what = "Word"

    static func read(_ bytes: [UInt8]) throws(StageFailure) -> ExtractedSource {
        let archive = try ZipArchive(bytes, what)
        guard let main = try archive.file("word/document.xml", what) else {
            throw .damaged(what, "it has no 'word/document.xml'")
        }
        guard let body = try XMLElement.parse(main, what).first("body") else {
            throw .damaged(what, "it has no body")
        }
        var reader = Reader(headings: try headings(archive))
        reader.read(body)
        guard !reader.blocks.isEmpty else { throw .noText }
        var facts = try DocumentProperties.facts(try archive.file("docProps/core.xml", what), what)
        if !facts.contains(where: { $0.key == "title" }), let title = reader.title {
            facts.append(MetadataField("title", title))
        }
        var notes = reader.lost.sorted().map { "\($0) were left out" }
        if reader.hasFootnotes { notes.append("footnotes were left out") }
        for name in archive.names where name.hasPrefix("word/header") || name.hasPrefix("word/footer") {
            guard let file = try archive.file(name, what), try XMLElement.parse(file, what).descendant("t") != nil
            else {
                continue
            }
            notes.append("running heads were left out")
            break
        }
        return ExtractedSource(.blocks, reader.blocks.bytes, facts: facts, notes: notes)
    }

    /// By the id of a style, whether it is a heading or a title.
    private static func headings(_ archive: ZipArchive) throws(StageFailure) -> [String: ExtractedSource.Block] {
        guard let file = try archive.file("word/styles.xml", what) else { return [:] }
        var kinds: [String: ExtractedSource.Block] = [:]
        for style in try XMLElement.parse(file, what).elements where style.name == "style" {
            guard let id = style.attributes["styleId"] else { continue }
            let name = style.first("name")?.attributes["val"]?.lowercased() ?? ""
            switch name {
            case "title": kinds[id] = .title
            case _ where name.hasPrefix("heading"): kinds[id] = .heading
            case _ where name == "caption" || name.hasSuffix(" caption"): kinds[id] = .caption
            case "quote", "intense quote", "block text": kinds[id] = .quote
            default: break
            }
        }
        return kinds
    }

    private struct Reader {
        let headings: [String: ExtractedSource.Block]
        var blocks = BlockWriter()
        var title: String?
        var lost: Set<String> = []
        var hasFootnotes = false

        init(headings: [String: ExtractedSource.Block]) { self.headings = headings }

        mutating func read(_ parent: XMLElement) {
            for element in Self.content(of: parent) {
                switch element.name {
                case "p": paragraph(element)
                case "tbl": table(element)
                case "altChunk": lost.insert("passages of other documents")
                default: break
                }
            }
        }

        /// The elements in `parent`, without the content controls, and the marks of what was put in while changes were
        /// tracked, that stand around them.
        private static func content(of parent: XMLElement) -> [XMLElement] {
            parent.elements.flatMap { element in
                switch element.name {
                case "sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml": content(of: element)
                default: [element]
                }
            }
        }

        private mutating func paragraph(_ element: XMLElement) {
            let properties = element.first("pPr")
            let style = properties?.first("pStyle")?.attributes["val"] ?? ""
            let isItem = properties?.first("numPr") != nil
            let kind = headings[style] ?? (isItem ? .list : .paragraph)
            let text = text(of: element)
            if kind == .title, title == nil, text.contains(where: { !$0.isWhitespace }) {
                title = text.split { $0.isWhitespace }.joined(separator: " ")
            }
            blocks.add(kind, text)
        }

        private mutating func table(_ element: XMLElement) {
            for row in Self.content(of: element) where row.name == "tr" {
                var cells: [String] = []
                for cell in Self.content(of: row) where cell.name == "tc" {
                    var text = ""
                    for inner in Self.content(of: cell) {
                        if inner.name == "p" { text += self.text(of: inner) + " " }
                        if inner.name == "tbl" { lost.insert("tables in tables") }
                    }
                    cells.append(text)
                }
                blocks.add(row: cells)
            }
        }

        /// Whether a property of a run holds, which stands there without a value as a rule.
        private static func isOn(_ property: XMLElement) -> Bool {
            !["0", "false", "off"].contains(property.attributes["val"] ?? "")
        }

        /// The text of the runs below. What was struck out while changes were tracked is not part of it.
        private mutating func text(of element: XMLElement) -> String {
            var text = ""
            for child in element.elements {
                switch child.name {
                case "t": text += child.text()
                case "tab": text += "\t"
                case "br", "cr": text += "\n"
                case "noBreakHyphen": text += "\u{2011}"
                case "footnoteReference", "endnoteReference": hasFootnotes = true
                case "commentReference": lost.insert("comments")
                case "r" where child.first("rPr")?.first("vanish").map(Self.isOn) == true:
                    lost.insert("hidden passages")
                case "del", "moveFrom", "pPr", "rPr", "instrText": break
                case "drawing", "pict", "object": lost.insert("pictures and text boxes")
                case "oMath", "oMathPara": lost.insert("formulas")
                // what an older program shows in place of something
                case "AlternateContent": lost.insert("pictures and text boxes")
                default: text += self.text(of: child)
                }
            }
            return text
        }
    }
}

/// What Office and OpenDocument files say about themselves (Dublin Core).
enum DocumentProperties {
    static func facts(_ file: [UInt8]?, _ what: String) throws(StageFailure) -> [MetadataField] {
        guard let file else { return [] }
        return facts(try XMLElement.parse(file, what))
    }

    /// Title, author, language and date of the elements below `root`. The day on which a file was made is not the day of
    /// the text, and goes by another name.
    static func facts(_ root: XMLElement) -> [MetadataField] {
        var facts: [MetadataField] = []
        for (name, key) in [
            ("title", "title"), ("creator", "author"), ("initial-creator", "author"), ("language", "language"),
            ("publisher", "publisher"), ("subject", "subject"), ("identifier", "identifier"),
        ] where !facts.contains(where: { $0.key == key }) {
            let value = line(name == "creator" ? authors(in: root) : [root.descendant(name)].compactMap { $0 })
            // "C" is what programs write whose user has no language
            guard !value.isEmpty, key != "language" || value.prefix(while: \.isLetter).count > 1 else { continue }
            facts.append(MetadataField(key, value))
        }
        for name in ["created", "creation-date"] {
            guard let value = root.descendant(name)?.text(), !value.isEmpty else { continue }
            facts.append(MetadataField("file created", String(value.prefix(10))))
            break
        }
        return facts
    }

    /// The text of elements in a line, with semicolons between them.
    private static func line(_ elements: [XMLElement]) -> String {
        elements.map { $0.text().split { $0.isWhitespace }.joined(separator: " ") }.filter { !$0.isEmpty }
            .joined(separator: "; ")
    }

    /// The creators among the children of `root`, or of the element in it that has them, who have no other part in the
    /// text: a book names its translator as one, too.
    private static func authors(in root: XMLElement) -> [XMLElement] {
        guard let place = ([root] + root.elements).first(where: { $0.first("creator") != nil }) else { return [] }
        return place.elements.filter { element in
            guard element.name == "creator" else { return false }
            // EPUB 3 gives the part in an element of its own
            let meta = place.elements.first {
                $0.attributes["property"] == "role"
                    && $0.attributes["refines"] == "#" + (element.attributes["id"] ?? "")
            }
            return ["", "aut"].contains(element.attributes["role"] ?? meta?.text() ?? "")
        }
    }
}
