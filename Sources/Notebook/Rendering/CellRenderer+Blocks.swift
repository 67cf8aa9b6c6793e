/// Tables, pictures and passages.
extension CellRenderer {
    mutating func table(_ cell: Cell, _ result: QueryResult) throws(QueryProblem) -> CellText {
        guard !result.rows.isEmpty else { return try empty(cell) }
        let (caption, subtitle, anchor) = try heading(of: cell)
        let name = take(nameOf: cell)
        noteNames(Self.highlighted(cell).sorted(), in: "highlight", of: cell, result)
        let (table, targets) = rows(result, name: name, title: title(caption, "Evidence"), cell: cell)
        let notes = try notes(cell, result)
        return CellText(
            markdown: Self.heading(caption, subtitle, anchor) + table.markdown(targets) + Self.paragraph(notes),
            html: Self.block("t", name, Self.above(caption, subtitle, anchor), table.html(targets), notes))
    }

    mutating func chart(_ cell: Cell, _ result: QueryResult) throws(QueryProblem) -> CellText {
        guard !result.rows.isEmpty else { return try empty(cell) }
        let chart = try (ChartKind(rawValue: cell.argument) ?? .bar).chart(result)
        let (caption, subtitle, anchor) = try heading(of: cell)
        let title = title(caption, "Chart")
        let name = take(nameOf: cell)
        noteNames(Self.highlighted(cell).sorted(), in: "highlight", of: cell, chart.shown(result))
        let (table, targets) = rows(chart.shown(result), name: name, title: title, cell: cell)
        let picture = chart.draw(title: title, highlighted: Self.highlighted(cell)) { row in
            targets[row].min { $0.key < $1.key }.map { EvidencePlace.fragment($0.value) }
        }
        let svg = picture.svg
        charts.append(("charts/\(name).svg", svg))
        now.charts.append(KeptCell.Chart(path: "charts/\(name).svg", svg: svg))
        let notes = try notes(cell, result, chart.notes)
        let full = [caption.map { "**\($0)**" }, chart.captionNote].compactMap { $0 }.joined(separator: ", ")
        let above = [caption, chart.captionNote.map { "*\($0)*" }].compactMap { $0 }.joined(separator: ", ")
        return CellText(
            markdown: """
                \(Self.lines(full, subtitle, anchor))![\(MarkdownText.escaped(title))](charts/\(name).svg)

                <details><summary>The data as a table</summary>

                \(table.markdown(targets))

                </details>\(Self.paragraph(notes))
                """,
            html: Self.block(
                "t", name, Self.above(above.isEmpty ? nil : above, subtitle, anchor),
                "<div class=\"scroll\">\(picture.inline)</div><details class=\"data\"><summary>The data as a table</summary>\(table.html(targets))</details>",
                notes))
    }

    /// What stands above a table in Markdown: the caption in bold and the line below it.
    static func heading(_ caption: String?, _ subtitle: String?, _ anchor: String) -> String {
        lines(caption.map { "**\($0)**" } ?? "", subtitle, anchor)
    }

    private static func lines(_ caption: String, _ subtitle: String?, _ anchor: String) -> String {
        let lines = [caption, subtitle.map { "*\($0)*" } ?? ""].filter { !$0.isEmpty }
        return lines.isEmpty ? "" : anchor + lines.joined(separator: "\\\n") + "\n\n"
    }

    /// The same for the page.
    static func above(_ caption: String?, _ subtitle: String?, _ anchor: String) -> String? {
        let lines = [caption, subtitle.map { "*\($0)*" }].compactMap(\.self)
        return lines.isEmpty ? nil : anchor + lines.joined(separator: "<br>")
    }

    mutating func quote(_ cell: Cell, _ result: QueryResult) throws(QueryProblem) -> CellText {
        let found = try passages(result)
        guard !found.shown.isEmpty else { return try empty(cell) }
        let caption = try prose(cell, "caption")
        let notes = try notes(cell, nil, further(found))
        return CellText(
            markdown: Self.heading(caption)
                + found.shown.map { passages.block($0, anchor: nil) }.joined(separator: "\n\n") + Self.paragraph(notes),
            html: Self.block("q", nil, caption, found.shown.map(passages.html).joined(), notes))
    }

    mutating func concordance(_ cell: Cell, _ result: QueryResult) throws(QueryProblem) -> CellText {
        let found = try passages(result)
        guard !found.shown.isEmpty else { return try empty(cell) }
        let caption = try prose(cell, "caption")
        let notes = try notes(cell, nil, further(found))
        let lines = found.shown.map { passage in
            (
                left: Concordance.left(passage.before).trimmed, right: Concordance.right(passage.after).trimmed, passage
            )
        }
        let markdown = lines.map { left, right, passage in
            let words = PassageText.emphasized(passage.words, before: "", after: "")
            let place = passages.file(passage.document, line: passage.line)
            return "| \(MarkdownText.escaped(left)) | \(words) | \(MarkdownText.escaped(right)) | \(place) |"
        }
        let html = lines.map { left, right, passage in
            "<tr><td dir=\"auto\">\(MarkdownText.html(left))</td><td dir=\"auto\">\(MarkdownText.html(passage.words))</td>"
                + "<td dir=\"auto\">\(MarkdownText.html(right))</td><td>\(passages.fileHTML(passage.document))</td></tr>"
        }
        return CellText(
            markdown: Self.heading(caption) + "| | | | document |\n| ---: | :---: | :--- | --- |\n"
                + markdown.joined(separator: "\n") + Self.paragraph(notes),
            html: Self.block(
                "kwic", nil, caption,
                "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">before</th><th scope=\"col\">passage</th><th scope=\"col\">after</th><th scope=\"col\">document</th></tr></thead><tbody>\(html.joined())</tbody></table></div>",
                notes))
    }

    /// A block of HTML between empty lines, at which Markdown begins again.
    static func block(_ kind: String, _ id: String?, _ caption: String?, _ body: String, _ notes: [String])
        -> String
    {
        "\n" + BlockHTML.figure(kind, id: id, caption: caption, body: body, notes: notes) + "\n\n"
    }

    func further(_ found: (shown: [Passage], count: Int)) -> [String] {
        found.count > found.shown.count
            ? [
                "The first \(found.shown.count) of \(NumberText.grouped(found.count)) passages; the query gives the ids of all."
            ] : []
    }
}
