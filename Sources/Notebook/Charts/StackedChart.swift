/// Lying bars whose parts are the series, one row a bar: as long as their sum, or all of one length and cut by shares.
struct StackedChart: Chart {
    private let data: ChartData
    private let isShare: Bool
    let notes: [String]

    private static let thickness = 18.0
    private static let step = 30.0
    private static let labelWidth = 210.0

    /// `isShare` makes all bars of one length.
    init(_ all: ChartData, isShare: Bool) throws(QueryProblem) {
        guard !all.series.contains(where: { $0.values.contains { ($0 ?? 0) < 0 } }) else {
            throw QueryProblem(
                "a chart of parts can't show negative numbers", hint: "Use a 'bar' chart for them.", id: "chart-columns"
            )
        }
        data = all.prefix(BarChart.limit)
        self.isShare = isShare
        notes = BarChart.notes(all, shown: data)
    }

    var captionNote: String? { isShare ? "shares of each row" : nil }

    private func values(_ row: Int) -> [Double] {
        data.series.map { series in series.values[row].flatMap { $0.isFinite ? $0 : nil } ?? 0 }
    }

    func draw(title: String, highlighted: Set<String>, link: (Int) -> String?) -> Picture {
        var picture = Picture(title: title)
        picture.description = data.extremes
        let labels = data.firsts.indices.map { Picture.lines(of: data.label($0), width: Self.labelWidth, most: 2) }
        let totals = data.firsts.indices.map { values($0).reduce(0, +) }
        let ends = totals.map { isShare ? "n = \(NumberText.real($0))" : NumberText.real($0) }
        let left = (labels.joined().map(Picture.width).max() ?? 0) + 14
        let right = max(left + 60, Picture.width - (ends.map(Picture.width).max() ?? 0) - 16)
        let scale =
            isShare
            ? Scale(from: 0, to: 100, isWhole: true)
            : Scale(from: 0, to: totals.filter(\.isFinite).max() ?? 0, isWhole: data.isWhole)
        let legend = picture.legend(data.series.map(\.name), from: 8) {
            $0.bar($2, $3 - 9, 12, 10, series: $1, label: "")
        }
        let bottom = 10 + legend + Self.step * Double(labels.count)
        picture.height = bottom + 26
        var taken = -Double.infinity
        for tick in scale.ticks {
            let x = scale.place(tick, from: left, to: right)
            let name = Scale.label(tick) + (isShare ? " %" : "")
            picture.line(x, 4 + legend, x, bottom, class: tick == 0 ? "axis" : "grid")
            let half = Picture.width(of: name) / 2
            guard x - half > max(taken, 1), x + half < Picture.width - 1 else { continue }
            taken = x + half + 8
            picture.text(name, x, bottom + 15, .middle, class: "note")
        }
        for (row, lines) in labels.enumerated() {
            let middle = 10 + legend + Self.step * (Double(row) + 0.5)
            for (k, line) in lines.enumerated() {
                picture.text(
                    line, left - 8, middle + 4 + 14 * (Double(k) - Double(lines.count - 1) / 2), .end,
                    class: highlighted.contains(data.label(row)) ? "strong" : nil)
            }
            var sum = 0.0
            for (k, value) in values(row).enumerated() where value > 0 && totals[row].isFinite {
                let unit = isShare ? 100 / totals[row] : 1
                let start = scale.place(sum * unit, from: left, to: right)
                sum += value
                let end = scale.place(sum * unit, from: left, to: right)
                let share = isShare ? " (\(NumberText.real((value * unit * 10).rounded() / 10)) %)" : ""
                picture.bar(
                    start, middle - Self.thickness / 2, end - start, Self.thickness, series: k,
                    label: "\(data.label(row)): \(NumberText.real(value)) \(data.series[k].name)\(share)",
                    link: link(row))
            }
            let end = isShare ? right : scale.place(sum, from: left, to: right)
            picture.text(ends[row], end + 6, middle + 4, class: "note")
        }
        return picture
    }
}
