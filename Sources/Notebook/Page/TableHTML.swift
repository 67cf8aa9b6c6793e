extension TableText {
    /// The table as HTML in one line; `targets` are those of ``targets(link:)``, as fragments of the page.
    func html(_ targets: [[Int: String]]) -> String {
        let shown = shownColumns
        guard !shown.isEmpty else { return "" }
        let isNumeric = shown.map { column in result.rows.contains { $0[column].isNumber } }
        var html = "<div class=\"scroll\"><table><thead><tr>"
        for (k, column) in shown.enumerated() {
            let name = MarkdownText.html(result.columns[column].replacing("_", with: " "))
            html += "<th scope=\"col\"\(isNumeric[k] ? " class=\"n\"" : "")>\(name)</th>"
        }
        html += "</tr></thead><tbody>"
        for (row, targets) in zip(result.rows, targets) {
            let isHighlighted = isHighlighted(row)
            html += "<tr>"
            for (k, column) in shown.enumerated() {
                let value = row[column]
                let isShort = if case .text(let text) = value { text.utf8.count <= 12 } else { false }
                let kind = isNumeric[k] ? " class=\"n\"" : " dir=\"auto\"\(isShort ? " class=\"s\"" : "")"
                let sort = value.number.map { " data-v=\"\($0)\"" } ?? ""
                var text = MarkdownText.html(
                    formats.text(value, in: result.columns[column]) ?? ValueText.plain(value, none: "–"))
                if let pieces = pieces(row, column) {
                    text = pieces.map { piece in
                        let text = MarkdownText.html(piece.text.trimmed)
                        return piece.differs ? "<mark>\(text)</mark>" : text
                    }.joined(separator: " ")
                }
                if let drawn = formats.html(value, in: result.columns[column]) { text = drawn }
                if result.columns[column] == "document", case .text(let id) = value { text = passages.fileHTML(id) }
                if let target = targets[column] {
                    text = "<a class=\"f\" href=\"\(EvidencePlace.fragment(target))\">\(text)</a>"
                }
                if isHighlighted { text = "<b>\(text)</b>" }
                html += "<td\(kind)\(sort)>\(text)</td>"
            }
            html += "</tr>"
        }
        return html + "</tbody></table></div>"
    }
}
