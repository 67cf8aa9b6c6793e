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
        guard let text = try XMLElement.parse(content, what).first("body")?.first("text") else {
            throw .damaged(what, "it is no text document")
        }
        var reader = Reader()
        reader.read(text)
        guard !reader.blocks.isEmpty else { throw .noText }
        var facts = try DocumentProperties.facts(try archive.file("meta.xml", what), what)
        if !facts.contains(where: { $0.key == "title" }), let title = reader.title {
            facts.append(MetadataField("title", title))
        }
        return ExtractedSource(
            .blocks, reader.blocks.bytes, facts: facts, notes: reader.lost.sorted().map { "\($0) were left out" })
    }

    private struct Reader {
        var blocks = BlockWriter()
        var title: String?
        var lost: Set<String> = []

        mutating func read(_ parent: XMLElement, in kind: ExtractedSource.Block = .paragraph) {
            for element in parent.elements {
                switch element.name {
                case "p":
                    let style = element.attributes["style-name"] ?? ""
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
                        var text = ""
                        for paragraph in cell.elements where paragraph.name == "p" || paragraph.name == "h" {
                            text += self.text(of: paragraph) + " "
                        }
                        if cell.first("table") != nil { lost.insert("tables in tables") }
                        cells.append(text)
                    }
                    blocks.add(row: cells)
                case "table-header-rows", "table-rows", "table-row-group": table(child)
                default: break
                }
            }
        }

        private mutating func text(of element: XMLElement) -> String {
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
