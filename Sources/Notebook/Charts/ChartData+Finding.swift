/// What a chart shows, in words.
extension ChartData {
    /// The largest and the smallest value of each series, with the names of their rows.
    var extremes: String {
        series.compactMap { series in
            let values = series.values.enumerated().compactMap { row, value in
                value.flatMap { $0.isFinite ? (row: row, value: $0) : nil }
            }
            guard let most = values.max(by: { $0.value < $1.value }),
                let least = values.min(by: { $0.value < $1.value })
            else { return nil }
            func words(_ one: (row: Int, value: Double)) -> String {
                "\(label(one.row)) (\(NumberText.real(one.value)))"
            }
            return most.value == least.value
                ? "\(series.name): \(NumberText.real(most.value)) in \(values.count == 1 ? label(most.row) : "all \(values.count) rows")"
                : "\(series.name): most \(words(most)), least \(words(least))"
        }.joined(separator: "; ")
    }

    /// Where each series begins, where it ends and where it is highest.
    var course: String {
        Self.course(
            series.map { series in
                (series.name, series.values.enumerated().compactMap { row, value in value.map { (label(row), $0) } })
            })
    }

    /// The same of series that are given by the names of their points.
    static func course(_ series: [(name: String, points: [(label: String, value: Double)])]) -> String {
        series.compactMap { name, points in
            let points = points.filter(\.value.isFinite)
            guard let first = points.first, let last = points.last, let most = points.max(by: { $0.value < $1.value })
            else { return nil }
            func words(_ point: (label: String, value: Double)) -> String {
                "\(NumberText.real(point.value)) (\(point.label))"
            }
            return points.count == 1
                ? "\(name): \(words(first))"
                : "\(name): from \(words(first)) to \(words(last)), highest \(words(most))"
        }.joined(separator: "; ")
    }
}
