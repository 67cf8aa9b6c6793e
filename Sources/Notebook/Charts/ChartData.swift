/// What a chart shows: a value of each series for each category.
struct ChartData: Hashable, Sendable {
    /// One measure.
    struct Series: Hashable, Sendable {
        let name: String
        /// One for each category; nil where there is none.
        var values: [Double?]
    }

    /// What the categories are.
    let axis: String
    var categories: [String]
    var series: [Series]

    /// At most this many series can be told apart in black and white.
    static let seriesLimit = 4

    /// The first column of `result` gives the categories, its columns of numbers the series; nil without any.
    init?(_ result: QueryResult) {
        guard let axis = result.columns.first else { return nil }
        self.axis = axis.replacing("_", with: " ")
        categories = result.rows.map { $0.first.map(Self.label) ?? "" }
        series = result.columns.indices.dropFirst()
            .filter { column in result.rows.contains { $0[column].isNumber } }
            .prefix(Self.seriesLimit)
            .map { column in
                Series(
                    name: result.columns[column].replacing("_", with: " "),
                    values: result.rows.map { $0[column].number })
            }
        guard !series.isEmpty else { return nil }
    }

    /// The largest value, at least 0.
    var maximum: Double { series.flatMap(\.values).compactMap { $0 }.filter(\.isFinite).max().map { max($0, 0) } ?? 0 }
    /// The least value, at most 0.
    var minimum: Double { series.flatMap(\.values).compactMap { $0 }.filter(\.isFinite).min().map { min($0, 0) } ?? 0 }
    /// Whether every value is whole.
    var isWhole: Bool { series.flatMap(\.values).allSatisfy { $0.map { $0 == $0.rounded() } ?? true } }

    private static func label(_ value: QueryValue) -> String {
        switch value {
        case .null: "none"
        case .text(let text): text.isEmpty ? "none" : text
        case .integer(let value): String(value)
        case .real(let value): NumberText.real(value)
        case .evidence, .blob: ""
        }
    }
}
