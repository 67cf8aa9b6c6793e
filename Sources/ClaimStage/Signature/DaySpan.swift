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

    /// The number of the day that an ISO date begins with; nil for what is none. After H. Hinnant, "chrono-compatible
    /// low-level date algorithms".
    static func day(_ iso: String) -> Int? {
        var parts = [0, 0, 0]
        var part = 0
        for (k, byte) in iso.utf8.prefix(10).enumerated() {
            if k == 4 || k == 7 {
                guard byte == UInt8(ascii: "-") else { return nil }
                part += 1
            } else {
                guard (0x30...0x39).contains(byte) else { return nil }
                parts[part] = parts[part] * 10 + Int(byte & 15)
            }
        }
        guard iso.utf8.count >= 10, (1...12).contains(parts[1]), (1...31).contains(parts[2]) else { return nil }
        let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (parts[1] + (parts[1] > 2 ? -3 : 9)) + 2) / 5 + parts[2] - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The ISO date of a day.
    static func iso(_ day: Int) -> String {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 2))"
    }
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
