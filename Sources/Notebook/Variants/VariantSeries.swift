/// The rows of variants as a chart takes them.
enum VariantSeries {
    /// Of a query that gives a name and a number, each variant is a series, as a column of its own; a name that a variant
    /// does not have has no value there. A field takes names, variants and numbers as rows. Other queries stay as they are,
    /// with the variant in front. `all` are the names of the variants.
    static func series(of result: QueryResult, for chart: String, _ all: [String]) throws(QueryProblem) -> QueryResult {
        let isEvidence = result.columns.indices.contains { result.isEvidence($0) }
        guard result.columns.count == 3, !isEvidence else { return result }
        if chart == ChartKind.heat.rawValue {
            var field = result
            field.rows = result.rows.map { [$0[1], $0[0], $0[2]] }
            let columns = [result.columns[1], result.columns[0], result.columns[2]]
            var swapped = QueryResult(columns: columns)
            (swapped.rows, swapped.further, swapped.tables) = (field.rows, field.further, field.tables)
            return swapped
        }
        let takesSeries: [ChartKind] = [.bar, .line, .timeline, .stacked, .share]
        guard takesSeries.contains(where: { $0.rawValue == chart }) else { return result }
        let variants = all.map { QueryValue.text($0) }
        var names: [QueryValue] = []
        var numbers: [QueryValue: [QueryValue: QueryValue]] = [:]
        for row in result.rows {
            if numbers[row[1]] == nil { names.append(row[1]) }
            numbers[row[1], default: [:]][row[0]] = row[2]
        }
        guard variants.count <= ChartData.seriesLimit else {
            throw QueryProblem(
                "a '\(chart)' chart shows at most \(ChartData.seriesLimit) variants, and this one has \(variants.count)",
                hint: "The kinds 'heat' and 'multiples' show more, and so does a table.", id: "chart-columns")
        }
        var series = QueryResult(columns: [result.columns[1]] + variants.map { ValueText.plain($0) })
        series.rows = names.map { name in [name] + variants.map { numbers[name]?[$0] ?? .null } }
        (series.further, series.tables) = (result.further, result.tables)
        return series
    }
}
