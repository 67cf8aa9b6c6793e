import StageKit

extension DateFinder {
    func unit(_ k: Int, limit: Int) -> TimeUnit? {
        guard k < limit, atoms[k].isWord, let code = lexicon.integer(atoms[k].hash, .timeUnit) else { return nil }
        return TimeUnit(rawValue: code)
    }

    // MARK: Days of the week

    /// "Monday, January 19, 2026", "on Tuesday", "Sunday night"
    func weekday(at k: Int, limit: Int) -> DateMatch? {
        guard let day = lexicon.integer(atoms[k].hash, .weekday) ?? lexicon.integer(atoms[k].hash, .weekdayShort) else {
            return nil
        }
        let isShort = !atoms[k].has(.weekday)
        var next = k + 1
        if next < limit, atoms[next].isMark("."), isShort { next += 1 }
        if next < limit, atoms[next].isMark(",") { next += 1 }
        if isWord(next, "the", limit: limit) { next += 1 }
        if next < limit {
            if atoms[next].has(.month.union(.monthShort)), let full = monthFirst(at: next, limit: limit),
                full.end > next + 1
            {
                return full
            }
            if let full = dayMonth(at: next, limit: limit) { return full }
            if atoms[next].isDigits, let full = numeric(at: next, limit: limit) { return full }
        }
        guard atoms[k].isCapital, !isShort || isWord(k + 1, "at", limit: limit) else { return nil }
        // "Sunday Times", "Black Friday"
        if k + 1 < limit, atoms[k + 1].isCapital, atoms[k + 1].isSpaced,
            atoms[k + 1].has(.organizationHead.union(.eventHead))
        {
            return nil
        }
        if k > 0, atoms[k - 1].isCapital, !atoms[k - 1].shape.contains(.opens), !atoms[k - 1].has(.common.union(.stop)),
            atoms[k].isSpaced,
            atoms[k - 1].sentence == atoms[k].sentence
        {
            return nil
        }
        if isPlural(k), atoms[k].end - atoms[k].start > 6 {
            return DateMatch(end: k + 1, kind: .set, span: DateSpan("XXXX-WXX-\(day)"))
        }
        guard let anchor else {
            return withDaypart(DateMatch(end: k + 1, span: DateSpan("XXXX-WXX-\(day)")), limit: limit)
        }
        let past = anchor + -((anchor.weekday - day + 7) % 7)
        var match = DateMatch(end: k + 1, span: .day(past, isRelative: true))
        if k + 2 <= limit, isWord(k + 1, "last", limit: limit), isWord(k + 2, "week", limit: limit) {
            match = DateMatch(end: k + 3, span: .day(anchor.monday + (day - 8), isRelative: true))
        } else if isWord(k + 1, "next", limit: limit), isWord(k + 2, "week", limit: limit) {
            match = DateMatch(end: k + 3, span: .day(anchor.monday + (day + 6), isRelative: true))
        }
        return timed(withDaypart(match, limit: limit), limit: limit)
    }

    private func isPlural(_ k: Int) -> Bool { reading.bytes[Int(atoms[k].end) - 1] | 0x20 == UInt8(ascii: "s") }

    /// A part of the day behind a day: "Sunday night", "yesterday morning".
    func withDaypart(_ match: DateMatch, limit: Int) -> DateMatch {
        guard match.end < limit, atoms[match.end].has(.daypart), atoms[match.end].isSpaced else { return match }
        var match = match
        match.end += 1
        return match
    }

    /// A time behind a day: "December 29 at 10:30".
    func timed(_ match: DateMatch, limit: Int) -> DateMatch {
        var next = match.end
        if next < limit, atoms[next].isMark(",") { next += 1 }
        if isWord(next, "at", limit: limit) { next += 1 }
        guard next < limit, atoms[next].isDigits, let time = clock(at: next, limit: limit), let day = match.span,
            let clock = time.span, day.first == day.last, day.first != nil
        else { return match }
        return DateMatch(
            end: time.end, kind: .time,
            span: DateSpan(day.iso + clock.iso, day.first, day.last, isRelative: day.isRelative))
    }

    // MARK: last, next, this

