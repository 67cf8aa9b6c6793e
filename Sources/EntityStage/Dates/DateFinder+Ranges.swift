import StageKit
import Text

/// From one date or time to another.
extension DateFinder {
    /// "between 2015 and 2017", "from May to July 2019", "2014–2018", "1939-45", "November 19-20"
    func range(at k: Int, limit: Int) -> DateMatch? {
        var start = k
        var joints = Glue.to
        if isGlue(k, .between, limit: limit) {
            joints = [.and, .to]
            start = k + 1
        } else if isGlue(k, .from, limit: limit), k + 1 < limit {
            start = k + 1
        } else {
            guard atoms[k].isDigits || atoms[k].has(.month.union(.monthShort).union(.weekday)) else { return nil }
            if let days = monthAndDays(at: k, limit: limit) { return days }
        }
        start = skip(start, .the, limit: limit)
        guard start < limit else { return nil }
        if let days = daysOnly(at: start, joints, isMarked: start > k, limit: limit) { return days }
        if let centuries = centuries(at: start, joints, limit: limit) { return centuries }
        guard let low = low(at: start, joints, isMarked: start > k, limit: limit), let first = low.span else {
            return nil
        }
        if let end = shortYear(behind: low, limit: limit) ?? shortDay(behind: low, joints, limit: limit) { return end }
        guard let next = joint(at: low.end, joints, limit: limit),
            let last = high(at: next, isMarked: start > k, limit: limit),
            let span = last.span
        else { return nil }
        return joined(first, span, end: last.end)
    }

    /// "April 12, 13 and 14", "April 12 and 13, 2018": days of one month that follow each other.
    private func monthAndDays(at k: Int, limit: Int) -> DateMatch? {
        guard let month = monthNumber(k), atoms[k].isCapital else { return nil }
        var next = k + 1
        if next < limit, atoms[next].isMark("."), atoms[k].has(.monthShort) { next += 1 }
        guard let (first, firstEnd) = dayNumber(next, limit: limit), (1...31).contains(first) else { return nil }
        // "Sept 26-27, 2022": the year comes last
        if firstEnd + 1 < limit, isDash(firstEnd), !atoms[firstEnd].isSpaced, !atoms[firstEnd + 1].isSpaced,
            let (last, lastEnd) = dayNumber(firstEnd + 1, limit: limit), last > first,
            let (year, behind) = yearBehind(lastEnd, limit: limit), CalendarDay.isValid(year, month, first),
            CalendarDay.isValid(year, month, last)
        {
            return DateMatch(
                end: behind, span: .days(CalendarDay(year, month, first), CalendarDay(year, month, last)))
        }
        // "May 24 to 26"
        if isGlue(firstEnd, .to, limit: limit), let (last, lastEnd) = dayNumber(firstEnd + 1, limit: limit),
            last > first,
            lastEnd >= limit || !atoms[lastEnd].isWord || atoms[lastEnd].has(.stop.union(.locative)),
            CalendarDay.isValid(2000, month, last)
        {
            let (start, behind) =
                yearBehind(lastEnd, limit: limit).map { (CalendarDay($0.0, month, first), $0.1) }
                ?? (nearest(month, first, at: k, limit: limit), lastEnd)
            if let start {
                return DateMatch(end: behind, span: .days(start, start + (last - first), isRelative: behind == lastEnd))
            }
        }
        var days = [first]
        var end = firstEnd
        var hasAnd = false
        while end + 1 < limit, !hasAnd, atoms[end].isMark(",") || isGlue(end, .and, limit: limit), days.count < 8 {
            var at = end + 1
            hasAnd = isGlue(end, .and, limit: limit)
            if !hasAnd, isGlue(at, .and, limit: limit) {
                hasAnd = true
                at += 1
            }
            guard let (day, dayEnd) = dayNumber(at, limit: limit), day == days[days.count - 1] + 1,
                dayEnd >= limit || !atoms[dayEnd].isWord || atoms[dayEnd].has(.stop.union(.locative))
                    || reading.ends(atoms[dayEnd], in: "ed", longerThan: 3)
            else { return nil }
            days.append(day)
            end = dayEnd
        }
        guard days.count > 1, hasAnd, CalendarDay.isValid(2000, month, days[days.count - 1]) else { return nil }
        if let (year, behind) = yearBehind(end, limit: limit), CalendarDay.isValid(year, month, days[days.count - 1]) {
            let start = CalendarDay(year, month, first)
            return DateMatch(end: behind, span: .days(start, start + (days.count - 1)))
        }
        guard let start = nearest(month, first, at: k, limit: limit) else { return nil }
        return DateMatch(end: end, span: .days(start, start + (days.count - 1), isRelative: true))
    }

