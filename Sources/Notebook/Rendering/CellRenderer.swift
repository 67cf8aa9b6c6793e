import Results
import StageKit

/// Renders cells one after another, and gathers their charts, their evidence and the checks that failed.
struct CellRenderer {
    private let connection: ReportConnection
    /// What variables stand for: the parameters of the pipeline, and the columns of the row of a section.
    var parameters: Parameters {
        didSet { asked = [:] }
    }
    /// The columns of the rows of the sections around the cell.
    var row: [(name: String, value: OptionValue)] = []
    let reader: PassageReader
    let passages: PassageText
    private let projectFolder: String?
    private let queries: NamedQueries
    private let filled: FilledQueries
    let numbers: FigureNumbers
    private let citations: Citations
    private let marks: TableMarks
    private let variants: VariantSource
    /// The path of the results, and that of the notebook.
    let results: String
    let notebookFile: String
    private let kept: [ContentDigest: KeptCell]
    var charts: [(String, String)] = []
    private(set) var evidence = EvidencePages()
    private(set) var failedChecks: [RenderedReport.FailedCheck] = []
    /// Names in fields of cells that no row has.
    var missingNames: [(cell: Cell, name: KeptCell.MissingName)] = []
    /// The evidence of cells, by which a cell is found that gave an id of nothing.
    private(set) var givenEvidence: [(cell: Cell, evidence: EvidenceSet)] = []
    /// What the cells gave, to be kept until the next report.
    private(set) var given: [ContentDigest: KeptCell] = [:]
    private var names: Set<String> = []
    private var figures = 0
    /// The tables that the cell at hand has read.
    private var read: Set<String> = []
    /// By query, what gave one value: the condition of a section and the total of its table ask the same of the whole
    /// corpus.
    private var asked: [String: QueryResult] = [:]
    /// The cell at hand.
    private var current: Cell?
    /// What it gave up to now.
    var now = KeptCell()

    /// How many rows a failed check shows, and how many passages a cell quotes.
    static let shown = 20
    /// How often a section is repeated at most.
    private static let sections = 200

    /// A renderer that asks `connection` and `reader`, but for cells that were `kept` and read tables of the same `marks`.
    init(
        connection: ReportConnection, parameters: Parameters, reader: PassageReader, projectFolder: String?,
        marks: TableMarks, variants: VariantSource, results: String, notebook: Notebook, citations: Citations,
        filled: FilledQueries, kept: [ContentDigest: KeptCell]
    ) {
        self.filled = filled
        queries = notebook.queries
        numbers = notebook.numbers
        self.citations = citations
        self.connection = connection
        self.parameters = parameters
        self.reader = reader
        self.projectFolder = projectFolder
        self.marks = marks
        self.variants = variants
        self.results = results
        notebookFile = notebook.file
        self.kept = kept
        passages = PassageText(projectFolder: projectFolder)
    }

    /// What stands in the report in the cell's place.
    mutating func text(of cell: Cell) throws(QueryProblem) -> CellText {
        if cell.kind.isInline, cell.kind != .value { return CellText(try mark(cell)) }
        if cell.kind == .query { return CellText("") }
        if cell.kind == .references { return CellText(citations.references) }
        let key = digest(of: cell)
        if let old = old(key), take(old, as: cell) {
            given[key] = old
            return old.text
        }
        now = KeptCell()
        current = cell
        read = []
        let isMany = [ChartKind.timeline, .dispersion].contains { $0.rawValue == cell.argument }
        let limit = isMany ? QueryRunner.timelineLimit : QueryRunner.rowLimit
        if cell.kind == .changes { return try changes(cell) }
        var result = try cell.isOverVariants ? overVariants(cell, limit) : run(cell.sql?.text ?? "", limit: limit)
        // without rows a chart has no columns of its variants
        if !result.rows.isEmpty,
            var problem = CellShape(cell: cell, columns: result.columns).namingProblems.first?.problem
        {
            problem.offset = nil
            throw problem
        }
        if let order = cell.fields["order"] {
            let order = try RowOrder(order.text)
            noteNames(order.texts, in: "order", of: cell, result)
            result = try order.sorted(result)
        }
        now.text = try text(of: cell, result)
        if cell.kind == .quote || cell.kind == .concordance { read.formUnion(TableMarks.ofPassages) }
        keep(key)
        return now.text
    }

