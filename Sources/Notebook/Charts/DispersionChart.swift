/// Where something occurs, a line for each name and a stroke for each place: the first column gives the name, the second
/// the place, as a number or as a date.
struct DispersionChart: Chart {
    private let names: [String]
    private let places: [[Double]]
    private let days: Range<Int>?
    private let unit: CalendarUnit
    private let scale: Scale
    private let axis: String
    let notes: [String]

    private static let limit = 40
    private static let step = 24.0

    init(_ result: QueryResult) throws(QueryProblem) {
        let shown = result.columns.indices.filter { !result.isEvidence($0) }
        guard shown.count == 2 else {
            throw QueryProblem(
                "a dispersion chart needs two columns: names, and places as numbers or dates", id: "chart-columns")
        }
        axis = result.columns[shown[1]].replacing("_", with: " ")
        let moments = result.rows.map { row in
            if case .text = row[shown[1]] { Moment(row[shown[1]]) } else { Moment?.none }
        }
        let numbers = result.rows.map { row in row[shown[1]].number.flatMap { $0.isFinite ? $0 : nil } }
        let isTime = moments.contains { $0 != nil }
        guard !isTime || numbers.allSatisfy({ $0 == nil }) else {
            throw QueryProblem("the places of a dispersion chart are numbers or dates, not both", id: "chart-columns")
        }
        var order: [String: Int] = [:]
        var names: [String] = []
        var places: [[Double]] = []
        var without = 0
        for (row, values) in result.rows.enumerated() {
            let plain = ValueText.plain(values[shown[0]])
            let name = plain.isEmpty ? "none" : plain
            let place = isTime ? moments[row].map { Double($0.days.lowerBound + $0.days.upperBound) / 2 } : numbers[row]
            guard let place else {
                without += 1
                continue
            }
            if let k = order[name] {
                places[k].append(place)
            } else {
                order[name] = names.count
                names.append(name)
                places.append([place])
            }
        }
        self.names = Array(names.prefix(Self.limit))
        self.places = Array(places.prefix(Self.limit))
        let known = moments.compactMap { $0 }
        let first = known.map(\.days.lowerBound).min() ?? 0
        days = isTime ? first..<max(first + 1, known.map(\.days.upperBound).max() ?? 1) : nil
        unit = CalendarUnit(known.map(\.precision).min() ?? .day)
        scale = Scale(around: self.places.flatMap { $0 })
        var notes = ChartData.notShown(without, without: isTime ? "date" : "place")
        if names.count > Self.limit {
            notes.append("The picture shows the first \(Self.limit) of \(NumberText.grouped(names.count)) names.")
        }
        self.notes = notes
    }

    func draw(title: String, highlighted: Set<String>, link: (Int) -> String?) -> Picture {
        var picture = Picture(title: title)
        picture.description = zip(names, places).map { "\($0): \(NumberText.grouped($1.count))" }.joined(
            separator: "; ")
        let labels = names.map { Picture.fitted($0, to: 190) }
        let counts = places.map { NumberText.grouped($0.count) }
        let left = (labels.map(Picture.width).max() ?? 0) + 18
        let right = Picture.width - 18 - (counts.map(Picture.width).max() ?? 0)
        let bottom = 8 + Self.step * Double(names.count)
        picture.height = bottom + 44
        let time = days.map { TimeScale($0, from: left, to: right) }
        func x(_ place: Double) -> Double { time?.place(place) ?? scale.place(place, from: left + 4, to: right - 4) }
        var taken = -Double.infinity
        let ticks =
            time?.ticks(noFinerThan: unit).map { (place: $0.day, label: $0.label) }
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
                places[row].map(x), from: y + 3, to: y + Self.step - 3, label: "\(names[row]): \(counts[row])")
            picture.text(counts[row], right + 8, y + 16, class: "note")
        }
        picture.text(
            Picture.fitted(axis, to: right - left), (left + right) / 2, bottom + 36, .middle, class: "note")
        return picture
    }
}
