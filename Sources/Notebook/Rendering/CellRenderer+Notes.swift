import Model

/// What stands above and below tables and charts.
extension CellRenderer {
    /// What stands below a table or a picture: the cell's note, what a cut list leaves out, and what the picture does not
    /// show.
    mutating func notes(
        _ cell: Cell, _ result: QueryResult?, _ own: [String] = []
    ) throws(QueryProblem) -> [String] {
        var notes: [String] = []
        if let text = try prose(cell, "note"), !text.isEmpty { notes.append(text) }
        if let text = try prose(cell, "source"), !text.isEmpty { notes.append("Source: \(text)") }
        notes += own
        if let result, let note = try cut(cell, result) { notes.append(note) }
        return notes
    }

    static func paragraph(_ notes: [String]) -> String {
        // Emphasis within emphasis would end it.
        notes.isEmpty ? "" : "\n\n" + notes.map { $0.contains("*") ? $0 : "*\($0)*" }.joined(separator: " ")
    }

    /// How many rows there are in all and where the others are, if the cell shows fewer.
    mutating func cut(_ cell: Cell, _ result: QueryResult) throws(QueryProblem) -> String? {
        var all = result.rows.count + result.further
        if let total = cell.fields["total"] {
            guard case .integer(let count)? = try run(total.text).rows.first?.first else {
                throw QueryProblem("'total' gives no whole number", id: "cell-total")
            }
            all = max(all, count)
        }
        guard all > result.rows.count else { return nil }
        let rest =
            try prose(cell, "rest") ?? "the query of this cell, without its limit, gives them all over results.sqlite"
        return "\(NumberText.grouped(result.rows.count)) of \(NumberText.grouped(all)) rows; \(rest)."
    }

    /// What stands above a table or a chart: the caption behind the cell's number, and the line below that.
    mutating func heading(of cell: Cell) throws(QueryProblem) -> (caption: String?, subtitle: String?, anchor: String) {
        var caption = try prose(cell, "caption")
        var anchor = ""
        if let label = cell.fields["label"]?.text.trimmed, let number = numbers.name(label) {
            caption = "\(number). \(caption ?? "")"
            anchor = "<a id=\"\(FigureNumbers.anchor(label))\"></a>"
        }
        let below = [
            try prose(cell, "subtitle"), try prose(cell, "unit").map { "in \($0)" },
            try prose(cell, "n").map { "n = \($0)" },
        ].compactMap(\.self)
        return (caption, below.isEmpty ? nil : below.joined(separator: ", "), anchor)
    }

    /// The caption above what a cell shows.
    static func heading(_ caption: String?) -> String { caption.map { "**\($0)**\n\n" } ?? "" }

    /// A caption as plain text, for the titles of pictures and pages.
    func title(_ caption: String?, _ other: String) -> String { caption.map(MarkdownText.plain) ?? other }

    /// The names that a cell highlights.
    static func highlighted(_ cell: Cell) -> Set<String> {
        Set(cell.fields["highlight"].map(Cell.names) ?? [])
    }

    /// Notes names in a field that neither a row nor a column of `result` has. Of a list that is cut and in a section that is
    /// repeated, others may have them.
    mutating func noteNames(_ names: some Sequence<String>, in field: String, of cell: Cell, _ result: QueryResult) {
        guard row.isEmpty, result.further == 0, !result.rows.isEmpty else { return }
        let columns = result.columns + result.columns.map { $0.replacing("_", with: " ") }
        let known = Set(result.rows.map { $0.first.map { ValueText.plain($0) } ?? "" } + columns)
        for name in names where !known.contains(name) {
            let missing = KeptCell.MissingName(
                field: field, name: name, hint: NearName.hint(name, among: known.filter { !$0.isEmpty }))
            now.missingNames.append(missing)
            missingNames.append((cell, missing))
        }
    }
}
