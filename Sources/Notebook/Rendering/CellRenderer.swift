import Results
import StageKit

/// Renders cells one after another, and gathers their charts, their evidence and the checks that failed.
struct CellRenderer {
    private let runner: QueryRunner
    private let reader: PassageReader
    private let passages: PassageText
    private let projectFolder: String?
    private let marks: TableMarks
    private let kept: [ContentDigest: KeptCell]
    private(set) var charts: [(String, String)] = []
    private(set) var evidence = EvidencePages()
    private(set) var failedChecks: [RenderedReport.FailedCheck] = []
    /// What the cells gave, to be kept until the next report.
    private(set) var given: [ContentDigest: KeptCell] = [:]
    private var names: Set<String> = []
    private var figures = 0
    /// What the cell at hand gave up to now.
    private var now = KeptCell()

    /// How many rows a failed check shows, and how many passages a cell quotes.
    private static let shown = 20

    /// A renderer that asks `runner` and `reader`, but for cells that were `kept` and read tables of the same `marks`.
    init(
        runner: QueryRunner, reader: PassageReader, projectFolder: String?, marks: TableMarks,
        kept: [ContentDigest: KeptCell]
    ) {
        self.runner = runner
        self.reader = reader
        self.projectFolder = projectFolder
        self.marks = marks
        self.kept = kept
        passages = PassageText(projectFolder: projectFolder)
    }

    /// What stands in the report in the cell's place.
    mutating func markdown(_ cell: Cell) throws(QueryProblem) -> String {
        let key = cell.digest(projectFolder: projectFolder)
        if let old = kept[key], let digest = marks.digest(of: old.tables), digest == old.marks, take(old, as: cell) {
            given[key] = old
            return old.text
        }
        now = KeptCell()
        let result = try runner.run(cell.sql?.text ?? "")
        now.text = try markdown(cell, result)
        let hasPassages = cell.kind == .quote || cell.kind == .concordance
        let read = hasPassages ? result.tables.union(TableMarks.ofPassages) : result.tables
        if let tables = marks.tables(among: read), let digest = marks.digest(of: tables) {
            now.tables = tables
            now.marks = digest
            given[key] = now
        }
        return now.text
    }

    /// Does again what a cell did in the last report; false, with nothing done, where that comes out otherwise.
    private mutating func take(_ old: KeptCell, as cell: Cell) -> Bool {
        if let figure = old.figure, figure != figures + 1 { return false }
        let before = self
        if let name = old.name, self.name(of: cell) != name {
            self = before
            return false
        }
        for link in old.links {
            let target = evidence.link(
                link.evidence, label: link.label, name: link.name, cell: link.cell, title: link.title)
            guard target == link.target else {
                self = before
                return false
            }
        }
        figures = old.figure ?? figures
        charts += old.charts.map { ($0.path, $0.svg) }
        failedChecks += old.failures.map { .init(message: $0.message, line: cell.line, rows: $0.rows) }
        return true
    }

    private mutating func markdown(_ cell: Cell, _ result: QueryResult) throws(QueryProblem) -> String {
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
            now.figure = figures
            let link = link(
                set, label: "Figure \(figures): \(ValueText.plain(value))", name: "figure-\(figures)", cell: "figures",
                title: "Figures in the text")
            return "[\(text)](\(link))"
        }
        return text
    }

    private mutating func link(
        _ set: EvidenceSet, label: String, name: String? = nil, cell: String, title: String
    ) -> String {
        let target = evidence.link(set, label: label, name: name, cell: cell, title: title)
        now.links.append(
            KeptCell.Link(evidence: set, label: label, name: name, cell: cell, title: title, target: target))
        return target
    }

    private mutating func fail(_ message: String, line: Int, rows: Int) {
        failedChecks.append(.init(message: message, line: line, rows: rows))
        now.failures.append(KeptCell.Failure(message: message, rows: rows))
    }

    private mutating func table(_ cell: Cell, _ result: QueryResult) -> String {
        guard !result.rows.isEmpty else { return empty(cell) }
        return caption(cell) + rows(cell, result, name: take(nameOf: cell))
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
        let name = take(nameOf: cell)
        charts.append(("charts/\(name).svg", svg))
        now.charts.append(KeptCell.Chart(path: "charts/\(name).svg", svg: svg))
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
        fail(message, line: cell.line, rows: count)
        var shown = result
        shown.rows = Array(result.rows.prefix(Self.shown))
        shown.further = count - shown.rows.count
        return """
            > ✗ **Check failed:** \(message). \(NumberText.grouped(count)) \(count == 1 ? "row speaks" : "rows speak") against it.

            \(rows(cell, shown, name: take(nameOf: cell)))
            """
    }

    private mutating func expect(_ cell: Cell, _ result: QueryResult) throws(QueryProblem) -> String {
        guard let found = result.rows.first?.first else { throw QueryProblem("the query gives no value") }
        let expected = cell.fields["value"]?.text ?? ""
        guard expected != ValueText.plain(found), expected != ValueText.text(found),
            expected != ValueText.plain(found).replacing(",", with: "")
        else { return "" }
        let message = cell.fields["message"]?.text ?? "the text says \(expected)"
        fail(message, line: cell.line, rows: 1)
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
            link(set, label: label, cell: name, title: cell.caption ?? "Evidence")
        }
    }

    private func caption(_ cell: Cell) -> String { cell.caption.map { "**\($0)**\n\n" } ?? "" }

    private func empty(_ cell: Cell) -> String { "*\(cell.fields["empty"]?.text ?? "There is nothing to show.")*" }

    private mutating func take(nameOf cell: Cell) -> String {
        let name = name(of: cell)
        now.name = name
        return name
    }

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
