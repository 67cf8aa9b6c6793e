/// Checks, which show something only where they fail.
extension CellRenderer {
    mutating func check(_ cell: Cell, _ result: QueryResult) throws(QueryProblem) -> CellText {
        let message = try prose(cell, "message") ?? "the query returns no rows"
        guard !result.rows.isEmpty else { return CellText("✓ *Checked:* \(message).") }
        let count = result.rows.count + result.further
        fail(message, line: cell.line, rows: count)
        var shown = result
        shown.rows = Array(result.rows.prefix(Self.shown))
        let notes = count > shown.rows.count ? ["\(shown.rows.count) of \(NumberText.grouped(count)) rows."] : []
        let told =
            "✗ **Check failed:** \(message). \(NumberText.grouped(count)) \(count == 1 ? "row contradicts" : "rows contradict") it."
        let (table, targets) = rows(shown, name: take(nameOf: cell), title: "Evidence")
        return CellText(
            markdown: "> \(told)\n\n\(table.markdown(targets))\(Self.paragraph(notes))",
            html: Self.block("t failed", nil, told, table.html(targets), notes))
    }

    mutating func expect(_ cell: Cell, _ result: QueryResult) throws(QueryProblem) -> CellText {
        let count = result.rows.count + result.further
        guard count == 1, let found = result.rows.first?.first else {
            throw CellShape.oneValue(count == 0 ? "no row" : "\(NumberText.grouped(count)) rows")
        }
        let columns = result.columns.indices.count { !result.isEvidence($0) }
        guard columns == 1 else { throw CellShape.oneValue("\(columns) columns") }
        let expected = cell.fields["value"]?.text ?? ""
        guard expected != ValueText.plain(found), expected != ValueText.text(found),
            expected != ValueText.plain(found).replacing(",", with: "")
        else { return CellText("") }
        let message = try prose(cell, "message") ?? "the text says \(expected)"
        fail("\(message); the results say \(ValueText.plain(found))", line: cell.line, rows: 0)
        return CellText(
            "> ✗ **Check failed:** \(message). The results say \(ValueText.text(found)), the text \(MarkdownText.escaped(expected))."
        )
    }
}
