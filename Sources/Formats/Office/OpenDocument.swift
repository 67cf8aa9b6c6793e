import StageKit

/// A text of LibreOffice (OpenDocument, ISO/IEC 26300): paragraphs, headings, lists, tables.
enum OpenDocument {
    private static let what = "OpenDocument"

    static func read(_ bytes: [UInt8]) throws(StageFailure) -> ExtractedSource {
        let archive = try ZipArchive(bytes, what)
        if let manifest = try archive.file("META-INF/manifest.xml", what),
            try XMLElement.parse(manifest, what).descendant("encryption-data") != nil
        {
            throw StageFailure("it is encrypted", hint: "save it without a password", code: "encrypted-file")
        }
        guard let content = try archive.file("content.xml", what) else {
            throw .damaged(what, "it has no 'content.xml'")
        }
        let document = try XMLElement.parse(content, what)
        guard let text = document.first("body")?.first("text") else {
            throw .damaged(what, "it is no text document")
        }
        var reader = Reader(styles: Styles(of: document.first("automatic-styles")))
        reader.read(text)
        guard !reader.blocks.isEmpty else { throw .noText }
        var facts = try DocumentProperties.facts(try archive.file("meta.xml", what), what)
        if !facts.contains(where: { $0.key == "title" }), let title = reader.title {
            facts.append(MetadataField("title", title))
        }
        if let styles = try archive.file("styles.xml", what),
            let pages = try XMLElement.parse(styles, what).first("master-styles"), hasRunningHead(pages)
        {
            reader.lost.insert("running heads")
        }
        return ExtractedSource(
            .blocks, reader.blocks.bytes, facts: facts, notes: reader.lost.sorted().map { "\($0) were left out" })
    }

    /// Whether a page has text at its head or foot; a page number alone is none.
    private static func hasRunningHead(_ pages: XMLElement) -> Bool {
        pages.elements.contains { page in
            page.elements.contains { part in
                (part.name.hasPrefix("header") || part.name.hasPrefix("footer"))
                    && part.text().contains(where: \.isLetter)
            }
        }
    }

    /// The styles that a document has for single passages, by their names.
    private struct Styles {
        /// The style that each is made from.
        private var parents: [String: String] = [:]
        /// Those that do not show.
        private var hidden: Set<String> = []

        init(of styles: XMLElement?) {
            for style in styles?.elements ?? [] {
                guard let name = style.attributes["name"] else { continue }
                parents[name] = style.attributes["parent-style-name"]
                if style.first("text-properties")?.attributes["display"] == "none" { hidden.insert(name) }
            }
        }

        /// The named style of a paragraph.
        func name(of element: XMLElement) -> String {
            let name = element.attributes["style-name"] ?? ""
            return parents[name] ?? name
        }

        func hides(_ element: XMLElement) -> Bool { element.attributes["style-name"].map(hidden.contains) ?? false }
    }

    private struct Reader {
        let styles: Styles
        var blocks = BlockWriter()
        var title: String?
        var lost: Set<String> = []

        init(styles: Styles) { self.styles = styles }

        mutating func read(_ parent: XMLElement, in kind: ExtractedSource.Block = .paragraph) {
            for element in parent.elements {
                switch element.name {
                case "p":
                    let style = styles.name(of: element)
                    let text = text(of: element)
                    if style == "Title" {
                        if title == nil { title = text.split { $0.isWhitespace }.joined(separator: " ") }
                        blocks.add(.title, text)
                    } else {
                        blocks.add(style == "Quotations" ? .quote : kind, text)
                    }
                case "h": blocks.add(.heading, text(of: element))
                case "list", "list-item", "list-header": read(element, in: .list)
                case "table": table(element)
                case "section", "index-body": read(element, in: kind)
                // tables of contents repeat the headings
                case "table-of-content", "alphabetical-index", "illustration-index": lost.insert("indexes")
                case "tracked-changes": lost.insert("tracked changes")
                case "frame", "custom-shape": lost.insert("pictures and text boxes")
                default: break
                }
            }
        }

        private mutating func table(_ element: XMLElement) {
            for child in element.elements {
                switch child.name {
                case "table-row":
                    var cells: [String] = []
                    for cell in child.elements where cell.name == "table-cell" {
                        cells.append(self.cell(cell))
                    }
                    blocks.add(row: cells)
                case "table-header-rows", "table-rows", "table-row-group": table(child)
                default: break
                }
            }
        }

        /// The paragraphs of a cell, those of its lists too.
        private mutating func cell(_ element: XMLElement) -> String {
            var text = ""
            for child in element.elements {
                switch child.name {
                case "p", "h": text += self.text(of: child) + " "
                case "list", "list-item", "list-header", "section": text += cell(child)
                case "table": lost.insert("tables in tables")
                default: break
                }
            }
            return text
        }

        private mutating func text(of element: XMLElement) -> String {
            guard !styles.hides(element) else {
                lost.insert("hidden passages")
                return ""
            }
            var text = ""
            for child in element.children {
                switch child {
                case .text(let part): text += part
                case .element(let element):
                    switch element.name {
                    case "s": text += String(repeating: " ", count: min(Int(element.attributes["c"] ?? "1") ?? 1, 64))
                    case "tab": text += "\t"
                    case "line-break": text += "\n"
                    case "note": lost.insert("footnotes")
                    case "annotation", "annotation-end": lost.insert("comments")
                    case "frame", "custom-shape": lost.insert("pictures and text boxes")
                    default: text += self.text(of: element)
                    }
                }
            }
            return text
        }
    }
}
