import Text

/// A day of the year with a name, and the rule by which it falls.
struct Holiday: Sendable {
    private enum Rule {
        case fixed(month: Int, day: Int)
        /// The nth of a weekday in a month, counted from its end where n is negative.
        case weekday(Int, nth: Int, month: Int, after: Int)
        case easter(Int)
        case once(CalendarDay)
    }

    private let rule: Rule

    /// `12-25`, `2001-09-11` for what happened once, `easter-2`, or `11 4 4 +1`: month, nth, weekday, days behind it.
    init?(rule text: Substring) {
        if text.hasPrefix("easter") {
            let days = text.dropFirst(6)
            guard days.isEmpty || Int(days) != nil else { return nil }
            rule = .easter(Int(days) ?? 0)
            return
        }
        let parts = text.parts(" ").compactMap { Int($0) }
        if parts.count >= 3 {
            rule = .weekday(parts[2], nth: parts[1], month: parts[0], after: parts.count > 3 ? parts[3] : 0)
            return
        }
        let day = text.parts("-").compactMap { Int($0) }
        if day.count == 3, CalendarDay.isValid(day[0], day[1], day[2]) {
            rule = .once(CalendarDay(day[0], day[1], day[2]))
        } else if day.count == 2, CalendarDay.isValid(2000, day[0], day[1]) {
            rule = .fixed(month: day[0], day: day[1])
        } else {
            return nil
        }
    }

    /// Whether it fell in one year only.
    var isOnce: Bool { if case .once = rule { true } else { false } }

    /// Month and day where every year has the same.
    var monthAndDay: (month: Int, day: Int)? {
        if case .fixed(let month, let day) = rule { (month, day) } else { nil }
    }

    /// The day in a year.
    func day(in year: Int) -> CalendarDay {
        switch rule {
        case .once(let day): day
        case .fixed(let month, let day): CalendarDay(year, month, day)
        case .easter(let days): Self.easter(year) + days
        case .weekday(let weekday, let nth, let month, let after):
            CalendarDay.nth(nth, weekday: weekday, of: month, year) + after
        }
    }

    /// The Sunday of the western churches, after the anonymous Gregorian reckoning (1876).
    private static func easter(_ year: Int) -> CalendarDay {
        let golden = year % 19
        let century = year / 100
        let part = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30
        let moon = part - part / 28 * (1 - part / 28 * (29 / (part + 1)) * ((21 - golden) / 11))
        let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7
        let days = moon - weekday
        let month = 3 + (days + 40) / 44
        return CalendarDay(year, month, days + 28 - 31 * (month / 4))
    }
}
