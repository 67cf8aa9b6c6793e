/// An axis of days, on which a day is as far from the next everywhere.
struct TimeScale {
    /// A mark of the axis.
    struct Tick: Hashable {
        /// The day on which it stands; the middle of a unit may be half a day.
        let day: Double
        let label: String
    }

    /// The days between which the axis reaches.
    let days: Range<Int>
    private let left: Double
    private let right: Double

    init(_ days: Range<Int>, from left: Double, to right: Double) {
        self.days = days
        self.left = left
        self.right = right
    }

    /// Where a day begins.
    func place(_ day: Double) -> Double {
        left + (day - Double(days.lowerBound)) / Double(max(1, days.count)) * (right - left)
    }

    /// As many marks as have room for their names, none finer than `unit`. Marks of the unit itself stand in its middle,
    /// others where they begin.
    func ticks(noFinerThan unit: CalendarUnit) -> [Tick] {
        for (candidate, step) in Self.steps where candidate >= unit {
            let isOwn = candidate == unit && step == 1
            let first = candidate.index(of: days.lowerBound)
            let last = candidate.index(of: days.upperBound - 1)
            guard last - first <= 400 * step else { continue }
            var ticks: [Tick] = []
            for index in first...last where Self.isRound(index, step) {
                let start = Double(candidate.start(of: index))
                let end = Double(candidate.start(of: index + 1))
                ticks.append(Tick(day: isOwn ? (start + end) / 2 : start, label: candidate.label(of: index)))
            }
            ticks = ticks.filter { tick in
                let half = Picture.width(of: tick.label) / 2
                return place(tick.day) - half >= 2 && place(tick.day) + half <= right + 10
            }
            let hasRoom = zip(ticks, ticks.dropFirst()).allSatisfy { one, next in
                let room = place(next.day) - place(one.day)
                return room >= (Picture.width(of: one.label) + Picture.width(of: next.label)) / 2 + 12
            }
            if hasRoom, !ticks.isEmpty { return ticks }
        }
        return []
    }

    private static let steps: [(CalendarUnit, Int)] = [
        (.day, 1), (.day, 2), (.day, 5), (.week, 1), (.week, 2), (.week, 4), (.month, 1), (.month, 2), (.month, 3),
        (.month, 6), (.quarter, 1), (.quarter, 2), (.year, 1), (.year, 2), (.year, 5), (.year, 10), (.year, 20),
        (.decade, 1), (.decade, 2), (.decade, 5), (.century, 1), (.century, 2), (.century, 5), (.century, 10),
    ]

    private static func isRound(_ index: Int, _ step: Int) -> Bool { index % step == 0 }
}
