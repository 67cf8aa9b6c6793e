/// Points over two scales of numbers, each with its name where there is room for it.
struct ScatterChart: Chart {
    private let data: ChartData
    private let rows: [Int]
    let notes: [String]

    private static let bottom = 340.0
    private static let top = 16.0
    /// How many points are given their names at most.
    private static let named = 60

    init(_ data: ChartData) throws(QueryProblem) {
        guard data.series.count == 2 else {
            throw QueryProblem(
                "a scatter chart needs names and two columns of numbers, and this query has \(data.series.count)",
                hint:
                    "The first column names the points, the second says how far right, the third how high they stand.",
                id: "chart-columns")
        }
        self.data = data
        rows = data.firsts.indices.filter { row in data.series.allSatisfy { $0.values[row]?.isFinite ?? false } }
        notes = ChartData.notShown(data.firsts.count - rows.count, without: "place")
    }

    func draw(title: String, highlighted: Set<String>, link: (Int) -> String?) -> Picture {
        var picture = Picture(title: title)
        picture.height = Self.bottom + 48
        picture.description = data.extremes
        let values = data.series.map { series in rows.map { series.values[$0] ?? 0 } }
        let (across, up) = (Scale(around: values[0]), Scale(around: values[1]))
        let left = 34 + (up.ticks.map { Picture.width(of: Scale.label($0)) }.max() ?? 0)
        let right = Picture.width - 16
        func x(_ value: Double) -> Double { across.place(value, from: left + 10, to: right - 10) }
        func y(_ value: Double) -> Double { up.place(value, from: Self.bottom - 8, to: Self.top) }
        for tick in up.ticks {
            picture.line(left, y(tick), right, y(tick), class: "grid")
            picture.text(Scale.label(tick), left - 6, y(tick) + 4, .end, class: "note")
        }
        var taken = -Double.infinity
        for tick in across.ticks {
            picture.line(x(tick), Self.top, x(tick), Self.bottom, class: "grid")
            let half = Picture.width(of: Scale.label(tick)) / 2
            guard x(tick) - half > max(taken + 8, 1), x(tick) + half < Picture.width - 1 else { continue }
            taken = x(tick) + half
            picture.text(Scale.label(tick), x(tick), Self.bottom + 18, .middle, class: "note")
        }
        var names = LabelPlacing(left: left, right: right, top: 2, bottom: Self.bottom)
        for k in rows.indices { names.block(x: x(values[0][k]), y: y(values[1][k])) }
        // names that are to stand out get their room first
        let isStrong = rows.map { highlighted.contains(data.label($0)) }
        let order = rows.indices.filter { isStrong[$0] } + rows.indices.filter { !isStrong[$0] }
        for k in order {
            let row = rows[k]
            let place = (x: x(values[0][k]), y: y(values[1][k]))
            let label =
                "\(data.label(row)): \(NumberText.real(values[0][k])) \(data.series[0].name), "
                + "\(NumberText.real(values[1][k])) \(data.series[1].name)"
            picture.point(place.x, place.y, isFilled: true, label: label, link: link(row))
            guard k < Self.named || isStrong[k] else { continue }
            let name = Picture.fitted(data.label(row), to: 150)
            if let spot = names.place(width: Picture.width(of: name), x: place.x, y: place.y) {
                picture.text(name, spot.x, spot.y, class: isStrong[k] ? "strong" : "note")
            }
        }
        picture.text(
            Picture.fitted(data.series[0].name, to: right - left), (left + right) / 2, Self.bottom + 40, .middle,
            class: "note")
        picture.text(
            Picture.fitted(data.series[1].name, to: Self.bottom - Self.top), 12, (Self.top + Self.bottom) / 2, .middle,
            class: "note", turned: true)
        return picture
    }
}

/// Finds room for the names of points: to the right, to the left, above, below.
private struct LabelPlacing {
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
    private var taken: [(left: Double, right: Double, top: Double, bottom: Double)] = []

    init(left: Double, right: Double, top: Double, bottom: Double) {
        (self.left, self.right, self.top, self.bottom) = (left, right, top, bottom)
    }

    /// Keeps the place of a point free.
    mutating func block(x: Double, y: Double) { taken.append((x - 5, x + 5, y - 5, y + 5)) }

    /// Where the text begins, with the height of its base line; nil where there is no room.
    mutating func place(width: Double, x: Double, y: Double) -> (x: Double, y: Double)? {
        for (start, base) in [(x + 8, y + 4), (x - 8 - width, y + 4), (x - width / 2, y - 9), (x - width / 2, y + 19)] {
            let box = (left: start, right: start + width, top: base - 12, bottom: base + 4)
            guard box.left >= left, box.right <= right, box.top >= top, box.bottom <= bottom,
                !taken.contains(where: {
                    $0.left < box.right && box.left < $0.right && $0.top < box.bottom && box.top < $0.bottom
                })
            else { continue }
            taken.append(box)
            return (start, base)
        }
        return nil
    }
}
