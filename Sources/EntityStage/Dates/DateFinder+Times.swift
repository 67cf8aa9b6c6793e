import StageKit

extension DateFinder {
    // MARK: What recurs

    /// "every Monday", "each year", "daily"
    func recurring(at k: Int, limit: Int) -> DateMatch? {
        if atoms[k].has(.frequency), let code = lexicon.integer(atoms[k].hash, .frequency),
            let unit = TimeUnit(rawValue: code)
        {
            return DateMatch(end: k + 1, kind: .set, span: DateSpan(unit.duration(1)))
        }
        var next = k + 1
        var count = 1.0
        if isWord(next, "other", limit: limit) {
            count = 2
            next += 1
        } else if next < limit, let number = numbers.number(at: next, limit: limit), !number.isOrdinal {
            count = number.value
            next = number.end
        }
        guard next < limit else { return nil }
        if let day = lexicon.integer(atoms[next].hash, .weekday), atoms[next].isWord {
            return DateMatch(end: next + 1, kind: .set, span: DateSpan("XXXX-WXX-\(day)"))
        }
        guard let unit = unit(next, limit: limit) else { return nil }
        return DateMatch(end: next + 1, kind: .set, span: DateSpan(unit.duration(count)))
    }

    // MARK: Times

    /// "10:38 a.m.", "17:30", "5 pm"
    func clock(at k: Int, limit: Int) -> DateMatch? {
        guard let hour = digits(k, width: 1...2), hour <= 24, k == 0 || atoms[k].isSpaced || atoms[k - 1].kind == .mark
        else { return nil }
        var minute: Int?
        var next = k + 1
        if next + 1 < limit, atoms[next].isMark(":"), !atoms[next].isSpaced, !atoms[next + 1].isSpaced,
            let found = digits(next + 1, width: 2...2), found < 60
        {
            minute = found
            next += 2
            if next + 1 < limit, atoms[next].isMark(":"), digits(next + 1, width: 2...2) != nil, !atoms[next].isSpaced {
                next += 2
            }
        } else if next + 2 < limit, atoms[next].isMark("."), !atoms[next].isSpaced,
            let found = digits(next + 1, width: 2...2), found < 60,
            atoms[next + 2].has(.clockHalf)
        {
            minute = found
            next += 2
        }
        if minute == nil, next + 2 < limit, isWord(next, "o", limit: limit), isWord(next + 2, "clock", limit: limit) {
            return DateMatch(end: next + 3, kind: .time, span: DateSpan("T\(CalendarDay.pad(hour, 2)):00"))
        }
        var isHalf = false
        var full = hour
        if next < limit, atoms[next].has(.clockHalf), atoms[next].isWord {
            let isAfternoon = word(next) == "pm"
            guard hour <= 12 || minute != nil else { return nil }
            if hour <= 12 { full = isAfternoon ? (hour == 12 ? 12 : hour + 12) : (hour == 12 ? 0 : hour) }
            isHalf = true
            next += 1
        }
        guard minute != nil || isHalf else { return nil }
        return DateMatch(
            end: next, kind: .time, span: DateSpan("T\(CalendarDay.pad(full, 2)):\(CalendarDay.pad(minute ?? 0, 2))"))
    }

    /// "noon", "midnight"
    func noon(at k: Int, limit: Int) -> DateMatch? {
        guard let hour = lexicon.integer(atoms[k].hash, .clock), !atoms[k].isCapital || atoms[k].shape.contains(.opens)
        else { return nil }
        return DateMatch(end: k + 1, kind: .time, span: DateSpan("T\(CalendarDay.pad(hour, 2)):00"))
    }
}
