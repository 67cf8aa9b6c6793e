extension TableText {
    /// The table as HTML in one line; `targets` are those of ``targets(link:)``, as fragments of the page.
    func html(_ targets: [[Int: String]]) -> String {
        let shown = shownColumns
        guard !shown.isEmpty else { return "" }
        let isNumeric = shown.map { column in result.rows.contains { $0[column].isNumber } }
        let isCompared = shown.map { compared.count == 2 && compared.contains(result.columns[$0]) }
        var html = "<div class=\"scroll\"><table\(isCompared.contains(true) ? " class=\"sides\"" : "")><thead><tr>"
        for (k, column) in shown.enumerated() {
            let name = MarkdownText.html(result.columns[column].replacing("_", with: " "))
            let kind = isNumeric[k] ? " class=\"n\"" : isCompared[k] ? " class=\"c\"" : ""
            html += "<th scope=\"col\"\(kind)>\(name)</th>"
        }
        html += "</tr></thead><tbody>"
        for (number, (row, targets)) in zip(result.rows, targets).enumerated() {
            let isHighlighted = isHighlighted(row)
            html += "<tr>"
            for (k, column) in shown.enumerated() {
                let value = row[column]
                let isShort = if case .text(let text) = value { text.utf8.count <= 12 } else { false }
                let form = isCompared[k] ? " class=\"c\"" : isShort ? " class=\"s\"" : ""
                let kind = isNumeric[k] ? " class=\"n\"" : " dir=\"auto\"\(form)"
                let sort = value.number.map { " data-v=\"\($0)\"" } ?? ""
                var text = MarkdownText.html(
                    formats.text(value, in: result.columns[column]) ?? ValueText.plain(value, none: "–"))
                if !isShort { text = Self.withWholeDates(text) }
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
                // what is left out is there for a reader who sorts or filters the rows
                if isRepeated(number, column) { text = "<span class=\"again\">\(text)</span>" }
                html += "<td\(kind)\(sort)>\(text)</td>"
            }
            html += "</tr>"
        }
        return html + "</tbody></table></div>"
    }

    /// The text with its dates kept in one line: `2024-01-15` would be broken at its hyphens.
    private static func withWholeDates(_ html: String) -> String {
        let bytes = Array(html.utf8)
        let hyphen = UInt8(ascii: "-")
        func isDigit(_ k: Int) -> Bool { bytes.indices.contains(k) && (0x30...0x39).contains(bytes[k]) }
        var result: [UInt8] = []
        var done = 0
        var k = 0
        while k + 10 <= bytes.count {
            let isDate =
                bytes[k + 4] == hyphen && bytes[k + 7] == hyphen && !isDigit(k - 1) && !isDigit(k + 10)
                && (0..<10).allSatisfy { $0 == 4 || $0 == 7 || isDigit(k + $0) }
            guard isDate else {
                k += 1
                continue
            }
            result += bytes[done..<k]
            result += Array("<span class=\"d\">".utf8)
            result += bytes[k..<k + 10]
            result += Array("</span>".utf8)
            k += 10
            done = k
        }
        return done == 0 ? html : String(decoding: result + bytes[done...], as: UTF8.self)
    }
}
