/// A small line chart for each name, all over the same scales: the first column names the picture, the second says where a
/// point stands (a date or a number), the third how high.
struct MultiplesChart: Chart {
    private struct Point {
        let place: Double
        let value: Double?
        let label: String
        let row: Int
    }

    private let rows: NamedPlaces
    private let points: [[Point]]
    private let across: Scale
    private let up: Scale
    private let measure: String

    var notes: [String] { rows.notes }
    private var names: [String] { rows.names }

    private static let limit = 24
    /// How many pictures stand in a line at most, and how wide the plot of one is at least.
    private static let columns = 3
    private static let narrowest = 120.0
    private static let plot = 64.0
    private static let step = 124.0

    init(_ result: QueryResult) throws(QueryProblem) {
        let shown = try ChartKind.multiples.shown(
            of: result, "a chart of multiples needs three columns: names, dates or numbers, and numbers")
        measure = result.columns[shown[2]].replacing("_", with: " ")
        rows = try NamedPlaces(
            result, name: shown[0], place: shown[1], limit: Self.limit, of: "a chart", isOnePerPlace: true)
        points = rows.points.map { own in
            own.map { point in
                let value = result.rows[point.row][shown[2]].number.flatMap { $0.isFinite ? $0 : nil }
                return Point(place: point.place, value: value, label: point.label, row: point.row)
            }.sorted { $0.place < $1.place }
        }
        across = Scale(around: self.points.joined().map(\.place))
        let values = self.points.joined().compactMap(\.value)
        up = Scale(
            from: min(0, values.min() ?? 0), to: max(0, values.max() ?? 0),
            isWhole: values.allSatisfy { $0 == $0.rounded() })
    }

    func draw(title: String, highlighted: Set<String>, link: (Int) -> String?) -> Picture {
        var picture = Picture(title: title)
        picture.description = description
        let ticks = [up.lowest, up.highest] + (up.lowest < 0 && up.highest > 0 ? [0] : [])
        let left = 16 + (ticks.map { Picture.width(of: Scale.label($0)) }.max() ?? 0)
        let room =
            12 + (points.compactMap(Self.last(of:)).map { Picture.width(of: NumberText.real($0.value)) }.max() ?? 0)
        let columns =
            (1...Self.columns).last { (Picture.width - left - 8) / Double($0) - room >= Self.narrowest } ?? 1
        let width = (Picture.width - left - 8) / Double(columns)
        let lines = (names.count + columns - 1) / columns
        picture.height = Self.step * Double(lines) + 22
        for (k, name) in names.enumerated() {
            let x = left + width * Double(k % columns)
            let top = Self.step * Double(k / columns) + 24
            let right = x + width - room
            let isStrong = highlighted.contains(name)
            picture.text(Picture.fitted(name, to: width - 16), x, top - 8, class: isStrong ? "strong" : nil)
            func y(_ value: Double) -> Double { up.place(value, from: top + Self.plot, to: top) }
            for tick in ticks {
                picture.line(x, y(tick), right, y(tick), class: tick == 0 ? "axis" : "grid")
                guard k % columns == 0,
                    ticks.allSatisfy({ $0 == tick || (y($0) - y(tick)).magnitude > 16 || tick != 0 })
                else { continue }
                picture.text(Scale.label(tick), x - 6, y(tick) + 4, .end, class: "note")
            }
            let time = rows.days.map { TimeScale($0, from: x + 4, to: right - 4) }
            func place(_ value: Double) -> Double {
                time?.place(value) ?? across.place(value, from: x + 4, to: right - 4)
            }
            draw(points[k], in: &picture, name: name, x: place, y: y, isStrong: isStrong, link: link)
            if let last = Self.last(of: points[k]) {
                picture.text(
                    NumberText.real(last.value), right + 4, min(max(y(last.value) + 4, top + 8), top + Self.plot + 2),
                    class: "strong")
            }
            drawAxis(in: &picture, from: x, to: right, at: top + Self.plot + 16, time, place)
        }
        picture.text(
            Picture.fitted("\(measure), by \(rows.axis); the number is the last value", to: Picture.width - 20), 10,
            picture.height - 6, class: "note")
        return picture
    }

    /// The last point that has a value.
    private static func last(of points: [Point]) -> (point: Point, value: Double)? {
        points.reversed().lazy.compactMap { point in point.value.map { (point, $0) } }.first
    }

    private func draw(
        _ points: [Point], in picture: inout Picture, name: String, x: (Double) -> Double, y: (Double) -> Double,
        isStrong: Bool, link: (Int) -> String?
    ) {
        var run: [(x: Double, y: Double)] = []
        for point in points {
            guard let value = point.value else {
                picture.path(run, series: 0, isStrong: isStrong)
                run = []
                continue
            }
            run.append((x(point.place), y(value)))
        }
        picture.path(run, series: 0, isStrong: isStrong)
        for point in points {
            guard let value = point.value else { continue }
            picture.dot(
                x(point.place), y(value), label: "\(name), \(point.label): \(NumberText.real(value)) \(measure)",
                link: link(point.row))
        }
    }

    /// The first and the last mark of the scale.
    private func drawAxis(
        in picture: inout Picture, from left: Double, to right: Double, at y: Double, _ time: TimeScale?,
        _ place: (Double) -> Double
    ) {
        var (first, last): (String, String)
        if let days = rows.days {
            first = rows.unit.label(of: rows.unit.index(of: days.lowerBound))
            last = rows.unit.label(of: rows.unit.index(of: days.upperBound - 1))
        } else {
            (first, last) = (Scale.label(across.lowest), Scale.label(across.highest))
        }
        guard first != last else {
            return picture.text(Picture.fitted(first, to: right - left), left, y, class: "note")
        }
        func hasRoom() -> Bool { Picture.width(of: first) + Picture.width(of: last) + 8 <= right - left }
        let whole = last
        // the second date of a year needs no year
        if !hasRoom(), rows.days != nil, let dash = last.firstIndex(of: "-"), first.hasPrefix(last[...dash]) {
            last = String(last[last.index(after: dash)...])
        }
        if !hasRoom() { (first, last) = ("", Picture.fitted(whole, to: right - left)) }
        if !first.isEmpty { picture.text(first, left, y, class: "note") }
        picture.text(last, right, y, .end, class: "note")
    }

    /// The highest value of each name.
    private var description: String {
        zip(names, points).compactMap { name, points in
            points.filter { $0.value != nil }.max { ($0.value ?? 0) < ($1.value ?? 0) }.map { point in
                "\(name): highest \(NumberText.real(point.value ?? 0)) (\(point.label))"
            }
        }.joined(separator: "; ")
    }
}
