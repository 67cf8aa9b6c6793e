import StageKit
import Text

/// Counted units of time: how long something lasts, and how far away from a day something is.
extension DateFinder {
    /// A number of units as it stands in the text.
    private struct Count {
        var value: Double
        var end: Int
    }

    /// "three days ago", "two years earlier", "two weeks after Easter", "three days", "eight-hour", "a week ago"
    func counted(at k: Int, limit: Int) -> DateMatch? {
        guard let count = count(at: k, limit: limit) else { return nil }
        var next = count.end
        if let end = clockWord(next, limit: limit), (1...12).contains(count.value) {
            return clock(Int(count.value), end: end, limit: limit)
        }
        if next < limit, atoms[next].isMark("-"), !atoms[next].isSpaced { next += 1 }
        // "the 3 next weeks"
        if next + 1 < limit, atoms[next].has(.next.union(.last)), let unit = unit(next + 1, limit: limit), let anchor,
            count.value >= 1, count.value < 10_000
        {
            let span = unit.stretch(anchor, Int(count.value), ahead: atoms[next].has(.next))
            return span.map { DateMatch(end: next + 2, span: $0) }
        }
        guard let unit = unit(next, limit: limit) ?? joinedHour(next, limit: limit) else { return nil }
        next += 1
        if isAge(next, limit: limit) { return nil }
        // "a second home": the next after the first
        if unit == .second, count.value == 1, isGlue(k, .article, limit: limit), next < limit, atoms[next].isWord,
            !atoms[next].has(.stop.union(.ago).union(.later).union(.earlier))
        {
            return nil
        }
        // "a quarter as much"
        if unit == .quarter, isGlue(k, .article, limit: limit), next < limit, atoms[next].hash == SmallWord.as {
            return nil
        }
        if let moved = moved(unit, count.value, at: next, limit: limit) { return moved }
        if let length = minutes(at: k, limit: limit),
            let range = lasting(length.minutes, behind: length.end, limit: limit)
        {
            return range
        }
        // "twice a day", but "for an hour"
        if isGlue(k, .article, limit: limit), count.value == 1, !isGlue(k - 1, .lasting, limit: k) { return nil }
        return DateMatch(end: next, kind: .duration, span: DateSpan(unit.duration(count.value)))
    }

    /// "three", "several", "a few", "a", "a couple of"
    private func count(at k: Int, limit: Int) -> Count? {
        if atoms[k].has(.several), let several = lexicon.value(atoms[k].hash, .several) {
            return Count(value: several, end: skip(k + 1, .of, limit: limit))
        }
        if isGlue(k, .article, limit: limit), atoms[k].has(.stop) {
            if let number = numbers.number(at: k, limit: limit) { return Count(value: number.value, end: number.end) }
            guard k + 1 < limit else { return nil }
            if atoms[k + 1].has(.several), let several = lexicon.value(atoms[k + 1].hash, .several) {
                return Count(value: several, end: skip(k + 2, .of, limit: limit))
            }
            return Count(value: 1, end: k + 1)
        }
        guard let number = numbers.number(at: k, limit: limit), !number.isOrdinal, number.value >= 0 else { return nil }
        return Count(value: number.value, end: number.end)
    }

    /// "three hours", "3 hours 30 minutes": how many minutes, and where that ends.
    func minutes(at k: Int, limit: Int) -> (minutes: Int, end: Int)? {
        guard k < limit, let first = count(at: k, limit: limit), first.value < 1000,
            let unit = unit(first.end, limit: limit)
        else { return nil }
        if unit == .minute { return (Int(first.value), first.end + 1) }
        guard unit == .hour else { return nil }
        let hours = Int((first.value * 60).rounded())
        let rest = skip(first.end + 1, .and, limit: limit)
        guard rest < limit, let second = count(at: rest, limit: limit), second.value < 60,
            self.unit(second.end, limit: limit) == .minute
        else { return (hours, first.end + 1) }
        return (hours + Int(second.value), second.end + 1)
    }

    /// "3h"
    private func joinedHour(_ k: Int, limit: Int) -> TimeUnit? {
        guard k > 0, k < limit, atoms[k].isWord, !atoms[k].isSpaced, atoms[k - 1].isDigits,
            atoms[k].end - atoms[k].start == 1, atoms[k].lead == UInt8(ascii: "h"),
            k + 1 >= limit || atoms[k + 1].isSpaced || !atoms[k + 1].isDigits
        else { return nil }
        return .hour
    }

    /// "old", "-old", "of age" behind a unit
    private func isAge(_ k: Int, limit: Int) -> Bool {
        let next = k + 1 < limit && atoms[k].isMark("-") ? k + 1 : k
        if isGlue(next, .old, limit: limit) { return true }
        return isGlue(k, .of, limit: limit) && k + 1 < limit && atoms[k + 1].has(.age)
    }

