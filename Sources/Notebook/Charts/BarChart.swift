/// Lying bars, one group a category, so that long names stay readable.
struct BarChart {
    let data: ChartData
    let title: String

    private static let width = 720.0
    private static let thickness = 16.0

    var svg: String {
        let labels = data.categories.map { Picture.fitted($0, to: 230) }
        let left = min(240, (labels.map(Picture.width).max() ?? 0) + 12)
        let right = Self.width - 56
        let legend = data.series.count > 1 ? 24.0 : 0
        let group = Self.thickness * Double(data.series.count) + 8
        let bottom = 8 + legend + group * Double(labels.count)
        let scale = Scale(from: data.minimum, to: data.maximum, isWhole: data.isWhole)
        var picture = Picture(width: Self.width, height: bottom + 40, title: title)
        if legend > 0 {
            picture.legend(data.series.map(\.name), from: left, y: 14) {
                $0.bar($2, $3 - 9, 12, 10, series: $1, label: "")
            }
        }
        for tick in scale.ticks {
            let x = scale.place(tick, from: left, to: right)
            picture.line(x, 4 + legend, x, bottom, class: tick == 0 ? "axis" : "grid")
            picture.text(Scale.label(tick), x, bottom + 15, .middle, class: "note")
        }
        let zero = scale.place(0, from: left, to: right)
        for (k, label) in labels.enumerated() {
            let top = 8 + legend + group * Double(k)
            picture.text(label, left - 8, top + (group - 8) / 2 + 4, .end)
            for (s, series) in data.series.enumerated() {
                guard let value = series.values[k], value.isFinite else { continue }
                let x = scale.place(value, from: left, to: right)
                let y = top + Self.thickness * Double(s)
                let text = NumberText.real(value)
                picture.bar(
                    min(zero, x), y + 1, (x - zero).magnitude, Self.thickness - 2, series: s,
                    label: "\(data.categories[k]): \(text) \(series.name)")
                if value != 0 { picture.text(text, max(zero, x) + 5, y + Self.thickness / 2 + 4) }
            }
        }
        if data.series.count == 1 {
            picture.text(data.series[0].name, (left + right) / 2, bottom + 33, .middle, class: "note")
        }
        return picture.svg
    }
}

extension Picture {
    /// The names of several series, each behind its mark.
    mutating func legend(
        _ names: [String], from left: Double, y: Double,
        mark: (inout Picture, _ series: Int, _ x: Double, _ y: Double) -> Void
    ) {
        var x = left
        for (k, name) in names.enumerated() {
            mark(&self, k, x, y)
            text(name, x + 18, y)
            x += 40 + Picture.width(of: name)
        }
    }
}
