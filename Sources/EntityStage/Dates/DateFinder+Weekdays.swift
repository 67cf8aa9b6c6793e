import StageKit
import Text

/// Days of the week.
extension DateFinder {
    /// "Monday, January 19, 2026", "on Tuesday", "Sunday night", "Fri 14th", "lundi dernier"
    func weekday(at k: Int, limit: Int) -> DateMatch? {
        guard let day = lexicon.integer(atoms[k].hash, .weekday) ?? lexicon.integer(atoms[k].hash, .weekdayShort)
        else { return nil }
        let isShort = !atoms[k].has(.weekday)
        if let full = fullDate(behind: k, day, isShort: isShort, limit: limit) { return full }
        if let pointed = inWeek(day, at: k + 1, limit: limit) { return timed(pointed, limit: limit) }
        guard isWeekdayName(k, isShort: isShort, limit: limit) else { return nil }
        if isPlural(k), atoms[k].end - atoms[k].start > 6, !style.smallMonths {
            return DateMatch(end: k + 1, kind: .set, span: DateSpan("XXXX-WXX-\(day)"))
        }
        // "on a Monday" is any
        if isGlue(k - 1, .article, limit: k), atoms[k - 1].sentence == atoms[k].sentence { return nil }
        guard let anchor else {
            return withDaypart(DateMatch(end: k + 1, span: DateSpan("XXXX-WXX-\(day)")), limit: limit)
        }
        if style.pointersFollow, k + 1 < limit, atoms[k + 1].has(.last.union(.next)) {
            let found = weekday(day, step(k + 1), anchor)
            return timed(DateMatch(end: k + 2, span: .day(found, isRelative: true)), limit: limit)
        }
        let ahead = (day - anchor.weekday + 7) % 7
        let found = isAhead(at: k, limit: limit) ? anchor + ahead : anchor + (ahead == 0 ? 0 : ahead - 7)
        let match = DateMatch(end: k + 1, span: .day(found, isRelative: true))
        return timed(withDaypart(match, limit: limit), limit: limit)
    }

    /// A date that the weekday stands before.
    func fullDate(behind k: Int, _ day: Int, isShort: Bool, limit: Int) -> DateMatch? {
        var next = k + 1
        if next < limit, atoms[next].isMark("."), isShort { next += 1 }
        // "Friday (June 15)", "Friday-June-15"
        if next < limit, atoms[next].isMark("("), var full = fullDate(at: next + 1, limit: limit),
            full.end < limit, atoms[full.end].isMark(")")
        {
            full.end += 1
            return full
        }
        if next < limit, atoms[next].isMark(",") || isJoined(next, "-", limit: limit) { next += 1 }
        next = skip(next, .the, limit: limit)
        guard next < limit else { return nil }
        if let full = fullDate(at: next, limit: limit) { return full }
        guard let (number, end) = dayNumber(next, limit: limit), let anchor else { return nil }
        // "Sunday 31", but not "Sunday 31 people" nor "Sunday, 31"
        let isBare = end == next + 1 && atoms[next].isDigits
        guard
            !isBare
                || next == k + 1
                    && (end >= limit || atoms[end].isMark(".") || atoms[end].isMark(",") || atoms[end].isMark("!")
                        || atoms[end].isMark("?"))
        else { return nil }
        return ofMonth(number, weekday: day, near: anchor, at: k, end: end, limit: limit)
    }

    /// One day by its month or in digits.
    private func fullDate(at k: Int, limit: Int) -> DateMatch? {
        guard k < limit else { return nil }
        if atoms[k].has(.month.union(.monthShort)), let full = monthFirst(at: k, limit: limit),
            full.span?.first == full.span?.last
        {
            return full
        }
        if let full = dayMonth(at: k, limit: limit) { return full }
        return atoms[k].isDigits ? numeric(at: k, limit: limit) : nil
    }

    /// "Fri 14th": the nearest day of that number that is such a weekday.
    private func ofMonth(
        _ number: Int, weekday: Int, near anchor: CalendarDay, at k: Int, end: Int, limit: Int
    ) -> DateMatch? {
        let (year, month, _) = anchor.parts
        let days = (-8...8).compactMap { offset in
            let first = CalendarDay(year, month + offset, 1)
            guard number <= CalendarDay.days(in: first.parts.month, of: first.parts.year) else {
                return nil as CalendarDay?
            }
            return (first + (number - 1)).weekday == weekday ? first + (number - 1) : nil
        }
        guard let found = nearest(of: days, at: k, limit: limit) else { return nil }
        return timed(DateMatch(end: end, span: .day(found, isRelative: true)), limit: limit)
    }

    /// "Tuesday last week", "Tuesday of next week"
    private func inWeek(_ day: Int, at k: Int, limit: Int) -> DateMatch? {
        let next = skip(k, .of, limit: limit)
        guard let anchor, next + 1 < limit, atoms[next].has(Self.pointing), unit(next + 1, limit: limit) == .week,
            !isPlural(next + 1)
        else { return nil }
        let found = anchor.monday + (day - 1 + 7 * step(next))
        return DateMatch(end: next + 2, span: .day(found, isRelative: true))
    }

    private func isWeekdayName(_ k: Int, isShort: Bool, limit: Int) -> Bool {
        guard atoms[k].isCapital || style.smallMonths || !isShort && !isPlural(k),
            !isShort || isGlue(k + 1, .at, limit: limit) || isGlue(k - 1, [.on, .since, .or], limit: k)
        else { return false }
        // "Sunday Times", "Black Friday"
        if k + 1 < limit, atoms[k + 1].isCapital, atoms[k + 1].isSpaced,
            atoms[k + 1].has(.organizationHead.union(.eventHead))
        {
            return false
        }
        guard k > 0, atoms[k].isSpaced, atoms[k - 1].sentence == atoms[k].sentence else { return true }
        return !atoms[k - 1].isCapital || atoms[k - 1].shape.contains(.opens)
            || atoms[k - 1].has(.common.union(.stop).union(Self.pointing))
    }

    /// The weekday before a day, in its week, or behind it.
    func weekday(_ day: Int, _ step: Int, _ anchor: CalendarDay) -> CalendarDay {
        if step == 0 { return anchor.monday + (day - 1) }
        // "next Friday" is in the week to come, "last Friday" the one that is nearest
        return step > 0 ? anchor.monday + (day + 6) : anchor + -((anchor.weekday - day + 6) % 7 + 1)
    }

    /// A part of the day behind a day: "Sunday night", "yesterday morning", "December 3 in the evening".
    func withDaypart(_ match: DateMatch, limit: Int) -> DateMatch {
        let next = skip(match.end, .in, .the, limit: limit)
        guard next < limit, atoms[next].has(.daypart), atoms[next].isSpaced else { return match }
        var match = match
        match.end = next + 1
        match.daypart = lexicon.integer(atoms[next].hash, .daypart)
        return match
    }
}
