/// The rows of a chart that has something for each name: where each row stands, which is a date or a number.
struct NamedPlaces {
    struct Point {
        let place: Double
        /// The place in words.
        let label: String
        let row: Int
    }

    /// The names in the order of their first rows, as many as the chart shows.
    let names: [String]
    /// For each name, its points in the order of the rows.
    let points: [[Point]]
    /// From the first day to the last; nil where places are numbers.
    let days: Range<Int>?
    let unit: CalendarUnit
    let axis: String
    /// What is not shown.
    let notes: [String]

    /// Reads names and places from two columns. `chart` is what messages call it. Where `isOnePerPlace`, a name that has
    /// two rows at one place is refused.
    init(
        _ result: QueryResult, name: Int, place: Int, limit: Int, of chart: String, isOnePerPlace: Bool = false
    ) throws(QueryProblem) {
        axis = result.columns[place].replacing("_", with: " ")
        let moments = result.rows.map { row in
            if case .text = row[place] { Moment(row[place]) } else { Moment?.none }
        }
        let numbers = result.rows.map { row in row[place].number.flatMap { $0.isFinite ? $0 : nil } }
        let isTime = moments.contains { $0 != nil }
        guard !isTime || numbers.allSatisfy({ $0 == nil }) else {
            throw QueryProblem("the places of \(chart) are numbers or dates, not both", id: "chart-columns")
        }
        var order: [String: Int] = [:]
        var names: [String] = []
        var points: [[Point]] = []
        var without = 0
        var given: [String] = []
        for (row, values) in result.rows.enumerated() {
            let plain = ValueText.plain(values[name])
            let name = plain.isEmpty ? "none" : plain
            let place = isTime ? moments[row].map { Double($0.days.lowerBound + $0.days.upperBound) / 2 } : numbers[row]
            guard let place else {
                without += 1
                continue
            }
            let label = isTime ? "\(moments[row]?.description ?? "")" : NumberText.real(place)
            given.append("\(name), \(label)")
            let point = Point(place: place, label: label, row: row)
            if let k = order[name] {
                points[k].append(point)
            } else {
                order[name] = names.count
                names.append(name)
                points.append([point])
            }
        }
        if isOnePerPlace { try ChartData.refuseDoubled(given) }
        self.names = Array(names.prefix(limit))
        self.points = Array(points.prefix(limit))
        let known = moments.compactMap { $0 }
        let first = known.map(\.days.lowerBound).min() ?? 0
        days = isTime ? first..<max(first + 1, known.map(\.days.upperBound).max() ?? 1) : nil
        unit = CalendarUnit(known.map(\.precision).min() ?? .day)
        var notes = ChartData.notShown(without, without: isTime ? "date" : "place")
        if names.count > limit {
            notes.append("The picture shows the first \(limit) of \(NumberText.grouped(names.count)) names.")
        }
        self.notes = notes
    }
}
