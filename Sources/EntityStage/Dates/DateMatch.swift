import StageKit
import Text

/// What a rule for dates found: where it ends, and what it means.
struct DateMatch {
    var end: Int
    var kind: Mention.Kind = .date
    /// Nil where the text does not tell.
    var span: DateSpan?
    /// The time of day, where it is one.
    var clock: Clock?
    /// The part of the day that a word names: Sunday night.
    var daypart: Int?

    /// The day, where it is one day and has no time yet.
    var day: DateSpan? {
        guard kind == .date, let span, span.first != nil, span.first == span.last else { return nil }
        return span
    }

    /// A time of day.
    static func time(_ clock: Clock, end: Int) -> DateMatch {
        DateMatch(end: end, kind: .time, span: DateSpan("T\(clock.text)"), clock: clock)
    }
}

/// A time of day.
struct Clock {
    var hour: Int
    var minute = 0
    var second: Int?
    /// The zone of time as ISO 8601 writes it: `Z`, `+05:30`; empty where the text names none.
    var zone = ""
    /// Whether it is known to be before or after noon.
    var isSettled = true

    /// `17:30`, `17:30:05`
    var text: String {
        let seconds = second.map { ":\(CalendarDay.pad($0, 2))" } ?? ""
        return "\(CalendarDay.pad(hour, 2)):\(CalendarDay.pad(minute, 2))\(seconds)\(zone)"
    }

    /// Minutes since midnight.
    var minutes: Int { hour * 60 + minute }

    /// The same time behind noon.
    var afternoon: Clock {
        var clock = self
        if hour < 12 { clock.hour += 12 }
        clock.isSettled = true
        return clock
    }

    /// What a word for a part of the day makes of it: 3 in the morning, 7 in the evening, 11 at night.
    func settled(by daypart: Int) -> Clock {
        var clock = self
        clock.isSettled = true
        guard !isSettled else { return clock }
        switch daypart {
        case 1: clock.hour = hour == 12 ? 0 : hour
        case 2, 3: if hour < 12 { clock.hour = hour + 12 }
        case 4: clock.hour = hour == 12 ? 0 : hour >= 6 && hour < 12 ? hour + 12 : hour
        default: break
        }
        return clock
    }
}
