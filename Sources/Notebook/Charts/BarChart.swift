/// Lying bars, one group a row, so that long names stay readable.
struct BarChart: Chart {
    private let data: ChartData
    let notes: [String]

    private static let thickness = 16.0
    /// More bars than these are a list that nobody reads.
    static let limit = 60
    /// How wide a line of a name is at most, and how many lines it takes.
    private static let labelWidth = 230.0
    private static let labelLines = 3

    init(_ all: ChartData) {
        data = all.prefix(Self.limit)
        notes = Self.notes(all, shown: data)
    }

    /// What is said of rows beyond the limit.
    static func notes(_ all: ChartData, shown: ChartData) -> [String] {
        guard all.firsts.count > shown.firsts.count else { return [] }
        return ["The picture shows the first \(limit) of \(NumberText.grouped(all.firsts.count)) rows."]
    }

    func draw(title: String, highlighted: Set<String>, link: (Int) -> String?) -> Picture {
        let labels = data.firsts.indices.map {
            Picture.lines(of: data.label($0), width: Self.labelWidth, most: Self.labelLines)
        }
        let scale = Scale(from: data.minimum, to: data.maximum, isWhole: data.isWhole)
        let values = data.series.flatMap(\.values).compactMap { $0 }.filter(\.isFinite)
        let widest = values.map { Picture.width(of: NumberText.real($0)) }.max() ?? 0
        let widestNegative = values.filter { $0 < 0 }.map { Picture.width(of: NumberText.real($0)) }.max() ?? 0
        let left = (labels.joined().map(Picture.width).max() ?? 0) + 14 + (widestNegative > 0 ? widestNegative + 6 : 0)
        let right = max(left + 60, Picture.width - widest - 12)
        var picture = Picture(title: title)
        picture.description = data.extremes
        let legend = picture.legend(data.series.map(\.name), from: 8) {
            $0.bar($2, $3 - 9, 12, 10, series: $1, label: "")
        }
        let bars = Self.thickness * Double(data.series.count)
        let groups = labels.map { max(bars, 14 * Double($0.count)) + 8 }
        let bottom = 8 + legend + groups.reduce(0, +)
        picture.height = bottom + 40
        var taken = -Double.infinity
        for tick in scale.ticks {
            let x = scale.place(tick, from: left, to: right)
            picture.line(x, 4 + legend, x, bottom, class: tick == 0 ? "axis" : "grid")
            let half = Picture.width(of: Scale.label(tick)) / 2
            guard x - half > max(taken, 1), x + half < Picture.width - 1 else { continue }
            taken = x + half + 8
            picture.text(Scale.label(tick), x, bottom + 15, .middle, class: "note")
        }
        let zero = scale.place(0, from: left, to: right)
        var top = 8 + legend
        for (row, lines) in labels.enumerated() {
            let middle = top + (groups[row] - 8) / 2
            let isStrong = highlighted.contains(data.label(row))
            for (k, line) in lines.enumerated() {
                picture.text(
                    line, left - 8 - (widestNegative > 0 ? widestNegative + 6 : 0),
                    middle + 4 + 14 * (Double(k) - Double(lines.count - 1) / 2), .end,
                    class: isStrong ? "strong" : nil)
            }
            for (s, series) in data.series.enumerated() {
                guard let value = series.values[row], value.isFinite else { continue }
                let x = scale.place(value, from: left, to: right)
                let y = middle - bars / 2 + Self.thickness * Double(s)
                let text = NumberText.real(value)
                picture.bar(
                    min(zero, x), y + 1, (x - zero).magnitude, Self.thickness - 2, series: s,
                    label: "\(data.label(row)): \(text) \(series.name)", link: link(row), isStrong: isStrong)
                picture.text(
                    text, value < 0 ? x - 5 : x + 5, y + Self.thickness / 2 + 4, value < 0 ? .end : .start)
            }
            top += groups[row]
        }
        if data.series.count == 1 {
            let name = Picture.fitted(data.series[0].name, to: Picture.width - 16)
            let half = Picture.width(of: name) / 2
            picture.text(
                name, min(max((left + right) / 2, half + 8), Picture.width - half - 8), bottom + 33, .middle,
                class: "note")
        }
        return picture
    }
}