    /// Whether a number of units stands at `k`: nothing is reckoned from what is itself reckoned so.
    private func isCounted(_ k: Int, limit: Int) -> Bool {
        guard k < limit, let count = count(at: k, limit: limit), count.end < limit else { return false }
        return atoms[count.end].has(.timeUnit) || atoms[count.end].isMark("-")
    }

    private func moved(_ unit: TimeUnit, _ count: Double, at k: Int, limit: Int) -> DateMatch? {
        guard k < limit, atoms[k].isWord, count < 100_000 else { return nil }
        let days = Int(count.rounded())
        let role = glue(k, limit: limit)
        if !role.isDisjoint(with: [.after, .before, .from]), unit.isCalendar, !isCounted(k + 1, limit: limit),
            let base = single(at: skip(k + 1, .the, limit: limit), limit: limit), let span = base.day,
            let day = span.first
        {
            let found = unit.moved(day, by: role.contains(.before) ? -days : days)
            return found.map { DateMatch(end: base.end, span: DateSpan($0, isRelative: $0.isRelative)) }
        }
        let isNow = role.contains(.from) && isGlue(k + 1, .now, limit: limit)
        // "two days before his death" points elsewhere, "two days earlier" does not
        let isFree = role.isDisjoint(with: [.before, .after]) || ends(k + 1, limit: limit)
        let isBack = atoms[k].has(.ago) || atoms[k].has(.earlier) && isFree
        let isAhead = atoms[k].has(.later) && isFree || isNow
        guard isBack || isAhead else { return nil }
        return shifted(unit, isBack ? -count : count, end: isNow ? k + 2 : k + 1)
    }

    /// The date so many units away from the document's; of hours and minutes only how long it is.
    private func shifted(_ unit: TimeUnit, _ count: Double, end: Int) -> DateMatch? {
        guard count.magnitude < 100_000 else { return nil }
        if unit == .hour, count < 0, Int(count.rounded()) % 24 == 0, let anchor {
            return DateMatch(end: end, span: .day(anchor + Int(count.rounded()) / 24, isRelative: true))
        }
        guard unit.isCalendar else {
            return DateMatch(end: end, kind: .duration, span: DateSpan(unit.duration(count.magnitude)))
        }
        guard let anchor else { return DateMatch(end: end, span: nil) }
        return DateMatch(end: end, span: unit.moved(anchor, by: Int(count.rounded())))
    }

    /// Whether nothing follows to which an "earlier" or "before" would point.
    private func ends(_ k: Int, limit: Int) -> Bool {
        guard k < limit, atoms[k].isWord else { return true }
        // "two weeks before talks began": a noun is what it points to
        guard atoms[k].has(.stop), !atoms[k].isCapital, !atoms[k].has(Self.pointing) else { return false }
        return !isGlue(k, [.the, .article], limit: limit) && !lexicon.glue(atoms[k].hash).isEmpty
    }

    // MARK: Words before

    /// What begins with a small word: "in two days", "vor drei Tagen", "the day after tomorrow", "the 18th".
    func prefixed(at k: Int, limit: Int) -> DateMatch? {
        if let next = gluePhrase(k, .goneBefore, limit: limit), next < limit, let count = count(at: next, limit: limit),
            let unit = unit(count.end, limit: limit)
        {
            return shifted(unit, -count.value, end: count.end + 1)
        }
        if let next = gluePhrase(k, .aheadOf, limit: limit), next < limit, let match = ahead(at: k, next, limit: limit)
        {
            return match
        }
        if let time = daypartTime(at: k, limit: limit) { return time }
        guard isGlue(k, .the, limit: limit), k + 1 < limit else { return nil }
        if unit(k + 1, limit: limit) == .weekend, !isPlural(k + 1), let anchor {
            return DateMatch(end: k + 2, span: TimeUnit.weekend.around(anchor, 0))
        }
        if unit(k + 1, limit: limit) == .day, let day = besideDay(k + 2, limit: limit) { return day }
        return dayAlone(at: k, limit: limit)
    }

    /// What begins with a letter that is a number or a sign: "XIXe siècle", "Q3 2019".
    func lettered(at k: Int, limit: Int) -> DateMatch? {
        if let match = romanCentury(at: k, limit: limit) { return match }
        guard let (quarter, end) = quarterSign(k, limit: limit), atoms[k].isSpaced else { return nil }
        return quarterAlone(quarter, end, limit)
    }

