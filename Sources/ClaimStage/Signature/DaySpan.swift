import StageKit
import Text

/// The days of which a statement speaks, as numbers from 1970-01-01.
struct DaySpan: Equatable {
    /// The first one.
    var first: Int
    /// The last one.
    var last: Int

    /// The days of a date; nil when it is not known which.
    init?(_ date: DateValue) {
        guard let first = Self.day(date.lower), let last = Self.day(date.upper), first <= last else { return nil }
        self.init(first, last)
    }

    init(_ first: Int, _ last: Int) {
        self.first = first
        self.last = last
    }

    /// Whether it is a month or less.
    var isShort: Bool { last - first <= 31 }

    /// Whether both may mean one day.
    func overlaps(_ other: DaySpan) -> Bool { first <= other.last && other.first <= last }

    /// These days and those of `other`, and what lies between.
    func union(_ other: DaySpan) -> DaySpan { DaySpan(min(first, other.first), max(last, other.last)) }

    /// The number of the day that an ISO date begins with; nil for what is none.
    static func day(_ iso: String) -> Int? { CalendarDay(iso: iso)?.number }

    /// The ISO date of a day.
    static func iso(_ day: Int) -> String { CalendarDay(number: day).iso }
}

extension DaySpan {
    /// The day of a document whose metadata have none: the one from which its relative dates were reckoned, else a day
    /// that is named in its first words.
    static func dateline(of reading: Reading) -> Int? {
        for mention in reading.mentions {
            guard case .date(let date)? = mention.value else { continue }
            if let day = day(date.anchor) { return day }
        }
        for mention in reading.mentions {
            guard mention.span.start < 200 else { return nil }
            if case .date(let date)? = mention.value, let days = DaySpan(date), days.first == days.last {
                return days.first
            }
        }
        return nil
    }
}