    /// "last year", "next Friday", "this morning", "the past three years", "this summer", "last December"
    func pointed(at k: Int, limit: Int) -> DateMatch? {
        guard k + 1 < limit, atoms[k + 1].kind != .mark else { return nil }
        let isLast = atoms[k].has(.last)
        let step = isLast ? -1 : atoms[k].has(.next) ? 1 : 0
        let next = k + 1
        if let count = numbers.number(at: next, limit: limit), !count.isOrdinal, !count.isDigits || count.value < 1000,
            step != 0,
            let unit = unit(count.end, limit: limit)
        {
            let span = anchor.flatMap { unit.stretch($0, Int(count.value.magnitude.rounded()), ahead: step > 0) }
            return DateMatch(
                end: count.end + 1, kind: span == nil ? .duration : .date,
                span: span ?? DateSpan(unit.duration(count.value)))
        }
        if atoms[next].has(.several), let count = lexicon.integer(atoms[next].hash, .several),
            let unit = unit(next + 1, limit: limit), step != 0
        {
            return DateMatch(end: next + 2, kind: .duration, span: DateSpan(unit.duration(Double(count))))
        }
        if let unit = unit(next, limit: limit), !(unit == .second) {
            if isPlural(next) { return nil }
            // "our last day" is no yesterday, and "the next day" follows another than the document's
            if unit == .day { return step > 0 ? DateMatch(end: next + 1, span: nil) : nil }
            guard let anchor else { return DateMatch(end: next + 1, span: nil) }
            guard let span = unit.around(anchor, step) else { return nil }
            return DateMatch(end: next + 1, span: span)
        }
        if atoms[next].has(.daypart) {
            return DateMatch(end: next + 1, span: anchor.map { .day($0 + step, isRelative: true) })
        }
        if let day = lexicon.integer(atoms[next].hash, .weekday), atoms[next].isCapital {
            guard let anchor else { return DateMatch(end: next + 1, span: DateSpan("XXXX-WXX-\(day)")) }
            let past = anchor + -((anchor.weekday - day + 6) % 7 + 1)
            let found = step < 0 ? past : step > 0 ? past + 7 : anchor.monday + (day - 1)
            return withDaypart(DateMatch(end: next + 1, span: .day(found, isRelative: true)), limit: limit)
        }
        if let season = lexicon.integer(atoms[next].hash, .season) {
            return DateMatch(end: next + 1, span: anchor.map { Self.season(season, $0, step) })
        }
        if let month = monthNumber(next), atoms[next].isCapital {
            guard let anchor else {
                return DateMatch(end: next + 1, span: DateSpan("XXXX-\(CalendarDay.pad(month, 2))"))
            }
            let now = anchor.parts
            let year =
                step < 0
                ? (month < now.month ? now.year : now.year - 1)
                : step > 0 ? (month > now.month ? now.year : now.year + 1) : now.year
            return DateMatch(end: next + 1, span: .month(year, month, isRelative: true))
        }
        return nil
    }

    private static func season(_ season: Int, _ anchor: CalendarDay, _ step: Int) -> DateSpan {
        let now = anchor.parts
        // the season of this year that has begun, else of the year before
        var year = now.year
        if step < 0, season * 3 + 2 >= now.month { year -= 1 }
        if step > 0, season * 3 <= now.month { year += 1 }
        return .season(season, year, isRelative: true)
    }

    // MARK: Days and seasons by name

    /// "yesterday", "tomorrow night"
    func namedDay(at k: Int, limit: Int) -> DateMatch? {
        guard let step = lexicon.integer(atoms[k].hash, .day) else { return nil }
        if atoms[k].isCapital, k + 1 < limit, atoms[k + 1].isCapital, atoms[k + 1].isSpaced { return nil }
        let match = DateMatch(end: k + 1, span: anchor.map { .day($0 + step, isRelative: true) })
        return timed(withDaypart(match, limit: limit), limit: limit)
    }

    /// "summer 2019", "the winter of 2020", "in spring"
    func season(at k: Int, limit: Int) -> DateMatch? {
        guard let season = lexicon.integer(atoms[k].hash, .season) else { return nil }
        var next = k + 1
        if isWord(next, "of", limit: limit) { next += 1 }
        if let (year, end, isRelative) = yearNumber(next, limit: limit) {
            return DateMatch(end: end, span: .season(season, year, isRelative: isRelative))
        }
        guard k > 0, ["in", "the", "since", "until", "during", "by"].contains(word(k - 1)), word(k) != "fall",
            word(k) != "spring" || word(k - 1) == "in",
            k + 1 >= limit || !atoms[k + 1].isWord || atoms[k + 1].has(.stop)
        else { return nil }
        return DateMatch(end: k + 1, span: anchor.map { Self.season(season, $0, 0) })
    }

    // MARK: early, mid, late

