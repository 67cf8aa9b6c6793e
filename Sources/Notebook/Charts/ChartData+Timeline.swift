extension ChartData {
    /// The same with a category for each year, month or day between the first and the last, in order; what has no
    /// date is left out.
    ///
    /// Where categories are no dates of one form, or are too far apart, they stand as they are.
    var timeline: ChartData {
        let dated = categories.enumerated().compactMap { k, label in Moment(label).map { (k, $0) } }
        guard let first = dated.map(\.1).min(), let last = dated.map(\.1).max(),
            Set(dated.map(\.1.parts.count)).count == 1, dated.count == categories.filter({ $0 != "none" }).count
        else { return self }
        var moments: [Moment] = []
        var moment = first
        while moment < last, moments.count < Self.timelineLimit {
            moments.append(moment)
            moment = moment.next
        }
        guard moment == last else { return self }
        moments.append(last)
        var filled = self
        filled.categories = moments.map(\.description)
        let places = Dictionary(dated.map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
        filled.series = series.map { series in
            Series(name: series.name, values: moments.map { moment in places[moment].map { series.values[$0] } ?? 0 })
        }
        return filled
    }

    private static let timelineLimit = 400
}

/// A year, a month or a day.
private struct Moment: Hashable, Comparable, CustomStringConvertible {
    /// Year, perhaps month, perhaps day.
    let parts: [Int]

    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts[0].count == 4,
            parts.dropFirst().allSatisfy({ $0.count == 2 })
        else { return nil }
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(part) : nil
        }
        guard numbers.count == parts.count, numbers.dropFirst().allSatisfy({ $0 > 0 }),
            numbers.count < 2 || numbers[1] <= 12, numbers.count < 3 || numbers[2] <= Self.days(numbers[0], numbers[1])
        else { return nil }
        self.parts = numbers
    }

    private init(parts: [Int]) { self.parts = parts }

    var next: Moment {
        var parts = parts
        parts[parts.count - 1] += 1
        if parts.count == 3, parts[2] > Self.days(parts[0], parts[1]) { (parts[1], parts[2]) = (parts[1] + 1, 1) }
        if parts.count > 1, parts[1] > 12 { (parts[0], parts[1]) = (parts[0] + 1, 1) }
        return Moment(parts: parts)
    }

    var description: String {
        parts.enumerated().map { k, part in
            let digits = String(part)
            return String(repeating: "0", count: max(0, (k == 0 ? 4 : 2) - digits.count)) + digits
        }.joined(separator: "-")
    }

    static func < (a: Moment, b: Moment) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }

    private static func days(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