    private func digest(of cell: Cell) -> ContentDigest {
        cell.digest(
            projectFolder: projectFolder, parameters: parameters, queries: queries,
            number: cell.fields["label"].flatMap { numbers.name($0.text.trimmed) })
    }

    /// What the cell of this key gave in the last report; nil where a table that it read has changed since.
    private func old(_ key: ContentDigest) -> KeptCell? {
        guard let old = kept[key], old.reads.hold(marks, rows: filled.digest(of:)) else { return nil }
        return old
    }

    /// Keeps what the cell at hand gave, unless it read a table without a mark.
    private mutating func keep(_ key: ContentDigest) {
        guard let reads = KeptReads(read, marks: marks, rows: filled.digest(of:)) else { return }
        now.reads = reads
        given[key] = now
    }

    /// Asks, and notes the tables that the cell at hand reads.
    mutating func run(_ sql: String, limit: Int = QueryRunner.rowLimit) throws(QueryProblem) -> QueryResult {
        if let known = asked[sql] {
            read.formUnion(known.tables)
            return known
        }
        let within = FilledQueries.Within(queries: filled, names: Set(row.map(\.name)))
        let result = try QueryRunner(connection, parameters: parameters, queries: queries, filled: within)
            .run(sql, limit: limit)
        if result.rows.count == 1, result.columns.count == 1, result.further == 0 { asked[sql] = result }
        read.formUnion(result.tables)
        return result
    }

    /// The rows of a cell's query over every variant.
    private mutating func overVariants(_ cell: Cell, _ limit: Int) throws(QueryProblem) -> QueryResult {
        let result = try variants.run(cell.sql?.text ?? "", queries: queries, row: row, limit: limit)
        read.formUnion(result.tables)
        return cell.kind == .chart ? try VariantSeries.series(of: result, for: cell.argument, variants.names) : result
    }

    /// The rows for which a section is shown, by the names of their columns, and what is said of those that are left
    /// out.
    mutating func rows(
        of section: Cell
    ) throws(QueryProblem) -> (rows: [[(name: String, value: OptionValue)]], note: String?) {
        let isCondition = section.fields["each"] == nil
        let key = digest(of: section)
        if isCondition, let old = old(key) {
            given[key] = old
            return (old.text.markdown.isEmpty ? [] : [[]], nil)
        }
        now = KeptCell()
        read = []
        let result = try run(section.sql?.text ?? "", limit: Self.sections)
        guard !isCondition else {
            let isShown =
                switch result.rows.first?.first {
                case .integer(let value)?: value != 0
                case .real(let value)?: value != 0
                case .null?, nil: false
                case .text(let text)?: !text.isEmpty
                case .evidence?, .blob?: true
                }
            now.text = CellText(isShown ? "shown" : "")
            keep(key)
            return (isShown ? [[]] : [], nil)
        }
        let rows = result.rows.map { row in
            zip(result.columns, row).map { (name: $0, value: $1.option) }
        }
        let note = try cut(section, result)
        return (rows, note.map { "*\($0)*" })
    }

    /// What stands in the place of a parameter, a reference or a citation.
    private func mark(_ cell: Cell) throws(QueryProblem) -> String {
        let name = cell.fields["name"]?.text.trimmed ?? ""
        switch cell.kind {
        case .ref: return "[\(numbers.name(name) ?? name)](#\(FigureNumbers.anchor(name)))"
        case .cite:
            guard let label = citations.label(name) else {
                throw QueryProblem(
                    "there is no document '\(name)'", hint: "A document is cited by its path in the project.",
                    id: "unknown-document")
            }
            return label
        default: return try parameter(cell)
        }
    }

    private func parameter(_ cell: Cell) throws(QueryProblem) -> String {
        let name = cell.fields["name"]?.text.trimmed ?? ""
        guard let text = parameters.text(name) else { throw parameters.unknown(name) }
        return MarkdownText.escaped(text)
    }

    /// A field that is prose, with the values of the cells in it; nil where the cell has none.
    mutating func prose(_ cell: Cell, _ field: String) throws(QueryProblem) -> String? {
        guard let parts = cell.prose[field] else { return nil }
        var text = ""
        for part in parts {
            switch part {
            case .markdown(let markdown): text += markdown
            case .section, .frontMatter: break
            case .value(let inner), .cell(let inner):
                if inner.kind != .value {
                    text += try mark(inner)
                } else {
                    guard let value = try run(inner.sql?.text ?? "").rows.first?.first else {
                        throw QueryProblem("the query in '\(field)' gives no value")
                    }
                    text += ValueText.text(value)
                }
            }
        }
        return text
    }