    /// "early June", "mid-2019", "late last year", "early 1990s"
    func part(at k: Int, limit: Int) -> DateMatch? {
        var next = k + 1
        if next < limit, atoms[next].isMark("-"), !atoms[next].isSpaced { next += 1 }
        if isWord(next, "of", limit: limit) { next += 1 }
        if isWord(next, "the", limit: limit) { next += 1 }
        guard next < limit, !atoms[next].has(.early.union(.mid).union(.late)) else { return nil }
        let third = atoms[k].has(.early) ? 0 : atoms[k].has(.mid) ? 1 : 2
        let atom = atoms[next]
        var match: DateMatch?
        if atom.isDigits {
            match =
                numeric(at: next, limit: limit) ?? century(at: next, limit: limit) ?? year(at: next, limit: limit)
                ?? digits(next, width: 4...4).flatMap {
                    (1000...2100).contains($0) ? DateMatch(end: next + 1, span: .year($0)) : nil
                }
        } else if atom.has(.month.union(.monthShort)), atom.isCapital {
            match = monthFirst(at: next, limit: limit)
        } else if atom.has(.last.union(.next).union(.this)) {
            match = pointed(at: next, limit: limit)
        } else if atom.has(.decade) {
            match = wordDecade(at: next, limit: limit)
        } else if atom.has(.ordinal) {
            match = century(at: next, limit: limit)
        } else if atom.has(.season) {
            match = season(at: next, limit: limit)
        }
        guard var match, var span = match.span, let first = span.first, let last = span.last, last > first else {
            return match
        }
        let length = last.number - first.number + 1
        span.first = first + length * third / 3
        span.last = first + (length * (third + 1) / 3 - 1)
        match.span = span
        return match
    }

    // MARK: Counted units

    /// "three days ago", "two years earlier", "three days", "eight-hour"
    func counted(at k: Int, limit: Int) -> DateMatch? {
        var count = 0.0
        var next = k
        if atoms[k].has(.several), let several = lexicon.value(atoms[k].hash, .several) {
            count = several
            next = k + 1
            if isWord(next, "of", limit: limit) { next += 1 }
        } else if isWord(k, "a", limit: limit) || isWord(k, "an", limit: limit) {
            if let number = numbers.number(at: k, limit: limit) {
                count = number.value
                next = number.end
            } else {
                count = 1
                next = k + 1
                if next < limit, atoms[next].has(.several), let several = lexicon.value(atoms[next].hash, .several) {
                    count = several
                    next += 1
                    if isWord(next, "of", limit: limit) { next += 1 }
                }
            }
        } else {
            guard let number = numbers.number(at: k, limit: limit), !number.isOrdinal, number.value >= 0 else {
                return nil
            }
            count = number.value
            next = number.end
        }
        if isWord(next, "o", limit: limit), isWord(next + 2, "clock", limit: limit), (1...12).contains(count) {
            return DateMatch(end: next + 3, kind: .time, span: DateSpan("T\(CalendarDay.pad(Int(count), 2)):00"))
        }
        if next < limit, atoms[next].isMark("-"), !atoms[next].isSpaced { next += 1 }
        guard let unit = unit(next, limit: limit) else { return nil }
        next += 1
        if next < limit, atoms[next].has(.age), isWord(next, "old", limit: limit) { return nil }
        if next + 1 < limit, atoms[next].isMark("-"), isWord(next + 1, "old", limit: limit) { return nil }
        if isWord(next, "of", limit: limit), isWord(next + 1, "age", limit: limit) { return nil }
        if next < limit, atoms[next].isWord, let moved = moved(unit, count, at: next, limit: limit) { return moved }
        if atoms[k].has(.stop), count == 1 { return nil }
        return DateMatch(end: next, kind: .duration, span: DateSpan(unit.duration(count)))
    }

    private func moved(_ unit: TimeUnit, _ count: Double, at k: Int, limit: Int) -> DateMatch? {
        let isBack = atoms[k].has(.ago) || (atoms[k].has(.earlier) && ends(k + 1, limit: limit))
        let isAhead =
            atoms[k].has(.later) && ends(k + 1, limit: limit)
            || (isWord(k, "from", limit: limit) && isWord(k + 1, "now", limit: limit))
        guard isBack || isAhead, count < 100_000 else { return nil }
        let end = isWord(k, "from", limit: limit) ? k + 2 : k + 1
        if unit == .hour || unit == .minute || unit == .second {
            return DateMatch(end: end, kind: .duration, span: DateSpan(unit.duration(count)))
        }
        guard let anchor else { return DateMatch(end: end, span: nil) }
        return DateMatch(end: end, span: unit.moved(anchor, by: (isBack ? -1 : 1) * Int(count.rounded())))
    }

    /// Whether nothing follows to which an "earlier" or "before" would point.
    private func ends(_ k: Int, limit: Int) -> Bool {
        k >= limit || !atoms[k].isWord
            || !(atoms[k].isCapital || isWord(k, "the", limit: limit) || isWord(k, "that", limit: limit)
                || isWord(k, "his", limit: limit) || isWord(k, "her", limit: limit))
    }

    /// "a week ago", "the day before yesterday", "the end of last year", "the following year"
    func article(at k: Int, limit: Int) -> DateMatch? {
        if isWord(k, "a", limit: limit) || isWord(k, "an", limit: limit) { return counted(at: k, limit: limit) }
        return nil
    }
}
