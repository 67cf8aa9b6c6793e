/// What a chart shows: a value of each series for each row.
struct ChartData: Hashable, Sendable {
    /// One measure.
    struct Series: Hashable, Sendable {
        let name: String
        /// One for each row; nil where there is none.
        var values: [Double?]
    }

    /// The name of the first column, which names the rows.
    let axis: String
    /// The first value of each row.
    let firsts: [QueryValue]
    var series: [Series]

    /// At most this many series can be distinguished in black and white.
    static let seriesLimit = 4

    /// The first column of `result` tells the rows apart, its other columns are the series. Ids of evidence are no
    /// series; any other column has to hold numbers.
    init(_ result: QueryResult) throws(QueryProblem) {
        axis = (result.columns.first ?? "").replacing("_", with: " ")
        firsts = result.rows.map { $0.first ?? .null }
        series = []
        for column in result.columns.indices.dropFirst() where !result.isEvidence(column) {
            let name = result.columns[column]
            guard result.rows.allSatisfy({ $0[column].isNumber || $0[column] == .null }) else {
                throw QueryProblem(
                    "column '\(name)' of a chart holds no numbers",
                    hint: "A chart takes names, numbers or dates in its first column and numbers in the others.",
                    id: "chart-columns")
            }
            series.append(
                Series(name: name.replacing("_", with: " "), values: result.rows.map { $0[column].number }))
        }
        guard !series.isEmpty else {
            throw QueryProblem(
                "a chart needs names in its first column and numbers in another", id: "chart-columns")
        }
        guard series.count <= Self.seriesLimit else {
            throw QueryProblem(
                "a chart shows at most \(Self.seriesLimit) columns of numbers, and this query has \(series.count)",
                hint: "Leave some out, or make two charts.", id: "chart-columns")
        }
    }

    /// The name of a row.
    func label(_ row: Int) -> String {
        switch firsts[row] {
        case .null: "none"
        case .text(let text): text.isEmpty ? "none" : text
        case .integer(let value): String(value)
        case .real(let value): NumberText.real(value)
        case .evidence, .blob: ""
        }
    }

    /// The first `count` rows.
    func prefix(_ count: Int) -> ChartData { self[Array(firsts.indices.prefix(count))] }

    /// Some of the rows, in this order.
    subscript(rows: [Int]) -> ChartData {
        ChartData(
            axis: axis, firsts: rows.map { firsts[$0] },
            series: series.map { series in Series(name: series.name, values: rows.map { series.values[$0] }) })
    }

    private init(axis: String, firsts: [QueryValue], series: [Series]) {
        self.axis = axis
        self.firsts = firsts
        self.series = series
    }

    private var finite: [Double] { series.flatMap(\.values).compactMap { $0 }.filter(\.isFinite) }
    /// The largest value, at least 0.
    var maximum: Double { finite.max().map { max($0, 0) } ?? 0 }
    /// The least value, at most 0.
    var minimum: Double { finite.min().map { min($0, 0) } ?? 0 }
    /// Whether every value is whole.
    var isWhole: Bool { series.flatMap(\.values).allSatisfy { $0.map { $0 == $0.rounded() } ?? true } }
}

extension QueryResult {
    /// Whether a column holds the evidence of others.
    func isEvidence(_ column: Int) -> Bool {
        rows.contains { if case .evidence = $0[column] { true } else { false } }
            || columns[column] == "evidence" || columns[column].hasSuffix("_evidence")
    }
}
