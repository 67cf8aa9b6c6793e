/// Categories from left to right: standing bars for a timeline, points and lines for a line chart.
struct SeriesChart {
    let data: ChartData
    let title: String
    let hasBars: Bool

    private static let width = 720.0
    private static let bottom = 220.0

    var svg: String {
        let scale = Scale(from: data.minimum, to: data.maximum, isWhole: data.isWhole)
        let left = 34 + (scale.ticks.map { Picture.width(of: Scale.label($0)) }.max() ?? 0)
        let right = Self.width - 12
        let legend = data.series.count > 1 ? 24.0 : 0
        let top = 10 + legend
        let step = (right - left) / Double(max(1, data.categories.count))
        var picture = Picture(width: Self.width, height: Self.bottom + 48, title: title)
        if legend > 0 {
            picture.legend(data.series.map(\.name), from: left, y: 16) { picture, series, x, y in
                if hasBars {
                    picture.bar(x, y - 9, 12, 10, series: series, label: "")
                } else {
                    picture.path([(x - 4, y - 4), (x + 14, y - 4)], series: series)
                    picture.point(x + 5, y - 4, series: series, label: "")
                }
            }
        }
        for tick in scale.ticks {
            let y = scale.place(tick, from: Self.bottom, to: top)
            picture.line(left, y, right, y, class: tick == 0 ? "axis" : "grid")
            picture.text(Scale.label(tick), left - 6, y + 4, .end, class: "note")
        }
        drawCategories(in: &picture, left: left, step: step)
        for (s, series) in data.series.enumerated() {
            if hasBars {
                drawBars(series, s, in: &picture, scale, left: left, step: step, top: top)
            } else {
                drawLine(series, s, in: &picture, scale, left: left, step: step, top: top)
            }
        }
        picture.text(data.axis, (left + right) / 2, Self.bottom + 40, .middle, class: "note")
        if data.series.count == 1 {
            picture.text(data.series[0].name, 12, (top + Self.bottom) / 2, .middle, class: "note", turned: true)
        }
        return picture.svg
    }

    /// As many names as there is room for, the first among them.
    private func drawCategories(in picture: inout Picture, left: Double, step: Double) {
        let widest = (data.categories.map { Picture.width(of: $0) }.max() ?? 0) + 14
        let every = max(1, Int((min(widest, 140) / step).rounded(.up)))
        for k in stride(from: 0, to: data.categories.count, by: every) {
            let x = left + step * (Double(k) + 0.5)
            picture.line(x, Self.bottom, x, Self.bottom + 4, class: "axis")
            picture.text(Picture.fitted(data.categories[k], to: 130), x, Self.bottom + 18, .middle)
        }
    }

    private func drawBars(
        _ series: ChartData.Series, _ number: Int, in picture: inout Picture, _ scale: Scale, left: Double,
        step: Double, top: Double
    ) {
        let zero = scale.place(0, from: Self.bottom, to: top)
        let width = min(36, step * 0.8 / Double(data.series.count))
        for (k, value) in series.values.enumerated() {
            guard let value, value.isFinite, value != 0 else { continue }
            let y = scale.place(value, from: Self.bottom, to: top)
            let middle = left + step * (Double(k) + 0.5)
            let x = middle + width * (Double(number) - Double(data.series.count) / 2)
            picture.bar(
                x, min(y, zero), width, (zero - y).magnitude, series: number,
                label: "\(data.categories[k]): \(NumberText.real(value)) \(series.name)")
        }
    }

    private func drawLine(
        _ series: ChartData.Series, _ number: Int, in picture: inout Picture, _ scale: Scale, left: Double,
        step: Double, top: Double
    ) {
        let points = series.values.enumerated().compactMap { k, value -> (x: Double, y: Double, label: String)? in
            guard let value, value.isFinite else { return nil }
            return (
                left + step * (Double(k) + 0.5), scale.place(value, from: Self.bottom, to: top),
                "\(data.categories[k]): \(NumberText.real(value)) \(series.name)"
            )
        }
        picture.path(points.map { ($0.x, $0.y) }, series: number)
        for point in points { picture.point(point.x, point.y, series: number, label: point.label) }
    }
}
