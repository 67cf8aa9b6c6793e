/// What stands in a report in the place of a cell.
struct CellText: Sendable, Hashable {
    /// In `report.md`.
    var markdown = ""
    /// In the Markdown that `report.html` is made of: HTML in one line for a block, Markdown with tags for a figure.
    var html = ""

    /// The same in both.
    init(_ markdown: String) {
        self.markdown = markdown
        html = markdown
    }

    init(markdown: String, html: String) {
        self.markdown = markdown
        self.html = html
    }

    /// Adds a piece of the notebook's own Markdown. Of the empty lines around a part that is left out, one stays.
    mutating func add(_ text: String) {
        markdown += markdown.utf8.suffix(2).elementsEqual("\n\n".utf8) ? text.drop { $0.isNewline } : text[...]
        html += text
    }

    static func += (text: inout CellText, other: CellText) {
        text.markdown += other.markdown
        text.html += other.html
    }
}

/// HTML of a block without line ends: Markdown takes a block of HTML for ended at an empty line.
enum BlockHTML {
    /// A figure with what stands above and below it. Captions and notes are Markdown.
    static func figure(_ kind: String, id: String? = nil, caption: String?, body: String, notes: [String]) -> String {
        let place = id.map { #" id="t-\#($0)""# } ?? ""
        let above = caption.map { "<figcaption>\(CommonMark.inline($0))</figcaption>" } ?? ""
        let below = notes.map { "<p class=\"note\">\(CommonMark.inline($0))</p>" }.joined()
        return "<figure class=\"\(kind)\"\(place)>\(above)\(body)\(below)</figure>"
    }
}

/// Where the evidence of a figure stands.
enum EvidencePlace {
    /// The fragment of `report.html` for a link of `report.md`: `evidence/x.md#a` is `#x--a`.
    static func fragment(_ target: String) -> String {
        let parts = target.split(separator: "#", maxSplits: 1)
        var page = parts.first ?? ""
        if page.hasPrefix("evidence/") { page = page.dropFirst("evidence/".count) }
        guard parts.count == 2, page.hasSuffix(".md") else { return "#\(page)" }
        return "#\(page.dropLast(".md".count))--\(parts[1])"
    }
}