    /// "in two days", where the sentence looks ahead
    private func ahead(at k: Int, _ next: Int, limit: Int) -> DateMatch? {
        // "within the next ten months" begins with the day of the document, as "within ten months" does
        let pointer = skip(next, .the, limit: limit)
        if isGlue(k, .within, limit: limit), pointer < limit, atoms[pointer].has(.next), let anchor,
            let match = pointed(at: pointer, limit: limit), let last = match.span?.last, last > anchor
        {
            return DateMatch(end: match.end, span: .days(anchor, last, isRelative: true))
        }
        guard let count = count(at: next, limit: limit), count.value > 0, let unit = unit(count.end, limit: limit),
            unit.isCalendar, count.end > next || style.noun != .plural
        else { return nil }
        let end = count.end + 1
        guard !isAge(end, limit: limit), !(end < limit && atoms[end].has(.ago.union(.later).union(.earlier))),
            !isGlue(end, .from, limit: limit)
        else {
            return nil
        }
        let isSure = isAhead(at: k, limit: limit) || next > k + 1
        guard isSure else { return nil }
        guard isGlue(k, .within, limit: limit), let anchor else { return shifted(unit, count.value, end: end) }
        let span = unit.stretch(anchor, Int(count.value.rounded()), ahead: true)
        return DateMatch(end: end, span: span?.last.map { .days(anchor, $0, isRelative: true) })
    }

    /// "Q3" without a year
    private func quarterAlone(_ quarter: Int, _ end: Int, _ limit: Int) -> DateMatch? {
        if let (year, yearEnd, isRelative) = yearNumber(skip(end, .of, limit: limit), limit: limit) {
            return DateMatch(end: yearEnd, span: .quarter(quarter, year, isRelative: isRelative))
        }
        guard let anchor else { return nil }
        return DateMatch(end: end, span: .quarter(quarter, anchor.parts.year, isRelative: true))
    }

    /// "day after tomorrow", "day before Christmas"
    private func besideDay(_ k: Int, limit: Int) -> DateMatch? {
        let role = glue(k, limit: limit)
        guard !role.isDisjoint(with: [.after, .before]) else { return nil }
        let step = role.contains(.before) ? -1 : 1
        if let base = single(at: skip(k + 1, .the, limit: limit), limit: limit), let span = base.day,
            let day = span.first
        {
            return DateMatch(end: base.end, span: .day(day + step, isRelative: span.isRelative))
        }
        guard ends(k + 1, limit: limit) else { return nil }
        return DateMatch(end: k + 1, span: recent.map { .day($0 + step, isRelative: true) })
    }

    /// "on the 18th"
    private func dayAlone(at k: Int, limit: Int) -> DateMatch? {
        guard k > 0, isGlue(k - 1, [.on, .since, .until], limit: k), atoms[k + 1].isDigits,
            let (number, end) = dayNumber(k + 1, limit: limit), (1...31).contains(number), end > k + 2,
            end >= limit || !atoms[end].isWord || atoms[end].has(.stop), !isGlue(end, .of, limit: limit),
            unit(end, limit: limit) != .day, let anchor
        else { return nil }
        let (year, month, _) = anchor.parts
        let days = (-1...1).compactMap { offset in
            let first = CalendarDay(year, month + offset, 1)
            let isInside = number <= CalendarDay.days(in: first.parts.month, of: first.parts.year)
            return isInside ? first + (number - 1) : nil
        }
        guard let found = nearest(of: days, at: k, limit: limit) else { return nil }
        return timed(DateMatch(end: end, span: .day(found, isRelative: true)), limit: limit)
    }

    // MARK: What recurs

    /// "every Monday", "each year", "daily"
    func recurring(at k: Int, limit: Int) -> DateMatch? {
        if atoms[k].has(.frequency), let code = lexicon.integer(atoms[k].hash, .frequency),
            let unit = TimeUnit(rawValue: code)
        {
            return DateMatch(end: k + 1, kind: .set, span: DateSpan(unit.duration(1)))
        }
        guard atoms[k].has(.every) else { return nil }
        var next = k + 1
        var count = 1.0
        if isGlue(next, .other, limit: limit) {
            count = 2
            next += 1
        } else if next < limit, let number = numbers.number(at: next, limit: limit), !number.isOrdinal {
            count = number.value
            next = number.end
        }
        next = skip(next, .the, limit: limit)
        guard next < limit else { return nil }
        if let day = lexicon.integer(atoms[next].hash, .weekday), atoms[next].isWord {
            return DateMatch(end: next + 1, kind: .set, span: DateSpan("XXXX-WXX-\(day)"))
        }
        guard let unit = unit(next, limit: limit) else { return nil }
        return DateMatch(end: next + 1, kind: .set, span: DateSpan(unit.duration(count)))
    }
}