    /// The first date of a range; a month may stand alone before the joint.
    private func low(at k: Int, _ joints: Glue, isMarked: Bool, limit: Int) -> DateMatch? {
        if let match = single(at: k, limit: limit), match.kind == .date, match.span != nil { return match }
        guard let month = monthNumber(k), atoms[k].isCapital || style.smallMonths || isMarked,
            let next = joint(at: k + 1, joints, limit: limit), monthNumber(next) != nil
        else { return nil }
        return yearless(month: month, at: k, end: k + 1, limit: limit)
    }

    private func high(at k: Int, isMarked: Bool, limit: Int) -> DateMatch? {
        if isMarked, isGlue(k, .now, limit: limit), let anchor {
            return DateMatch(end: k + 1, span: .day(anchor, isRelative: true))
        }
        let start = skip(k, .the, limit: limit)
        guard let match = single(at: start, limit: limit), match.kind == .date, match.span != nil else { return nil }
        // a year alone is a year when a range asks for one
        return match
    }

    private func joint(at k: Int, _ joints: Glue, limit: Int) -> Int? {
        guard k + 1 < limit else { return nil }
        if atoms[k].isWord { return isGlue(k, joints, limit: limit) ? k + 1 : nil }
        // a dash between blanks parts clauses too
        let isFree = atoms[k].isSpaced && atoms[k + 1].isSpaced
        return isDash(k) && !(isFree && atoms[k + 1].has(Self.pointing.union(.day))) ? k + 1 : nil
    }

    /// "between the ninth and seventeenth of April", "from 3 to 5 March 2024"
    private func daysOnly(at k: Int, _ joints: Glue, isMarked: Bool, limit: Int) -> DateMatch? {
        guard let (first, end) = dayNumber(k, limit: limit), (1...31).contains(first), isMarked else { return nil }
        return dayToDay(first, joint: end, joints, limit: limit)
    }

    /// "from the 15th to the 19th century"
    private func centuries(at k: Int, _ joints: Glue, limit: Int) -> DateMatch? {
        guard let low = numbers.number(at: k, limit: limit), low.isOrdinal, (1...30).contains(low.value),
            let next = joint(at: low.end, joints, limit: limit),
            let high = century(at: skip(next, .the, limit: limit), limit: limit), let span = high.span
        else { return nil }
        return joined(.century(Int(low.value)), span, end: high.end)
    }

    /// "1939-45"
    private func shortYear(behind low: DateMatch, limit: Int) -> DateMatch? {
        let k = low.end
        guard k + 1 < limit, isDash(k) || atoms[k].isMark("/"), !atoms[k].isSpaced, !atoms[k + 1].isSpaced,
            let short = digits(k + 1, width: 2...2),
            let first = low.span, first.iso.utf8.count == 4, let from = first.first?.parts.year,
            case let to = from / 100 * 100 + short, to > from,
            k + 2 >= limit || atoms[k + 2].isSpaced || !isDash(k + 2),
            !atoms[k].isMark("/") || to == from + 1
        else { return nil }
        return joined(first, .year(to), end: k + 2)
    }

