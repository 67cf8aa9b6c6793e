import Text

/// A year, a month or a day of the Gregorian calendar, which is extended to the years before it. Years are those of
/// ISO 8601: the year before 1 is 0.
struct Moment: Hashable, Comparable, CustomStringConvertible {
    /// How much of a date is given.
    enum Precision: Int, Comparable {
        case day, month, year

        static func < (a: Precision, b: Precision) -> Bool { a.rawValue < b.rawValue }
    }

    let year: Int
    let month: Int?
    let day: Int?

    /// Reads `2024`, `2024-03`, `2024-03-01` or `-0043`; a time behind a day is left out. Nil for anything else.
    init?(_ text: String) {
        var digits = text.utf8[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        if let time = digits.firstIndex(of: UInt8(ascii: "T")) { digits = digits[..<time] }
        let parts = digits.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), (4...6).contains(parts[0].count),
            parts.dropFirst().allSatisfy({ $0.count == 2 }),
            parts.allSatisfy({ $0.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } })
        else { return nil }
        let numbers = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == parts.count else { return nil }
        self.init(
            year: isNegative ? -numbers[0] : numbers[0], month: numbers.count > 1 ? numbers[1] : nil,
            day: numbers.count > 2 ? numbers[2] : nil)
    }

    /// A date; nil for one that no calendar has.
    init?(year: Int, month: Int? = nil, day: Int? = nil) {
        guard (-99_999...999_999).contains(year), month.map({ (1...12).contains($0) }) ?? (day == nil),
            day.map({ (1...CalendarDay.days(in: month ?? 1, of: year)).contains($0) }) ?? true
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// A value of a query as a moment; a whole number is a year.
    init?(_ value: QueryValue) {
        switch value {
        case .text(let text): self.init(text)
        case .integer(let year): self.init(year: year)
        case .null, .real, .evidence, .blob: return nil
        }
    }

    var precision: Precision { day != nil ? .day : month != nil ? .month : .year }

    /// Its first day, counted from 1970-01-01, and the day behind its last.
    var days: Range<Int> {
        let start = CalendarDay(year, month ?? 1, day ?? 1).number
        if day != nil { return start..<start + 1 }
        if let month { return start..<start + CalendarDay.days(in: month, of: year) }
        return start..<CalendarDay(year + 1, 1, 1).number
    }

    var description: String {
        CalendarDay.pad(year, 4)
            + [month, day].compactMap { $0 }.map { $0 < 10 ? "-0\($0)" : "-\($0)" }.joined()
    }

    static func < (a: Moment, b: Moment) -> Bool {
        (a.days.lowerBound, a.precision) < (b.days.lowerBound, b.precision)
    }

    /// The day that has the number `days`, counted from 1970-01-01.
    static func day(_ days: Int) -> Moment? {
        let (year, month, day) = CalendarDay(number: days).parts
        return Moment(year: year, month: month, day: day)
    }
}
