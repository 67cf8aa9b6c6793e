/// Points from left to right, joined by lines, over a scale of numbers, of time, or over names.
struct LineChart: Chart {
    /// What stands below the points.
    private enum Axis {
        case names
        case numbers(Scale)
        case time(Range<Int>, CalendarUnit)
    }

    private let data: ChartData
    private let axis: Axis
    /// Where each row stands: its number among the names, its number, its day.
    private let places: [Double]
    let notes: [String]

    init(_ all: ChartData) throws(QueryProblem) {
        let given = all.firsts.indices.filter { all.firsts[$0] != .null }
        let numbers = given.compactMap { all.firsts[$0].number }
        let moments = given.compactMap { row in
            if case .text = all.firsts[row] { Moment(all.firsts[row]) } else { nil }
        }
        if !given.isEmpty, numbers.count == given.count || moments.count == given.count {
            let isTime = moments.count == given.count
            let values = isTime ? moments.map { Double($0.days.lowerBound + $0.days.upperBound) / 2 } : numbers
            try all.refuseDoubled(isTime ? moments.map(\.description) : numbers.map(NumberText.real))
            let order = values.indices.sorted { values[$0] < values[$1] }
            data = all[order.map { given[$0] }]
            places = order.map { values[$0] }
            if isTime, let first = moments.map(\.days.lowerBound).min(), let last = moments.map(\.days.upperBound).max()
            {
                axis = .time(first..<last, CalendarUnit(moments.map(\.precision).min() ?? .day))
            } else {
                axis = .numbers(
                    Scale(
                        from: values.min() ?? 0, to: values.max() ?? 1,
                        isWhole: values.allSatisfy { $0 == $0.rounded() }))
            }
            let left = all.firsts.count - given.count
            notes = ChartData.notShown(left, without: isTime ? "date" : "number")
        } else {
            data = all
            places = all.firsts.indices.map { Double($0) + 0.5 }
            axis = .names
            notes = []
        }
    }

    func draw(title: String, highlighted: Set<String>, link: (Int) -> String?) -> Picture {
        let scale = Scale(from: data.minimum, to: data.maximum, isWhole: data.isWhole)
        let labels = endLabels
        var frame = Frame(
            series: data.series.map(\.name), scale: scale, title: title,
            room: labels.map { ($0.map(Picture.width).max() ?? 0) + 10 } ?? 0, hasLegend: labels == nil
        ) { picture, series, x, y in
            picture.path([(x - 4, y - 4), (x + 14, y - 4)], series: series)
            picture.point(x + 5, y - 4, series: series, label: "")
        }
        frame.picture.description = data.course
        let x = drawAxis(in: &frame)
        for (k, series) in data.series.enumerated() {
            let isStrong = highlighted.contains(series.name)
            var run: [(x: Double, y: Double)] = []
            for (row, value) in series.values.enumerated() {
                // A line breaks where a value is missing: nothing is known there.
                guard let value, value.isFinite else {
                    frame.picture.path(run, series: k, isStrong: isStrong)
                    run = []
                    continue
                }
                run.append((x(places[row]), frame.y(value)))
            }
            frame.picture.path(run, series: k, isStrong: isStrong)
            for (row, value) in series.values.enumerated() {
                guard let value, value.isFinite else { continue }
                frame.picture.point(
                    x(places[row]), frame.y(value), series: k,
                    label: "\(data.label(row)): \(NumberText.real(value)) \(series.name)")
            }
        }
        if let labels, let last = lastRow {
            let ends = data.series.map { frame.y($0.values[last] ?? 0) }
            let places = LabelColumn.places(ends.map { $0 + 4 }, from: frame.top + 4, to: Frame.bottom + 4)
            let end = x(self.places[last])
            for (k, label) in labels.enumerated() {
                if (places[k] - 4 - ends[k]).magnitude > 2 {
                    frame.picture.line(end + 5, ends[k], frame.right + 4, places[k] - 4, class: "grid")
                }
                frame.picture.text(
                    label, frame.right + 6, places[k],
                    class: highlighted.contains(data.series[k].name) ? "strong" : nil)
            }
        }
        frame.names(axis: data.axis)
        return frame.picture
    }

    /// The last row in which any series has a value.
    private var lastRow: Int? {
        data.firsts.indices.last { row in data.series.contains { $0.values[row]?.isFinite ?? false } }
    }

    /// The names of several series, where they can stand at the ends of their lines: all lines end in the last place.
    private var endLabels: [String]? {
        guard data.series.count > 1, let last = lastRow,
            data.series.allSatisfy({ $0.values[last]?.isFinite ?? false })
        else { return nil }
        return data.series.map { Picture.fitted($0.name, to: 150) }
    }

    /// Draws the marks of the axis, and gives the way from a place to a coordinate.
    private func drawAxis(in frame: inout Frame) -> (Double) -> Double {
        let (left, right) = (frame.left, frame.right)
        switch axis {
        case .names:
            let step = (right - left) / Double(max(1, places.count))
            let widest = (places.indices.map { Picture.width(of: data.label($0)) }.max() ?? 0) + 14
            let every = max(1, Int((min(widest, 150) / step).rounded(.up)))
            for row in stride(from: 0, to: places.count, by: every) {
                frame.tick(Picture.fitted(data.label(row), to: 136), at: left + step * places[row])
            }
            return { left + step * $0 }
        case .numbers(let scale):
            for tick in scale.ticks { frame.tick(Scale.label(tick), at: scale.place(tick, from: left, to: right)) }
            return { scale.place($0, from: left, to: right) }
        case .time(let days, let unit):
            let time = TimeScale(days, from: left, to: right)
            for tick in time.ticks(noFinerThan: unit) { frame.tick(tick.label, at: time.place(tick.day)) }
            return { time.place($0) }
        }
    }
}
