import StageKit
import Text

/// A text of the Text Encoding Initiative (TEI P5): front, body and back, with the facts of its header.
enum TEIDocument {
    private static let what = "TEI"

    static func read(_ bytes: [UInt8]) throws(StageFailure) -> ExtractedSource {
        let root = try XMLElement.parse(bytes, what)
        guard root.name == "TEI" || root.name == "teiCorpus" || root.name == "TEI.2" else {
            throw StageFailure(
                "it is XML, but no TEI: its root is '\(root.name)'",
                hint: "exclude it from the corpus, or convert it to a format that is read", code: "not-tei")
        }
        guard root.name != "teiCorpus" else {
            throw StageFailure("it holds several texts", hint: "split it into a file a text", code: "tei-corpus")
        }
        guard let text = root.first("text") else { throw .noText }
        var reader = Reader()
        if root.omitsFiles { reader.lost.insert(Reader.otherFiles) }
        reader.walk(text, .paragraph)
        reader.flush(.paragraph)
        guard !reader.blocks.isEmpty else { throw .noText }
        let header = root.first("teiHeader").map(facts) ?? []
        return ExtractedSource(
            .blocks, reader.blocks.bytes, facts: header, notes: reader.lost.sorted().map { "\($0) were left out" })
    }

    /// Title, author, publisher, date and language. The day is that of the source where the header describes one, else
    /// that of the publication.
    private static func facts(_ header: XMLElement) -> [MetadataField] {
        let file = header.first("fileDesc")
        let statement = file?.first("titleStmt")
        func line(_ element: XMLElement?) -> String? {
            let text = element?.text().split { $0.isWhitespace }.joined(separator: " ") ?? ""
            return text.isEmpty ? nil : text
        }
        var facts: [MetadataField] = []
        if let title = line(statement?.first("title")) { facts.append(MetadataField("title", title)) }
        let authors = (statement?.elements ?? []).filter { $0.name == "author" }.compactMap(line)
        if !authors.isEmpty { facts.append(MetadataField("author", authors.joined(separator: "; "))) }
        if let publisher = line(file?.first("publicationStmt")?.first("publisher")) {
            facts.append(MetadataField("publisher", publisher))
        }
        let dates = [
            file?.first("sourceDesc")?.descendant("date"),
            header.first("profileDesc")?.first("creation")?.descendant("date"),
            file?.first("publicationStmt")?.first("date"),
        ]
        for date in dates.compactMap({ $0 }) {
            guard let written = date.attributes["when"] ?? line(date), case .read(let day) = WrittenDay(written) else {
                continue
            }
            facts.append(MetadataField("date", day))
            break
        }
        if let language = header.first("profileDesc")?.first("langUsage")?.first("language")?.attributes["ident"] {
            facts.append(MetadataField("language", language))
        }
        return facts
    }

    private struct Reader {
        var blocks = BlockWriter()
        var lost: Set<String> = []
        private var loose = ""
        static let otherFiles = "passages that stand in other files"

        mutating func walk(_ parent: XMLElement, _ kind: ExtractedSource.Block) {
            for child in parent.children {
                switch child {
                case .text(let text): loose += text
                case .element(let element): visit(element, kind)
                }
            }
        }

        private mutating func visit(_ element: XMLElement, _ kind: ExtractedSource.Block) {
            switch element.name {
            case "note": lost.insert("notes")
            case "include": lost.insert(Self.otherFiles)
            case "fw": lost.insert("running heads")
            case "figure", "graphic", "formula":
                lost.insert("pictures and formulas")
                if let caption = element.first("head") { own(caption, .caption, kind) }
            // what the editor has replaced
            case "sic", "orig", "abbr", "del":
                if element.name == "del" { lost.insert("deleted passages") }
            case "choice":
                let kept =
                    ["corr", "reg", "expan"].lazy.compactMap { element.first($0) }.first ?? element.elements.first
                if let kept { walk(kept, kind) }
            case "lb":
                if element.attributes["break"] == "no" {
                    while loose.last?.isWhitespace == true { loose.removeLast() }
                    if loose.last == "-" { loose.removeLast() }
                } else {
                    loose += "\n"
                }
            case "pb", "cb", "gb", "milestone": break
            case "row":
                flush(kind)
                blocks.add(row: element.elements.filter { $0.name == "cell" }.map { $0.text() })
            case "head", "titlePart": own(element, .heading, kind)
            case "p", "ab", "l", "sp", "speaker", "stage", "div", "lg", "front", "body", "back", "group", "text",
                "titlePage", "docTitle", "opener", "closer", "byline", "dateline", "salute", "signed", "list", "table",
                "epigraph", "trailer", "postscript", "castList", "argument":
                own(element, kind, kind)
            case let name where name.hasPrefix("div"): own(element, kind, kind)
            case "item", "label": own(element, .list, kind)
            case "q", "quote", "cit":
                // a quotation within a paragraph is part of it
                if element.elements.contains(where: { ["p", "l", "lg"].contains($0.name) }) {
                    own(element, .quote, kind)
                } else {
                    walk(element, kind)
                }
            default: walk(element, kind)
            }
        }

        /// An element with blocks of its own.
        private mutating func own(_ element: XMLElement, _ inner: ExtractedSource.Block, _ kind: ExtractedSource.Block)
        {
            flush(kind)
            walk(element, inner)
            flush(inner)
        }

        mutating func flush(_ kind: ExtractedSource.Block) {
            blocks.add(kind, loose)
            loose = ""
        }
    }
}