    /// "November 19-20", "from April the ninth till the seventeenth"
    private func shortDay(behind low: DateMatch, _ joints: Glue, limit: Int) -> DateMatch? {
        guard let day = low.day, let first = day.first, let next = joint(at: low.end, joints, limit: limit) else {
            return nil
        }
        let isWord = atoms[low.end].isWord
        guard isWord || !atoms[low.end].isSpaced && !atoms[next].isSpaced else { return nil }
        let start = skip(next, .the, limit: limit)
        guard let (last, end) = dayNumber(start, limit: limit), (1...31).contains(last),
            !isWord || end > start + 1 || atoms[start].isWord || yearBehind(end, limit: limit) != nil,
            isFree(end, limit: limit)
        else { return nil }
        var (year, month, from) = first.parts
        var stop = end
        var isRelative = day.isRelative
        // "Sept 26-27, 2022": the year comes last
        if isRelative, let (told, behind) = yearBehind(end, limit: limit), CalendarDay.isValid(told, month, from) {
            (year, stop, isRelative) = (told, behind, false)
        }
        let until = CalendarDay(year, last > from ? month : month + 1, last)
        return DateMatch(
            end: stop, span: .days(CalendarDay(year, month, from), until, isRelative: isRelative))
    }

    /// A year behind days and a comma.
    private func yearBehind(_ k: Int, limit: Int) -> (year: Int, end: Int)? {
        let next = k < limit && atoms[k].isMark(",") ? k + 1 : k
        guard let (year, end, isRelative) = yearNumber(next, limit: limit), !isRelative else { return nil }
        return (year, end)
    }

    /// Whether what stands at `k` does not go on with a date or a number.
    private func isFree(_ k: Int, limit: Int) -> Bool {
        guard k < limit else { return true }
        if monthNumber(k) != nil || isGlue(k, .of, limit: limit) && monthNumber(k + 1) != nil { return false }
        return !isJoined(k, "-", limit: limit) && !isJoined(k, "/", limit: limit)
    }

    /// A range of two dates; the first takes from the second what it lacks.
    private func joined(_ first: DateSpan, _ last: DateSpan, end: Int) -> DateMatch? {
        guard let low = first.first, let high = last.last else {
            return DateMatch(end: end, span: DateSpan("\(first.iso)/\(last.iso)"))
        }
        var first = first
        var from = low
        if last.isYearless, !first.isYearless, last.first == last.last {
            // "from 29 May 2020 to 2 June"
            let (year, month, day) = (low.parts.year, high.parts.month, high.parts.day)
            let inYear = [year, year + 1].filter { CalendarDay.isValid($0, month, day) }.map {
                CalendarDay($0, month, day)
            }
            guard let until = inYear.first(where: { $0 >= low }) else { return nil }
            return joined(first, .day(until), end: end)
        }
        if from > high || (first.isRelative && !last.isRelative), let start = last.first {
            // "from May to July 2019"
            let (_, month, day) = low.parts
            var year = start.parts.year
            if CalendarDay.isValid(year, month, day), CalendarDay(year, month, day) > high { year -= 1 }
            guard CalendarDay.isValid(year, month, day) else { return nil }
            first = first.first == first.last ? .day(CalendarDay(year, month, day)) : .month(year, month)
            from = CalendarDay(year, month, day)
        }
        guard from <= high else { return nil }
        // of an interval the end that faces outward
        let firstISO = first.iso.split(separator: "/").first ?? ""
        let lastISO = last.iso.split(separator: "/").last ?? ""
        return DateMatch(
            end: end,
            span: DateSpan("\(firstISO)/\(lastISO)", from, high, isRelative: first.isRelative || last.isRelative))
    }

    // MARK: Times

    /// Two times of one day.
    struct ClockRange {
        var low: Clock
        var high: Clock
        var end: Int
    }

