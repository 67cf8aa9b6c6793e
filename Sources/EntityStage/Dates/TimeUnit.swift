import Text

/// The units that durations are counted in, as the data files number them.
enum TimeUnit: Int {
    case day = 1, week, month, year, decade, century, hour, minute, second, quarter, weekend, fortnight, night

    /// Whether days can be told apart by it.
    var isCalendar: Bool {
        switch self {
        case .hour, .minute, .second: false
        default: true
        }
    }

    /// `P3D`, `PT2H`
    func duration(_ count: Double) -> String {
        switch self {
        case .day, .night: "P\(Self.text(count))D"
        case .week: "P\(Self.text(count))W"
        case .fortnight: "P\(Self.text(count * 2))W"
        case .month: "P\(Self.text(count))M"
        case .quarter: "P\(Self.text(count * 3))M"
        case .year: "P\(Self.text(count))Y"
        case .decade: "P\(Self.text(count * 10))Y"
        case .century: "P\(Self.text(count * 100))Y"
        case .hour: "PT\(Self.text(count))H"
        case .minute: "PT\(Self.text(count))M"
        case .second: "PT\(Self.text(count))S"
        case .weekend: "P\(Self.text(count))WE"
        }
    }

    /// The count and the unit of a duration of one unit: `P3D` is three times `day`.
    static func parsed(_ iso: String) -> (count: Double, unit: String)? {
        var text = iso.utf8[...]
        guard text.popFirst() == UInt8(ascii: "P") else { return nil }
        let isTime = text.first == UInt8(ascii: "T")
        if isTime { text = text.dropFirst() }
        let number = text.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard let count = Double(String(Substring(number))), text.count == number.count + 1, let letter = text.last
        else { return nil }
        switch (letter, isTime) {
        case (UInt8(ascii: "Y"), false): return (count, "year")
        case (UInt8(ascii: "M"), false): return (count, "month")
        case (UInt8(ascii: "W"), false): return (count, "week")
        case (UInt8(ascii: "D"), false): return (count, "day")
        case (UInt8(ascii: "H"), true): return (count, "hour")
        case (UInt8(ascii: "M"), true): return (count, "minute")
        case (UInt8(ascii: "S"), true): return (count, "second")
        default: return nil
        }
    }

    private static func text(_ count: Double) -> String {
        count == count.rounded() && abs(count) < 1e9 ? String(Int(count)) : "\(count)"
    }

    /// The date `count` units away from a day, as exact as the unit is.
    func moved(_ day: CalendarDay, by count: Int) -> DateSpan? {
        let (year, month, dayOfMonth) = day.parts
        switch self {
        case .day, .night: return .day(day + count, isRelative: true)
        case .week: return .day(day + count * 7, isRelative: true)
        case .fortnight: return .day(day + count * 14, isRelative: true)
        case .month:
            let first = CalendarDay(year, month + count, 1).parts
            let last = CalendarDay.days(in: first.month, of: first.year)
            return .day(CalendarDay(first.year, first.month, min(dayOfMonth, last)), isRelative: true)
        case .year: return .year(year + count, isRelative: true)
        case .decade: return .decade(year + count * 10, isRelative: true)
        case .century, .hour, .minute, .second, .quarter, .weekend: return nil
        }
    }

    /// The unit that holds a day, moved by `count`: this week, last month, next year.
    func around(_ day: CalendarDay, _ count: Int) -> DateSpan? {
        let (year, month, _) = day.parts
        switch self {
        case .day, .night: return .day(day + count, isRelative: true)
        case .week: return .week(of: day + count * 7)
        case .month: return .month(year, month + count, isRelative: true)
        case .year: return .year(year + count, isRelative: true)
        case .decade: return .decade(year + count * 10, isRelative: true)
        case .century: return DateSpan.century((year - 1) / 100 + 1 + count)
        case .quarter:
            let quarter = year * 4 + (month - 1) / 3 + count
            return .quarter(quarter % 4 + 1, quarter / 4, isRelative: true)
        case .weekend:
            // until the middle of the week, "this weekend" is the one that is over
            let saturday = day.monday + 5 + 7 * (count == 0 && day.weekday <= 3 ? -1 : count)
            return .days(saturday, saturday + 1, isRelative: true)
        case .hour, .minute, .second, .fortnight: return nil
        }
    }

    /// The stretch of `count` units that ends on a day, or that begins behind it.
    func stretch(_ day: CalendarDay, _ count: Int, ahead: Bool) -> DateSpan? {
        let (year, month, dayOfMonth) = day.parts
        let far: CalendarDay
        let sign = ahead ? 1 : -1
        switch self {
        case .day, .night: far = day + sign * count
        case .week: far = day + sign * count * 7
        case .fortnight: far = day + sign * count * 14
        case .month, .quarter:
            let months = self == .month ? count : count * 3
            let first = CalendarDay(year, month + sign * months, 1).parts
            far = CalendarDay(
                first.year, first.month, min(dayOfMonth, CalendarDay.days(in: first.month, of: first.year)))
        case .year, .decade:
            let years = self == .year ? count : count * 10
            far = CalendarDay(
                year + sign * years, month, min(dayOfMonth, CalendarDay.days(in: month, of: year + sign * years)))
        case .century, .hour, .minute, .second, .weekend: return nil
        }
        return ahead ? .days(day + 1, far, isRelative: true) : .days(far + 1, day, isRelative: true)
    }
}
