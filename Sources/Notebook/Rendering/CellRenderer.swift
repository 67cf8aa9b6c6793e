/// Renders cells one after another, and gathers their charts, their evidence and the checks that failed.
struct CellRenderer {
    private let runner: QueryRunner
    private let reader: PassageReader
    private let passages: PassageText
    private(set) var charts: [(String, String)] = []
    private(set) var evidence = EvidencePages()
    private(set) var failedChecks: [RenderedReport.FailedCheck] = []
    private var names: Set<String> = []
    private var figures = 0

    /// How many rows a failed check shows, and how many passages a cell quotes.
    private static let shown = 20

    init(runner: QueryRunner, reader: PassageReader, projectFolder: String?) {
        self.runner = runner
        self.reader = reader
        passages = PassageText(projectFolder: projectFolder)
    }

    /// What stands in the report in the cell's place.
    mutating func markdown(_ cell: Cell) throws(QueryProblem) -> String {
        let result = try runner.run(cell.sql?.text ?? "")
        switch cell.kind {
        case .value: return try value(result)
        case .table: return table(cell, result)
        case .chart: return try chart(cell, result)
        case .quote: return try quote(cell, result)
        case .concordance: return try concordance(cell, result)
        case .check: return check(cell, result)
        case .expect: return try expect(cell, result)
        }
    }

    private mutating func value(_ result: QueryResult) throws(QueryProblem) -> String {
        guard let row = result.rows.first, let value = row.first else { throw QueryProblem("the query gives no value") }
        let text = ValueText.text(value)
        for case .evidence(let set) in row.dropFirst() {
            figures += 1
            let link = evidence.link(
                set, label: "Figure \(figures): \(ValueText.plain(value))", name: "figure-\(figures)", cell: "figures",
                title: "Figures in the text")
            return "[\(text)](\(link))"
        }
        return text
    }

    private mutating func table(_ cell: Cell, _ result: QueryResult) -> String {
        guard !result.rows.isEmpty else { return empty(cell) }
        return caption(cell) + rows(cell, result, name: name(of: cell))
    }

    private mutating func chart(_ cell: Cell, _ result: QueryResult) throws(QueryProblem) -> String {
        guard !result.rows.isEmpty else { return empty(cell) }
        guard let data = ChartData(result) else {
            throw QueryProblem(
                "a chart needs names in its first column and numbers in another", id: "chart-columns")
        }
        let title = cell.caption ?? "Chart"
        let svg =
            switch ChartKind(rawValue: cell.argument) {
            case .timeline: SeriesChart(data: data.timeline, title: title, hasBars: true).svg
            case .line: SeriesChart(data: data, title: title, hasBars: false).svg
            case .bar, nil: BarChart(data: data, title: title).svg
            }
        let name = name(of: cell)
        charts.append(("charts/\(name).svg", svg))
        return """
            \(caption(cell))![\(title)](charts/\(name).svg)

            <details><summary>The data as a table</summary>

            \(rows(cell, result, name: name))

            </details>
            """
    }

    private func quote(_ cell: Cell, _ result: QueryResult) throws(QueryProblem) -> String {
        let found = try read(result)
        guard !found.isEmpty else { return empty(cell) }
        return caption(cell) + found.map { passages.block($0, anchor: nil) }.joined(separator: "\n\n")
    }

    private func concordance(_ cell: Cell, _ result: QueryResult) throws(QueryProblem) -> String {
        let found = try read(result)
        guard !found.isEmpty else { return empty(cell) }
        let lines = found.map { passage in
            let left = Concordance.left(passage.before).trimmed
            let right = Concordance.right(passage.after).trimmed
            let words = PassageText.emphasized(passage.words, before: "", after: "")
            let place = passages.file(passage.document, line: passage.line)
            return "| \(MarkdownText.escaped(left)) | \(words) | \(MarkdownText.escaped(right)) | \(place) |"
        }
        return caption(cell) + "| | | | document |\n| ---: | :---: | :--- | --- |\n" + lines.joined(separator: "\n")
    }

    private mutating func check(_ cell: Cell, _ result: QueryResult) -> String {
        let message = cell.fields["message"]?.text ?? "the query returns no rows"
        guard !result.rows.isEmpty else { return "✓ *Checked:* \(message)." }
        let count = result.rows.count + result.further
        failedChecks.append(.init(message: message, line: cell.line, rows: count))
        var shown = result
        shown.rows = Array(result.rows.prefix(Self.shown))
        shown.further = count - shown.rows.count
        return """
            > ✗ **Check failed:** \(message). \(NumberText.grouped(count)) \(count == 1 ? "row speaks" : "rows speak") against it.

            \(rows(cell, shown, name: name(of: cell)))
            """
    }

    private mutating func expect(_ cell: Cell, _ result: QueryResult) throws(QueryProblem) -> String {
        guard let found = result.rows.first?.first else { throw QueryProblem("the query gives no value") }
        let expected = cell.fields["value"]?.text ?? ""
        guard expected != ValueText.plain(found), expected != ValueText.text(found),
            expected != ValueText.plain(found).replacing(",", with: "")
        else { return "" }
        let message = cell.fields["message"]?.text ?? "the text says \(expected)"
        failedChecks.append(.init(message: message, line: cell.line, rows: 1))
        return "> ✗ **Check failed:** \(message). The results say \(ValueText.text(found)), the text \(expected)."
    }

    /// The passages whose ids stand in the first column.
    private func read(_ result: QueryResult) throws(QueryProblem) -> [Passage] {
        var found: [Passage] = []
        for row in result.rows.prefix(Self.shown) {
            let ids: [String]
            switch row.first {
            case .text(let id)?: ids = [id]
            case .evidence(let set)?: ids = set.ids
            default:
                throw QueryProblem("the first column has to give ids of claims, mentions or sentences", id: "quote-ids")
            }
            for id in ids {
                guard let passage = try? reader.passage(id) else {
                    throw QueryProblem("'\(id)' is no claim, mention, sentence or document", id: "unknown-evidence")
                }
                found.append(passage)
            }
        }
        return found
    }

    private mutating func rows(_ cell: Cell, _ result: QueryResult, name: String) -> String {
        TableText(result: result, passages: passages).markdown { set, label in
            evidence.link(set, label: label, cell: name, title: cell.caption ?? "Evidence")
        }
    }

    private func caption(_ cell: Cell) -> String { cell.caption.map { "**\($0)**\n\n" } ?? "" }

    private func empty(_ cell: Cell) -> String { "*\(cell.fields["empty"]?.text ?? "There is nothing to show.")*" }

    /// The cell's name in files: its caption, with a number where it is taken.
    private mutating func name(of cell: Cell) -> String {
        let slug = MarkdownText.slug(cell.caption ?? "")
        let base = slug.isEmpty || slug == "figures" ? cell.kind.rawValue : slug
        var name = base
        var number = 1
        while !names.insert(name).inserted {
            number += 1
            name = "\(base)-\(number)"
        }
        return name
    }
}
