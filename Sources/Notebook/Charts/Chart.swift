/// A picture of the rows of a query.
protocol Chart {
    /// What belongs behind the caption: the unit of a timeline.
    var captionNote: String? { get }
    /// What a reader has to know of what is not shown, in whole sentences.
    var notes: [String] { get }
    /// The rows as the picture shows them.
    func shown(_ result: QueryResult) -> QueryResult
    /// The picture, in which the rows of the names `highlighted` stand out; `link` gives the place of the evidence of one of
    /// these rows.
    func draw(title: String, highlighted: Set<String>, link: (Int) -> String?) -> Picture
}

extension Chart {
    var captionNote: String? { nil }
    func shown(_ result: QueryResult) -> QueryResult { result }
}

extension ChartKind {
    /// The columns of `result` beside evidence; a third one holds numbers. Where they are others than the chart takes, `need`
    /// is said.
    func shown(of result: QueryResult, _ need: String) throws(QueryProblem) -> [Int] {
        let shown = result.columns.indices.filter { !result.isEvidence($0) }
        guard shown.count == columns,
            shown.count < 3 || result.rows.allSatisfy({ $0[shown[2]].isNumber || $0[shown[2]] == .null })
        else {
            let isCount = shown.count != columns
            throw QueryProblem(
                isCount ? "\(need); this query gives \(shown.count)" : need, id: "chart-columns")
        }
        return shown
    }

    /// The chart of this sort over the rows of a query.
    func chart(_ result: QueryResult) throws(QueryProblem) -> any Chart {
        switch self {
        case .bar: BarChart(try ChartData(result))
        case .line: try LineChart(ChartData(result))
        case .timeline: try TimelineChart(ChartData(result))
        case .figures: try FiguresChart(result)
        case .stacked: try StackedChart(ChartData(result), isShare: false)
        case .share: try StackedChart(ChartData(result), isShare: true)
        case .scatter: try ScatterChart(ChartData(result))
        case .heat: try HeatChart(result)
        case .dispersion: try DispersionChart(result)
        case .slope: try SlopeChart(ChartData(result))
        case .multiples: try MultiplesChart(result)
        case .network: try NetworkChart(result)
        }
    }
}
