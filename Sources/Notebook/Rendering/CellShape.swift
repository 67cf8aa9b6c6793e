import Model
import Results

/// What a cell asks of the columns that its query gives. The same is asked before there are rows and when they are there.
struct CellShape {
    /// A problem with the field that it is about; nil for the query.
    typealias Finding = (problem: QueryProblem, field: Cell.Field?)

    let cell: Cell
    /// The columns as the cell shows them: with that of the variants, or with a column for each variant.
    let columns: [String]

    /// What is wrong with the names that fields give to columns.
    var namingProblems: [Finding] {
        var found: [Finding] = []
        func unknown(_ names: [String], in field: String) {
            for name in names where !columns.contains(name) {
                let text = cell.fields[field]
                found.append(
                    (
                        QueryProblem(
                            "'\(field)' names the column '\(name)', which the query does not give",
                            hint: NearName.hint(name, among: columns), offset: text?.text.offset(of: name),
                            id: "unknown-column"), text
                    ))
            }
        }
        // what is no format and no order was reported with the form of the cell
        if let text = cell.fields["format"]?.text, let formats = try? TableFormats(text) {
            unknown(formats.names, in: "format")
        }
        if let text = cell.fields["order"]?.text, let order = try? RowOrder(text) { unknown(order.names, in: "order") }
        if let name = cell.fields["group"]?.text.trimmed { unknown([name], in: "group") }
        // another number of names was reported with the form of the cell
        if cell.compared.count == 2 { unknown(cell.compared, in: "compare") }
        return found
    }

    /// What is wrong with a cell whose query gives `columns`; `variants` are the names of those that it asks.
    static func problems(of cell: Cell, _ columns: [QueryColumn], variants: [String]) -> [Finding] {
        var given = columns
        if cell.isOverVariants { given.insert(QueryColumn(VariantSource.column, .text), at: 0) }
        let variants = cell.isOverVariants ? variants : []
        var found: [Finding] = []
        var names = given.map(\.name)
        switch cell.kind {
        case .chart:
            let kind = ChartKind(rawValue: cell.argument) ?? .bar
            func tried(evidence: Bool) -> (QueryResult, QueryProblem?) {
                var result = example(of: given, for: kind, variants, evidence: evidence)
                do throws(QueryProblem) {
                    if cell.isOverVariants {
                        result = try VariantSeries.series(of: result, for: cell.argument, variants)
                    }
                    _ = try kind.chart(result)
                    return (result, nil)
                } catch {
                    return (result, error)
                }
            }
            let (result, problem) = tried(evidence: false)
            names = result.columns
            if let problem, !given.contains(where: \.mayBeEvidence) || tried(evidence: true).1 != nil {
                found.append((problem, nil))
            }
        case .expect:
            let count = given.count { $0.kind != .evidence && !$0.mayBeEvidence }
            if count > 1 { found.append((oneValue("\(count) columns"), nil)) }
        case .quote, .concordance:
            if given.first?.kind == .number { found.append((noIDs, nil)) }
        case .value, .param, .table, .check, .changes, .section, .query, .include, .ref, .cite, .references: break
        }
        return found + CellShape(cell: cell, columns: names).namingProblems
    }

    /// What is said of a query that gives more or fewer than the one value with which a figure is compared.
    static func oneValue(_ given: String) -> QueryProblem {
        QueryProblem(
            "'expect' compares one value, and the query gives \(given)",
            hint: "Ask for one row with one column, such as 'select count(*) from documents'.", id: "expect-value")
    }

    /// What is said of a file that is no baseline.
    static func noBaseline(_ error: ResultsError) -> QueryProblem {
        QueryProblem(
            "\(error)",
            hint: "The baseline is a copy of the results.sqlite of an earlier run.", id: "baseline")
    }

    /// What is said of a query for passages without ids.
    static let noIDs = QueryProblem(
        "the first column has to give ids of claims, mentions or sentences", id: "quote-ids")

    /// A row such as the query may give, with which a chart can be tried; one for each variant.
    private static func example(
        of columns: [QueryColumn], for chart: ChartKind, _ variants: [String], evidence: Bool
    ) -> QueryResult {
        var result = QueryResult(columns: columns.map(\.name))
        let isOverVariants = !variants.isEmpty
        let row = columns.enumerated().map { place, column -> QueryValue in
            let k = isOverVariants ? place - 1 : place
            switch column.kind {
            case .evidence: return .evidence(EvidenceSet(ids: ["-"], count: 1))
            case .number: return .integer(2000)
            case .text: return .text(day)
            case .unknown where evidence && column.mayBeEvidence: return .evidence(EvidenceSet(ids: ["-"], count: 1))
            case .unknown: return isName(k, column.name, in: chart) ? .text(day) : .integer(2000)
            }
        }
        result.rows = isOverVariants ? variants.map { [.text($0)] + row.dropFirst() } : [row]
        return result
    }

    /// A text that may be a name, and a day.
    private static let day = "2000-01-01"

    /// Whether a chart takes a column for names or days.
    private static func isName(_ k: Int, _ name: String, in chart: ChartKind) -> Bool {
        switch chart {
        case .heat, .network: k < 2
        case .figures: k == 0 || name == "date" || name == "figure"
        case .bar, .line, .timeline, .stacked, .share, .scatter, .dispersion, .slope, .multiples: k == 0
        }
    }
}

extension Cell {
    /// The columns that a cell compares.
    var compared: [String] { fields["compare"].map(Self.names) ?? [] }

    /// The names in a field that has strokes between them.
    static func names(in field: Field) -> [String] {
        field.text.split(separator: "|").map(\.trimmed).filter { !$0.isEmpty }
    }
}