    /// Does again what a cell did in the last report; false, with nothing done, where the result is not the same.
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
        missingNames += old.missingNames.map { (cell, $0) }
        return true
    }

    private mutating func text(of cell: Cell, _ result: QueryResult) throws(QueryProblem) -> CellText {
        switch cell.kind {
        case .value: return try value(result)
        case .table: return try table(cell, result)
        case .chart: return try chart(cell, result)
        case .quote: return try quote(cell, result)
        case .concordance: return try concordance(cell, result)
        case .check: return try check(cell, result)
        case .expect: return try expect(cell, result)
        case .section, .param, .ref, .cite, .query, .include, .references, .changes: return CellText("")
        }
    }

    private mutating func value(_ result: QueryResult) throws(QueryProblem) -> CellText {
        guard let row = result.rows.first, let value = row.first else { throw QueryProblem("the query gives no value") }
        let text = ValueText.text(value)
        for case .evidence(let set) in row.dropFirst() {
            figures += 1
            now.figure = figures
            let link = link(
                set, label: "Figure \(figures): \(ValueText.plain(value))", name: "figure-\(figures)",
                cell: EvidencePages.textCell, title: "Figures in the text")
            return CellText(
                markdown: "[\(text)](\(link))",
                html: "<a class=\"f\" href=\"\(EvidencePlace.fragment(link))\">\(text)</a>")
        }
        return CellText(text)
    }

    mutating func link(
        _ set: EvidenceSet, label: String, name: String? = nil, cell: String, title: String
    ) -> String {
        let target = evidence.link(set, label: label, name: name, cell: cell, title: title)
        if let current { givenEvidence.append((current, set)) }
        now.links.append(
            KeptCell.Link(evidence: set, label: label, name: name, cell: cell, title: title, target: target))
        return target
    }

    mutating func fail(_ message: String, line: Int, rows: Int) {
        failedChecks.append(.init(message: message, line: line, rows: rows))
        now.failures.append(KeptCell.Failure(message: message, rows: rows))
    }

    /// The passages whose ids stand in the first column, as far as they are shown, and how many there are.
    func passages(_ result: QueryResult) throws(QueryProblem) -> (shown: [Passage], count: Int) {
        var found: [Passage] = []
        var count = result.further
        for row in result.rows {
            let ids: [String]
            switch row.first {
            case .text(let id)?:
                ids = [id]
                count += 1
            case .evidence(let set)?:
                ids = set.ids
                count += set.count
            default:
                throw CellShape.noIDs
            }
            for id in ids where found.count < Self.shown {
                guard let passage = try? reader.passage(id) else {
                    throw QueryProblem("'\(id)' is no claim, mention, sentence or document", id: "unknown-evidence")
                }
                found.append(passage)
            }
        }
        return (found, count)
    }

    /// The rows as a table, and where its figures lead.
    mutating func rows(
        _ result: QueryResult, name: String, title: String, cell: Cell? = nil
    ) -> (table: TableText, targets: [[Int: String]]) {
        // formats were read with the notebook
        let formats = (cell?.fields["format"]?.text).flatMap { try? TableFormats($0) } ?? TableFormats()
        let table = TableText(
            result: result, passages: passages, formats: formats, highlighted: cell.map(Self.highlighted) ?? [],
            compared: cell?.compared ?? [], grouped: cell?.fields["group"]?.text.trimmed)
        return (table, table.targets { set, label in link(set, label: label, cell: name, title: title) })
    }

    mutating func empty(
        _ cell: Cell, or other: String = "There is nothing to show."
    ) throws(QueryProblem) -> CellText {
        // a cell may say nothing where it has nothing to show
        let text = try prose(cell, "empty") ?? other
        return CellText(text.isEmpty ? "" : "*\(text)*")
    }

    mutating func take(nameOf cell: Cell) -> String {
        let name = name(of: cell)
        now.name = name
        return name
    }

    /// The cell's name in files: its caption, with a number where it is taken.
    private mutating func name(of cell: Cell) -> String {
        let caption = (cell.prose["caption"] ?? []).map { part in
            if case .markdown(let text) = part { text } else { "" }
        }
        let slug = MarkdownText.slug(caption.joined())
        let base = slug.isEmpty || slug == "figures" ? cell.kind.rawValue : slug
        let name = base.firstFree { names.contains($0) }
        names.insert(name)
        return name
    }
}