    /// "from 3 to 5 pm", "between 9 and 10:30", "10:30–11", with the day that may follow
    func timeRange(at k: Int, limit: Int) -> DateMatch? {
        guard atoms[k].isDigits || atoms[k].isWord && atoms[k].has(.small.union(.stop).union(.clock)),
            let range = clockRange(at: k, isBehindDay: true, limit: limit)
        else { return nil }
        // "between 7 and 9" says a time only with the day's part behind it
        let isSure = clockRange(at: k, limit: limit) != nil
        let next = skip(range.end, .on, limit: limit)
        if next < limit, atoms[next].isDigits || atoms[next].isWord && !atoms[next].has(.clock), mayBeDay(next),
            let day = bareDay(at: next, limit: limit), let span = day.span,
            isSure || day.daypart != nil || monthNumber(next) == nil && !atoms[next].isDigits
        {
            var range = range
            range.end = day.end
            if let part = day.daypart {
                (range.low, range.high) = (range.low.settled(by: part), range.high.settled(by: part))
            }
            return dated(range, span)
        }
        return isSure ? time(range) : nil
    }

    func dated(_ range: ClockRange, _ day: DateSpan) -> DateMatch {
        DateMatch(
            end: range.end, kind: .time,
            span: DateSpan(
                "\(day.iso)T\(range.low.text)/\(day.iso)T\(range.high.text)", day.first, day.last,
                isRelative: day.isRelative), clock: range.low)
    }

    /// Two times with a joint between; one of them at least has to say that it is a time, or a day stands before.
    func clockRange(at k: Int, isBehindDay: Bool = false, daypart: Int? = nil, limit: Int) -> ClockRange? {
        guard k + 2 < limit else { return nil }
        let isBetween = isGlue(k, .between, limit: limit)
        let isMarked = isBetween || isGlue(k, .from, limit: limit)
        let start = isMarked ? k + 1 : k
        guard start < limit, let low = bareHour(start, limit: limit), low.end + 1 < limit else { return nil }
        if !isBetween, let range = lasting(from: start, limit: limit) { return range }
        let joints: Glue = isBetween ? [.and, .to] : .to
        guard let next = joint(at: low.end, joints, limit: limit), let high = bareHour(next, limit: limit) else {
            return nil
        }
        let areMinutes = isMarked && low.clock.minute > 0 && high.clock.minute > 0
        let isSure = areMinutes || clock(at: start, limit: limit) != nil || clock(at: next, limit: limit) != nil
        guard isSure || isBehindDay && (isMarked || daypart != nil) else { return nil }
        return settled(low.clock, high.clock, daypart: daypart, end: high.end)
    }

    /// "10 am for three hours": a time and how long something lasts from then on, within the day.
    private func lasting(from k: Int, limit: Int) -> ClockRange? {
        guard let low = clock(at: k, limit: limit), isGlue(low.end, .lastingFor, limit: limit),
            let length = minutes(at: low.end + 1, limit: limit)
        else { return nil }
        return range(from: low.clock, lasting: length.minutes, end: length.end)
    }

    /// "three hours from 10 am", at the end of the hours.
    func lasting(_ minutes: Int, behind k: Int, limit: Int) -> DateMatch? {
        guard isGlue(k, .from, limit: limit), let low = clock(at: k + 1, limit: limit),
            let range = range(from: low.clock, lasting: minutes, end: low.end)
        else { return nil }
        return time(range)
    }

    private func range(from low: Clock, lasting minutes: Int, end: Int) -> ClockRange? {
        let until = low.minutes + minutes
        guard minutes > 0, until < 24 * 60 else { return nil }
        return ClockRange(low: low, high: Clock(hour: until / 60, minute: until % 60, zone: low.zone), end: end)
    }

    private func time(_ range: ClockRange) -> DateMatch {
        DateMatch(
            end: range.end, kind: .time, span: DateSpan("T\(range.low.text)/\(range.high.text)"), clock: range.low)
    }

    /// The times as they are meant: the first takes the half of the day from the second where it can.
    private func settled(_ low: Clock, _ high: Clock, daypart: Int?, end: Int) -> ClockRange {
        var (low, high) = (low, high)
        if let daypart { (low, high) = (low.settled(by: daypart), high.settled(by: daypart)) }
        if !low.isSettled, high.isSettled, high.hour >= 12, low.afternoon.minutes < high.minutes, low.hour < 12 {
            low = low.afternoon
        }
        if high.minutes <= low.minutes, !high.isSettled { high = high.afternoon }
        return ClockRange(low: low, high: high, end: end)
    }
}
