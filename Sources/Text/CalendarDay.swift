/// A day of the proleptic Gregorian calendar, as the number of days since 1 January 1970.
///
/// The conversions follow Howard Hinnant, "chrono-compatible low-level date algorithms" (2013).
package struct CalendarDay: Hashable, Comparable {
    package var number: Int

    package init(number: Int) { self.number = number }

    /// The day of a year, a month from 1 and a day from 1; months outside 1...12 move into other years.
    package init(_ year: Int, _ month: Int, _ day: Int) {
        let months = year * 12 + month - 1
        let month = ((months % 12) + 12) % 12 + 1
        let year = (months - (month - 1)) / 12 - (month <= 2 ? 1 : 0)
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The day that an ISO date begins with; nil for what is none.
    package init?(iso: String) {
        let bytes = Array(iso.utf8.prefix(10))
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        var parts = [0, 0, 0]
        for (k, byte) in bytes.enumerated() where k != 4 && k != 7 {
            guard (0x30...0x39).contains(byte) else { return nil }
            let part = k < 4 ? 0 : k < 7 ? 1 : 2
            parts[part] = parts[part] * 10 + Int(byte & 0x0F)
        }
        guard Self.isValid(parts[0], parts[1], parts[2]) else { return nil }
        self.init(parts[0], parts[1], parts[2])
    }

    /// Year, month from 1, day from 1.
    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// 1 for Monday to 7 for Sunday.
    package var weekday: Int { ((number + 3) % 7 + 7) % 7 + 1 }
    /// The Monday of its week.
    package var monday: CalendarDay { self + (1 - weekday) }

    /// `2025-12-29`
    package var iso: String {
        let (year, month, day) = parts
        return "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(day, 2))"
    }

    package static func + (day: CalendarDay, days: Int) -> CalendarDay { CalendarDay(number: day.number + days) }
    package static func < (a: CalendarDay, b: CalendarDay) -> Bool { a.number < b.number }

    /// How many days a month has.
    package static func days(in month: Int, of year: Int) -> Int {
        CalendarDay(year, month + 1, 1).number - CalendarDay(year, month, 1).number
    }

    package static func isValid(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        (1...12).contains(month) && day >= 1 && day <= days(in: month, of: year)
    }

    /// The nth of a weekday in a month; -1 is the last one.
    package static func nth(_ nth: Int, weekday: Int, of month: Int, _ year: Int) -> CalendarDay {
        if nth < 0 {
            let last = CalendarDay(year, month + 1, 1) + -1
            return last + (-((last.weekday - weekday + 7) % 7) + (nth + 1) * 7)
        }
        let first = CalendarDay(year, month, 1)
        return first + ((weekday - first.weekday + 7) % 7 + (nth - 1) * 7)
    }

    /// A number with leading zeros.
    package static func pad(_ value: Int, _ width: Int) -> String {
        let digits = String(abs(value))
        return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
