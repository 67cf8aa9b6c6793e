/// A day as people write it in tables and at the heads of files, and whether it can be read in one way only.
package enum WrittenDay: Equatable, Sendable {
    /// One reading, in ISO 8601: a day, a month or a year. What was in ISO 8601 already stays as it is written.
    case read(String)
    /// More than one day may be meant; those that have a year of four digits, in order.
    case ambiguous([String])
    /// No day.
    case none

    /// What `text` says.
    ///
    /// With full stops the day comes before the month, wherever such dates are written. With other signs both orders are
    /// in use, so a date has one reading only when one of the numbers is no month.
    package init(_ text: String) {
        let trimmed = text.trimmed
        if let iso = Self.iso8601(trimmed) {
            self = iso ? .read(trimmed) : .none
            return
        }
        guard let parts = Parts(trimmed) else {
            self = .none
            return
        }
        self = parts.month == nil ? Self.numeric(parts) : Self.named(parts)
    }

    /// `year-month-day` with leading zeros; nil for a day that the month does not have.
    package static func iso(_ year: Int, _ month: Int, _ day: Int) -> String? {
        guard (1...9999).contains(year), CalendarDay.isValid(year, month, day) else { return nil }
        return CalendarDay(year, month, day).iso
    }

    /// Whether `text` is a date of ISO 8601 with a month and a day that there are; nil for what is written otherwise.
    private static func iso8601(_ text: String) -> Bool? {
        let bytes = Array(text.utf8)
        let signed = bytes.first == UInt8(ascii: "-") ? 1 : 0
        let year = bytes.dropFirst(signed).prefix(while: isDigit)
        guard year.count == 4 else { return nil }
        var rest = bytes.dropFirst(signed + 4)
        func number() -> Int? {
            guard rest.count >= 3, rest[rest.startIndex] == UInt8(ascii: "-"),
                rest[(rest.startIndex + 1)..<(rest.startIndex + 3)].allSatisfy(isDigit)
            else { return nil }
            let value = rest[(rest.startIndex + 1)..<(rest.startIndex + 3)].reduce(0) { $0 * 10 + Int($1 & 15) }
            rest = rest.dropFirst(3)
            return value
        }
        let value = year.reduce(0) { $0 * 10 + Int($1 & 15) }
        let month = number()
        let day = month == nil ? nil : number()
        // a time or the other end of an interval may stand behind
        guard rest.isEmpty || (month != nil && " T/".utf8.contains(rest[rest.startIndex])) else { return nil }
        if signed == 1 { return true }
        guard let month else { return (1...2999).contains(value) }
        return day.map { iso(value, month, $0) != nil } ?? (1...12).contains(month)
    }

    private static func named(_ parts: Parts) -> WrittenDay {
        guard let month = parts.month else { return .none }
        let years = parts.numbers.filter { $0.digits == 4 }
        switch (parts.numbers.count, years.count) {
        case (1, 1):
            return years[0].value >= 1000
                ? .read("\(CalendarDay.pad(years[0].value, 4))-\(CalendarDay.pad(month, 2))") : .none
        case (2, 1):
            let day = parts.numbers[parts.numbers[0].digits == 4 ? 1 : 0]
            guard day.digits <= 2 else { return .none }
            return iso(years[0].value, month, day.value).map { .read($0) } ?? .none
        case (2, 0):
            return parts.numbers.allSatisfy { $0.digits <= 2 && $0.value <= 99 }
                && parts.numbers.contains { (1...31).contains($0.value) } ? .ambiguous([]) : .none
        default: return .none
        }
    }

    private static func numeric(_ parts: Parts) -> WrittenDay {
        let numbers = parts.numbers
        switch numbers.count {
        case 1 where numbers[0].digits == 8:
            let value = numbers[0].value
            let day = iso(value / 10_000, value / 100 % 100, value % 100)
            return day.map { value / 10_000 >= 1000 && value / 10_000 < 2200 ? .read($0) : .none } ?? .none
        case 2:
            let year = numbers[0].digits == 4 ? numbers[0] : numbers[1]
            let month = numbers[0].digits == 4 ? numbers[1] : numbers[0]
            guard year.digits == 4, month.digits <= 2, (1...12).contains(month.value), year.value >= 1000 else {
                return .none
            }
            return .read("\(CalendarDay.pad(year.value, 4))-\(CalendarDay.pad(month.value, 2))")
        case 3 where numbers.allSatisfy { $0.digits <= 2 }:
            let may = numbers[1].value <= 31 && numbers.contains { (1...12).contains($0.value) }
            return may ? .ambiguous([]) : .none
        case 3 where numbers[0].digits == 4 && numbers[1].digits <= 2 && numbers[2].digits <= 2:
            return iso(numbers[0].value, numbers[1].value, numbers[2].value).map { .read($0) } ?? .none
        case 3 where numbers[2].digits == 4 && numbers[0].digits <= 2 && numbers[1].digits <= 2:
            let year = numbers[2].value
            let dayFirst = iso(year, numbers[1].value, numbers[0].value)
            if parts.isDotted { return dayFirst.map { .read($0) } ?? .none }
            let days = [dayFirst, iso(year, numbers[0].value, numbers[1].value)].compactMap { $0 }.sorted()
            return days.isEmpty ? .none : days.count == 1 || days[0] == days[1] ? .read(days[0]) : .ambiguous(days)
        default: return .none
        }
    }

    /// The numbers and the month of a written date.
    private struct Parts {
        var numbers: [(value: Int, digits: Int)] = []
        var month: Int?
        /// Whether full stops stand between the numbers.
        var isDotted: Bool

        /// nil for what holds words that are in no date.
        init?(_ text: String) {
            let words = text.lowercased().split(whereSeparator: { " \t\u{A0},".contains($0) }).filter {
                !Self.isTime($0)
            }
            guard !words.isEmpty, words.count <= 8 else { return nil }
            let rest = words.joined()
            isDotted = rest.utf8.count { $0 == UInt8(ascii: ".") } >= 2 && !rest.contains("/") && !rest.contains("-")
            for word in words {
                guard read(Array(String(word).unicodeScalars)) else { return nil }
            }
            guard !numbers.isEmpty, numbers.count <= 3 else { return nil }
        }

        private mutating func read(_ word: [Unicode.Scalar]) -> Bool {
            var k = 0
            while k < word.count {
                let start = k
                if word[k].isASCII, isDigit(UInt8(word[k].value)) {
                    while k < word.count, word[k].isASCII, isDigit(UInt8(word[k].value)) { k += 1 }
                    guard k - start <= 8 else { return false }
                    let value = word[start..<k].reduce(0) { $0 * 10 + Int($1.value - 48) }
                    numbers.append((value, k - start))
                } else if word[k].properties.isAlphabetic {
                    while k < word.count, word[k].properties.isAlphabetic { k += 1 }
                    guard take(word[start..<k].reduce(into: "") { $0.unicodeScalars.append($1) }) else { return false }
                } else {
                    guard "-/.–'’º°".unicodeScalars.contains(word[k]) else { return false }
                    k += 1
                }
            }
            return true
        }

        private mutating func take(_ word: String) -> Bool {
            if let number = MonthNames.numbers[word] {
                guard month == nil else { return false }
                month = number
                return true
            }
            // of an ordinal, or between the parts of a date in East Asia
            if ["st", "nd", "rd", "th", "er", "年", "月", "日", "년", "월", "일"].contains(word) {
                return !numbers.isEmpty
            }
            return MonthNames.fillers.contains(word)
        }

        /// `14:05`, `14:05:10.5`, `10am`, `pm`, `+0200`, `Z`.
        private static func isTime(_ word: Substring) -> Bool {
            let zones = ["am", "pm", "z", "utc", "gmt", "cet", "cest", "bst", "est", "edt", "pst", "pdt"]
            if zones.contains(String(word)) { return true }
            let bytes = Array(word.utf8)
            if word.hasSuffix("am") || word.hasSuffix("pm") {
                return bytes.dropLast(2).allSatisfy { isDigit($0) || $0 == 0x3A }
            }
            if bytes.count >= 5, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-") {
                return bytes.dropFirst().allSatisfy { isDigit($0) || $0 == UInt8(ascii: ":") }
            }
            guard bytes.contains(UInt8(ascii: ":")), let first = bytes.first, isDigit(first) else { return false }
            return bytes.allSatisfy { isDigit($0) || ":.amzp+".utf8.contains($0) }
        }
    }
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

extension String {
    /// Without blanks, no-break spaces and quotation marks at its ends.
    fileprivate var trimmed: String {
        let isBlank: (Unicode.Scalar) -> Bool = { " \t\u{A0}\"".unicodeScalars.contains($0) }
        let scalars = unicodeScalars.drop(while: isBlank)
        guard let last = scalars.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(scalars[...last])
    }
}
