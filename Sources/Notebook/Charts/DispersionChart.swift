/// Where something occurs, a line for each name and a stroke for each place: the first column gives the name, the second
/// the place, as a number or as a date.
struct DispersionChart: Chart {
    private let rows: NamedPlaces
    private let scale: Scale

    var notes: [String] { rows.notes }
    private var names: [String] { rows.names }

    private static let limit = 40
    private static let step = 24.0

    init(_ result: QueryResult) throws(QueryProblem) {
        let shown = try ChartKind.dispersion.shown(
            of: result, "a dispersion chart needs two columns: names, and places as numbers or dates")
        rows = try NamedPlaces(
            result, name: shown[0], place: shown[1], limit: Self.limit, of: "a dispersion chart")
        scale = Scale(around: rows.points.joined().map(\.place))
    }

    func draw(title: String, highlighted: Set<String>, link: (Int) -> String?) -> Picture {
        var picture = Picture(title: title)
        picture.description = zip(names, rows.points).map { "\($0): \(NumberText.grouped($1.count))" }.joined(
            separator: "; ")
        let labels = names.map { Picture.fitted($0, to: 190) }
        let counts = rows.points.map { NumberText.grouped($0.count) }
        let left = (labels.map(Picture.width).max() ?? 0) + 18
        let right = Picture.width - 18 - (counts.map(Picture.width).max() ?? 0)
        let bottom = 8 + Self.step * Double(names.count)
        picture.height = bottom + 44
        let time = rows.days.map { TimeScale($0, from: left, to: right) }
        func x(_ place: Double) -> Double { time?.place(place) ?? scale.place(place, from: left + 4, to: right - 4) }
        var taken = -Double.infinity
        let ticks =
            time?.ticks(noFinerThan: rows.unit).map { (place: $0.day, label: $0.label) }
            ?? scale.ticks.map { (place: $0, label: Scale.label($0)) }
        for tick in ticks {
            let place = x(tick.place)
            guard place >= left - 1, place <= right + 1 else { continue }
            picture.line(place, 6, place, bottom, class: "grid")
            let half = Picture.width(of: tick.label) / 2
            guard place - half > max(taken + 8, 1), place + half < Picture.width - 1 else { continue }
            taken = place + half
            picture.text(tick.label, place, bottom + 16, .middle, class: "note")
        }
        for (row, label) in labels.enumerated() {
            let y = 8 + Self.step * Double(row)
            picture.text(label, left - 10, y + 16, .end, class: highlighted.contains(names[row]) ? "strong" : nil)
            picture.strokes(
                rows.points[row].map { x($0.place) }, from: y + 3, to: y + Self.step - 3,
                label: "\(names[row]): \(counts[row])")
            picture.text(counts[row], right + 8, y + 16, class: "note")
        }
        picture.text(
            Picture.fitted(rows.axis, to: right - left), (left + right) / 2, bottom + 36, .middle, class: "note")
        return picture
    }
}
