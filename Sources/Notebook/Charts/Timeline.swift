/// Rows by their dates, counted by a unit that follows the span of time.
struct Timeline {
    /// One bar of each series.
    struct Bar: Hashable {
        /// The days for which it stands.
        let days: Range<Int>
        let label: String
        /// One value a series.
        var values: [Double?]
        /// The rows that it is made of.
        var rows: [Int]
    }

    /// In order of time; none where nothing falls.
    private(set) var bars: [Bar] = []
    /// What the bars stand for.
    let unit: CalendarUnit
    /// What a reader has to know of what is shown and what is not.
    let notes: [String]
    /// Whether the values are counts, which can be added up.
    private let isWhole: Bool

    /// The dates stand in the first column of `data`.
    init(_ data: ChartData) throws(QueryProblem) {
        let dated = data.firsts.indices.compactMap { row in Moment(data.firsts[row]).map { (row: row, moment: $0) } }
            .sorted { $0.moment < $1.moment }
        guard let first = dated.first?.moment, let end = dated.map(\.moment.days.upperBound).max() else {
            throw QueryProblem(
                "no row of the timeline has a date",
                hint: "The first column gives a year, a month or a day: 2024, 2024-03, 2024-03-01.",
                id: "chart-columns")
        }
        try data.refuseDoubled(dated.map(\.moment.description))
        let span = CalendarUnit.fitting(days: end - first.days.lowerBound)
        let coarsest = CalendarUnit(dated.map(\.moment.precision).max() ?? .day)
        // Counts can be added up; of shares and means each stands for itself.
        let unit = max(coarsest, data.isWhole ? span : .day)
        self.unit = unit
        var isSummed = false
        for (row, moment) in dated {
            let values = data.series.map { $0.values[row] }
            let index = unit.index(of: moment.days.lowerBound)
            let days = unit.start(of: index)..<unit.start(of: index + 1)
            if let last = bars.indices.last, bars[last].days == days {
                isSummed = true
                bars[last].rows.append(row)
                for (k, value) in values.enumerated() {
                    if let value { bars[last].values[k] = (bars[last].values[k] ?? 0) + value }
                }
            } else {
                bars.append(Bar(days: days, label: unit.label(of: index), values: values, rows: [row]))
            }
        }
        isWhole = data.isWhole
        if isSummed, !data.isWhole {
            throw QueryProblem(
                "dates of different precision can't be shown together where the values are no counts",
                hint: "Give years, months or days in the first column, not a mixture.", id: "chart-moments")
        }
        notes = ChartData.notShown(data.firsts.count - dated.count, without: "date")
    }

    /// The unit in words, for the caption.
    var unitText: String { "\(isWhole ? "per" : "by") \(unit.name)" }

    /// The days from the first bar to the last.
    var days: Range<Int> {
        (bars.first?.days.lowerBound ?? 0)..<max(
            bars.last?.days.upperBound ?? 1, (bars.first?.days.lowerBound ?? 0) + 1)
    }
}

extension ChartData {
    /// What is said of rows that have no place in the picture, because what their first column should give is missing.
    static func notShown(_ count: Int, without place: String) -> [String] {
        switch count {
        case 0: []
        case 1: ["1 row has no \(place) and is not in the picture."]
        default: ["\(NumberText.grouped(count)) rows have no \(place) and are not in the picture."]
        }
    }

    /// Refuses a chart in which two rows stand in one place: one of them would hide the other.
    func refuseDoubled(_ places: [String]) throws(QueryProblem) { try Self.refuseDoubled(places) }

    static func refuseDoubled(_ places: [String]) throws(QueryProblem) {
        var seen: Set<String> = []
        var doubled: [String] = []
        for place in places where !seen.insert(place).inserted && !doubled.contains(place) { doubled.append(place) }
        guard !doubled.isEmpty else { return }
        let names = doubled.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
        throw QueryProblem(
            "several rows of the chart are for \(names)\(doubled.count > 3 ? " and \(doubled.count - 3) more" : "")",
            hint: "Group the query by its first column, so that each has one row.", id: "chart-moments")
    }
}
