import StageKit
import Text

/// A date as it was understood: its ISO form, and the days it may mean.
///
/// A day without a year, in a document without a date, is one of ``unknownYear``: ranges and days in a row are reckoned
/// with it as with any other, and its ISO form has `XXXX`.
struct DateSpan {
    var iso: String
    var first: CalendarDay?
    var last: CalendarDay?
    /// Whether it was reckoned from the document's date.
    var isRelative = false

    init(_ iso: String, _ first: CalendarDay? = nil, _ last: CalendarDay? = nil, isRelative: Bool = false) {
        self.iso = iso
        self.first = first
        self.last = last
        self.isRelative = isRelative
    }

    /// A year that stands for one that nothing tells: far from all that texts name, and a leap year.
    static let unknownYear = 400_000

    /// Whether its year is not known.
    var isYearless: Bool { first.map { Self.isUnknown($0.parts.year) } ?? false }

    /// A range may run into the year beside it.
    private static func isUnknown(_ year: Int) -> Bool { abs(year - unknownYear) <= 1 }

    /// `2025`, `XXXX`
    private static func text(year: Int) -> String { isUnknown(year) ? "XXXX" : CalendarDay.pad(year, 4) }

    /// `2025-12-29`, `XXXX-12-29`
    private static func text(_ day: CalendarDay) -> String {
        let (year, month, day) = day.parts
        return "\(text(year: year))-\(CalendarDay.pad(month, 2))-\(CalendarDay.pad(day, 2))"
    }

    /// The same span, told otherwise of the document's date.
    init(_ span: DateSpan, isRelative: Bool) {
        self = span
        self.isRelative = isRelative
    }

    static func day(_ day: CalendarDay, isRelative: Bool = false) -> DateSpan {
        DateSpan(text(day), day, day, isRelative: isRelative)
    }

    static func month(_ year: Int, _ month: Int, isRelative: Bool = false) -> DateSpan {
        let first = CalendarDay(year, month, 1)
        let parts = first.parts
        return DateSpan(
            "\(text(year: parts.year))-\(CalendarDay.pad(parts.month, 2))", first,
            CalendarDay(year, month + 1, 1) + -1, isRelative: isRelative)
    }

    static func year(_ year: Int, isRelative: Bool = false) -> DateSpan {
        DateSpan(CalendarDay.pad(year, 4), CalendarDay(year, 1, 1), CalendarDay(year, 12, 31), isRelative: isRelative)
    }

    /// From Monday to Sunday.
    static func week(of day: CalendarDay, isRelative: Bool = true) -> DateSpan {
        .days(day.monday, day.monday + 6, isRelative: isRelative)
    }

    /// A week by its number, as ISO 8601 counts them: the first holds 4 January.
    static func week(_ week: Int, of year: Int, isRelative: Bool = false) -> DateSpan {
        let monday = CalendarDay(year, 1, 4).monday + 7 * (week - 1)
        return DateSpan(
            "\(text(year: year))-W\(CalendarDay.pad(week, 2))", monday, monday + 6, isRelative: isRelative)
    }

    static func days(_ first: CalendarDay, _ last: CalendarDay, isRelative: Bool = false) -> DateSpan {
        DateSpan("\(text(first))/\(text(last))", first, last, isRelative: isRelative)
    }

    /// Three months: spring from March, summer from June, autumn from September, winter from December.
    static func season(_ season: Int, _ year: Int, isRelative: Bool = false) -> DateSpan {
        .days(CalendarDay(year, season * 3, 1), CalendarDay(year, season * 3 + 3, 1) + -1, isRelative: isRelative)
    }

    static func quarter(_ quarter: Int, _ year: Int, isRelative: Bool = false) -> DateSpan {
        .days(CalendarDay(year, quarter * 3 - 2, 1), CalendarDay(year, quarter * 3 + 1, 1) + -1, isRelative: isRelative)
    }

    static func decade(_ year: Int, isRelative: Bool = false) -> DateSpan {
        let start = year - ((year % 10) + 10) % 10
        return DateSpan(
            "\(CalendarDay.pad(start, 4))-01-01/\(CalendarDay.pad(start + 9, 4))-12-31", CalendarDay(start, 1, 1),
            CalendarDay(start + 9, 12, 31), isRelative: isRelative)
    }

    static func century(_ century: Int) -> DateSpan {
        let start = (century - 1) * 100
        return DateSpan(
            "\(CalendarDay.pad(start, 4))/\(CalendarDay.pad(start + 99, 4))", CalendarDay(start, 1, 1),
            CalendarDay(start + 99, 12, 31))
    }

    /// The value, with the anchor where it was reckoned from it.
    func value(anchor: CalendarDay?) -> MentionValue {
        .date(
            DateValue(
                iso, lower: Self.bound(first), upper: Self.bound(last), anchor: isRelative ? anchor?.iso ?? "" : ""))
    }

    private static func bound(_ day: CalendarDay?) -> String {
        day.map { isUnknown($0.parts.year) ? "" : $0.iso } ?? ""
    }
}
