/// Two values of each row, joined by a line: what it was and what it is, or what two ways of counting give.
struct SlopeChart: Chart {
    private let data: ChartData
    private let rows: [Int]
    let notes: [String]

    /// More lines than these can't be told apart.
    private static let limit = 24
    private static let top = 34.0
    private static let nameWidth = 200.0
    /// The least way from one side to the other.
    private static let narrowest = 60.0

    init(_ data: ChartData) throws(QueryProblem) {
        guard data.series.count == 2 else {
            throw QueryProblem(
                "a slope chart needs names and two columns of numbers, and this query has \(data.series.count)",
                hint: "The first column names the lines; the second says where they begin, the third where they end.",
                id: "chart-columns")
        }
        self.data = data
        let whole = data.firsts.indices.filter { row in data.series.allSatisfy { $0.values[row]?.isFinite ?? false } }
        let rows = Array(whole.prefix(Self.limit))
        self.rows = rows
        var notes = ChartData.notShown(data.firsts.count - whole.count, without: "pair of numbers")
        if whole.count > rows.count {
            notes.append("The picture shows the first \(rows.count) of \(NumberText.grouped(whole.count)) rows.")
        }
        if rows.contains(where: { (data.series[1].values[$0] ?? 0) < (data.series[0].values[$0] ?? 0) }) {
            notes.append("Dashed lines fall.")
        }
        self.notes = notes
    }

    private func value(_ row: Int, _ side: Int) -> Double { data.series[side].values[row] ?? 0 }
    private func change(_ row: Int) -> Double { value(row, 1) - value(row, 0) }

    func draw(title: String, highlighted: Set<String>, link: (Int) -> String?) -> Picture {
        var picture = Picture(title: title)
        picture.description = description
        let numbers = (0...1).map { side in rows.map { NumberText.real(value($0, side)) } }
        let widths = numbers.map { $0.map(Picture.width).max() ?? 0 }
        // Numbers are never cut: where they are long, names have less room.
        let room = (Picture.width - Self.narrowest - 76 - widths[0] - widths[1]) / 2
        let names = rows.map { Picture.fitted(data.label($0), to: min(Self.nameWidth, max(20, room))) }
        let left = 20 + (names.map(Picture.width).max() ?? 0) + widths[0] + 16
        let right = max(left + Self.narrowest, Picture.width - 24 - (names.map(Picture.width).max() ?? 0) - widths[1])
        let bottom = Self.top + max(180, LabelColumn.step * Double(rows.count) + 20)
        picture.height = bottom + 16
        let scale = Scale(around: rows.flatMap { [value($0, 0), value($0, 1)] })
        func y(_ value: Double) -> Double { scale.place(value, from: bottom - 6, to: Self.top + 10) }
        for (side, x) in [left, right].enumerated() {
            picture.line(x, Self.top, x, bottom, class: "axis")
            let middle = (left + right) / 2
            let room = side == 0 ? middle - 12 : Picture.width - middle - 12
            let head = Picture.fitted(data.series[side].name, to: room)
            let width = Picture.width(of: head)
            // Over its axis, but on its side of the middle and within the frame.
            let start =
                side == 0
                ? max(4, min(left - width / 2, middle - 6 - width))
                : min(Picture.width - 4 - width, max(right - width / 2, middle + 6))
            picture.text(head, start, 18, class: "note")
        }
        for side in 0...1 {
            let x = side == 0 ? left : right
            let places = LabelColumn.places(rows.map { y(value($0, side)) + 4 }, from: Self.top + 4, to: bottom)
            for (k, row) in rows.enumerated() {
                let isStrong = highlighted.contains(data.label(row))
                let text = side == 0 ? "\(names[k]) \(numbers[0][k])" : "\(numbers[1][k]) \(names[k])"
                let end = y(value(row, side))
                let (label, point) = side == 0 ? (x - 12, x - 4) : (x + 12, x + 4)
                if (places[k] - 4 - end).magnitude > 2 { picture.line(point, end, label, places[k] - 4, class: "grid") }
                picture.text(
                    text, side == 0 ? label - 2 : label + 2, places[k], side == 0 ? .end : .start,
                    class: isStrong ? "strong" : nil)
            }
        }
        for row in rows {
            let isStrong = highlighted.contains(data.label(row))
            picture.path(
                [(left, y(value(row, 0))), (right, y(value(row, 1)))], series: change(row) < 0 ? 1 : 0,
                isStrong: isStrong)
            for side in 0...1 {
                picture.dot(
                    side == 0 ? left : right, y(value(row, side)),
                    label: "\(data.label(row)): \(NumberText.real(value(row, side))) \(data.series[side].name)",
                    link: link(row))
            }
        }
        return picture
    }

    /// The largest rise and the largest fall.
    private var description: String {
        func words(_ row: Int) -> String {
            "\(data.label(row)) from \(NumberText.real(value(row, 0))) to \(NumberText.real(value(row, 1)))"
        }
        let most = rows.max { change($0) < change($1) }
        let least = rows.min { change($0) < change($1) }
        let rise = most.flatMap { change($0) > 0 ? "largest rise: \(words($0))" : nil }
        let fall = least.flatMap { change($0) < 0 ? "largest fall: \(words($0))" : nil }
        return ["\(data.series[0].name) and \(data.series[1].name) of \(rows.count)", rise, fall].compactMap(\.self)
            .joined(separator: "; ")
    }
}
