import StageKit
import Text

/// Dates that are reckoned from the document's: last, next, this, yesterday, the first Monday of June.
extension DateFinder {
    /// -1 for a word like last, 1 for one like next, 0 for one like this.
    func step(_ k: Int) -> Int { atoms[k].has(.last) ? -1 : atoms[k].has(.next) ? 1 : 0 }

    /// "last year", "next Friday", "this morning", "the past three years", "this summer", "last December"
    func pointed(at k: Int, limit: Int) -> DateMatch? {
        guard k + 1 < limit, atoms[k + 1].kind != .mark else { return nil }
        let step = step(k)
        let next = k + 1
        if step != 0, let stretch = stretch(at: next, step, limit: limit) { return stretch }
        if let unit = unit(next, limit: limit), unit != .second, unit != .night || isPlural(next) {
            return around(unit, step, at: next, limit: limit)
        }
        if atoms[next].has(.daypart) {
            var match = DateMatch(end: next + 1, span: anchor.map { .day($0 + step, isRelative: true) })
            match.daypart = lexicon.integer(atoms[next].hash, .daypart)
            return timed(match, limit: limit)
        }
        if let day = lexicon.integer(atoms[next].hash, .weekday), atoms[next].isCapital || style.smallMonths {
            if let full = fullDate(behind: next, day, isShort: false, limit: limit) { return full }
            // "the next Tuesday" is the one behind the day that was told last
            let start =
                isGlue(k, .coming, limit: limit) ? anchor : step > 0 && isGlue(k - 1, .the, limit: k) ? recent : nil
            let found = start.map { $0 + ((day - $0.weekday + 6) % 7 + 1) } ?? anchor.map { weekday(day, step, $0) }
            let match = DateMatch(
                end: next + 1, span: found.map { .day($0, isRelative: true) } ?? DateSpan("XXXX-WXX-\(day)"))
            return timed(withDaypart(match, limit: limit), limit: limit)
        }
        if let season = lexicon.integer(atoms[next].hash, .season) {
            return DateMatch(end: next + 1, span: anchor.map { Self.season(season, $0, step) })
        }
        if atoms[next].has(.holiday), let holiday = holiday(named: next, limit: limit) {
            return pointed(holiday.holiday, step, end: holiday.end)
        }
        if let month = monthNumber(next), atoms[next].isCapital || style.smallMonths {
            return pointed(month: month, step, end: next + 1)
        }
        return nil
    }

    /// "past three years", "next few weeks"
    private func stretch(at k: Int, _ step: Int, limit: Int) -> DateMatch? {
        if let count = numbers.number(at: k, limit: limit), !count.isOrdinal, !count.isDigits || count.value < 1000,
            let unit = unit(count.end, limit: limit)
        {
            guard count.value < 10_000 else { return nil }
            let span = anchor.flatMap { unit.stretch($0, Int(count.value.magnitude.rounded()), ahead: step > 0) }
            return DateMatch(
                end: count.end + 1, kind: span == nil ? .duration : .date,
                span: span ?? DateSpan(unit.duration(count.value)))
        }
        guard atoms[k].has(.several), let count = lexicon.integer(atoms[k].hash, .several),
            let unit = unit(skip(k + 1, .of, limit: limit), limit: limit)
        else { return nil }
        let end = skip(k + 1, .of, limit: limit) + 1
        return DateMatch(end: end, kind: .duration, span: DateSpan(unit.duration(Double(count))))
    }

    private func around(_ unit: TimeUnit, _ step: Int, at k: Int, limit: Int) -> DateMatch? {
        if isPlural(k), style.noun != .next { return nil }
        // "our last day" is no yesterday, and "the next day" follows another than the document's
        if unit == .day {
            guard step > 0 || word(k - 1) != "last" && step < 0, isGlue(k - 2, .the, limit: k) else { return nil }
            return DateMatch(end: k + 1, span: recent.map { .day($0 + step, isRelative: true) })
        }
        guard let anchor else { return DateMatch(end: k + 1, span: nil) }
        // "this week Monday", "last year Halloween"
        if unit == .week, let (day, end) = weekdayBehind(k + 1, limit: limit) {
            let found = anchor.monday + (day - 1 + 7 * step)
            return timed(DateMatch(end: end, span: .day(found, isRelative: true)), limit: limit)
        }
        if unit == .year, k + 1 < limit, atoms[k + 1].has(.holiday), let named = holiday(named: k + 1, limit: limit) {
            let day = named.holiday.day(in: anchor.parts.year + step)
            return DateMatch(end: named.end, span: .day(day, isRelative: true))
        }
        let fortnight = unit == .fortnight && step != 0 ? unit.stretch(anchor, 1, ahead: step > 0) : nil
        guard let span = fortnight ?? unit.around(anchor, step) else { return nil }
        return DateMatch(end: k + 1, span: span)
    }

    /// A weekday behind a week: "next week Monday", "next week on Monday", "last week - Monday".
    private func weekdayBehind(_ k: Int, limit: Int) -> (day: Int, end: Int)? {
        var next = skip(k, .on, limit: limit)
        if next == k, next < limit, isDash(next) { next += 1 }
        guard next < limit, atoms[next].isCapital || style.smallMonths, !isPlural(next),
            let day = lexicon.integer(atoms[next].hash, .weekday)
                ?? lexicon.integer(atoms[next].hash, .weekdayShort)
        else { return nil }
        return (day, next + 1)
    }

    private func pointed(month: Int, _ step: Int, end: Int) -> DateMatch {
        guard let now = anchor?.parts else {
            return DateMatch(end: end, span: .month(DateSpan.unknownYear, month, isRelative: true))
        }
        var year = now.year
        if step < 0, month >= now.month { year -= 1 }
        if step > 0, month <= now.month { year += 1 }
        return DateMatch(end: end, span: .month(year, month, isRelative: true))
    }

    static func season(_ season: Int, _ anchor: CalendarDay, _ step: Int) -> DateSpan {
        let now = anchor.parts
        // the season of this year that has begun, else of the year before
        var year = now.year
        if step < 0, season * 3 + 2 >= now.month { year -= 1 }
        if step > 0, season * 3 <= now.month { year += 1 }
        return .season(season, year, isRelative: true)
    }

    /// "the same day", "that same night", "that night", "that date": the day that the text told last; none where it told none.
    func sameDay(at k: Int, limit: Int) -> FoundMeasure? {
        let first = atoms[k]
        guard first.isWord, first.hash == SmallWord.the || first.hash == Self.that, let recent else { return nil }
        var next = k + 1
        let isSame = next < limit && atoms[next].hash == Self.same
        if isSame { next += 1 }
        let isThat = first.hash == Self.that && Self.partsOfDay.contains(atoms[min(next, limit - 1)].hash)
        guard next < limit,
            isSame ? Self.days.contains(atoms[next].hash) : isThat || atoms[next].hash == Self.date,
            atoms[next].isWord, !atoms[next].isCapital
        else { return nil }
        // "the same day-labourers"
        if next + 1 < limit, atoms[next + 1].isMark("-"), !atoms[next + 1].isSpaced { return nil }
        let span = DateSpan.day(recent, isRelative: true)
        return FoundMeasure(range: k..<next + 1, kind: .date, value: span.value(anchor: anchor))
    }

    private static let that = SmallWord.hash("that")
    private static let date = SmallWord.hash("date")
    private static let same = SmallWord.hash("same")
    private static let partsOfDay = Set(["night", "evening", "morning", "afternoon"].map(SmallWord.hash))
    private static let days = partsOfDay.union(["day", "date"].map(SmallWord.hash))

    // MARK: Days and seasons by name

    /// "yesterday", "tomorrow night"
    func namedDay(at k: Int, limit: Int) -> DateMatch? {
        guard let step = lexicon.integer(atoms[k].hash, .day) else { return nil }
        if atoms[k].isCapital, k + 1 < limit, atoms[k + 1].isCapital, atoms[k + 1].isSpaced { return nil }
        var match = DateMatch(end: k + 1, span: anchor.map { .day($0 + step, isRelative: true) })
        match.daypart = lexicon.integer(atoms[k].hash, .daypart)
        return timed(withDaypart(match, limit: limit), limit: limit)
    }

    /// "summer 2019", "the winter of 2020", "in spring"
    func season(at k: Int, limit: Int) -> DateMatch? {
        guard let season = lexicon.integer(atoms[k].hash, .season) else { return nil }
        if let (year, end, isRelative) = yearNumber(skip(k + 1, .of, limit: limit), limit: limit) {
            return DateMatch(end: end, span: .season(season, year, isRelative: isRelative))
        }
        if style.pointersFollow, k + 1 < limit, atoms[k + 1].has(.last.union(.next)) {
            return DateMatch(end: k + 2, span: anchor.map { Self.season(season, $0, step(k + 1)) })
        }
        // a spring and a fall are other things too
        let isDoubtful = atoms[k].has(.common) && (season == 1 || season == 3) && word(k) != "autumn"
        guard k > 0, isGlue(k - 1, isDoubtful ? .in : .years, limit: k), !isDoubtful || season == 1,
            k + 1 >= limit || !atoms[k + 1].isWord || atoms[k + 1].has(.stop)
        else { return nil }
        return DateMatch(end: k + 1, span: anchor.map { Self.season(season, $0, 0) })
    }

    // MARK: One of several

    /// "the first Monday of June", "the last week of this month", "the third day of 2019"
    func nthOf(at k: Int, limit: Int) -> DateMatch? {
        var nth = 0
        var next = k + 1
        if atoms[k].has(.last) {
            nth = -1
        } else if atoms[k].has(.ordinal) || atoms[k].isDigits, let number = numbers.number(at: k, limit: limit),
            number.isOrdinal, number.value <= 31
        {
            nth = Int(number.value)
            next = number.end
        }
        guard nth != 0, next + 2 < limit, isGlue(next + 1, .of.union(.in), limit: limit) else { return nil }
        let day = lexicon.integer(atoms[next].hash, .weekday)
        let unit = unit(next, limit: limit)
        if nth > 0, unit == .day || unit == .month { return part(nth, unit, at: next + 1, limit: limit) }
        guard nth <= 5, day != nil || unit == .week || unit == .weekend,
            let whole = whole(at: skip(next + 1, .of.union(.in), .the, limit: limit), limit: limit),
            let span = whole.span, !span.isYearless, let first = span.first, let last = span.last,
            last.number - first.number < 400,
            last.number - first.number > 7
        else { return nil }
        let start = (day ?? (unit == .week ? 4 : 6))
        let found =
            nth > 0
            ? first + ((start - first.weekday + 7) % 7 + (nth - 1) * 7) : last + -((last.weekday - start + 7) % 7)
        let isRelative = span.isRelative
        if day != nil { return DateMatch(end: whole.end, span: .day(found, isRelative: isRelative)) }
        // a week belongs to the month that its Thursday is in
        guard unit == .week else {
            return DateMatch(end: whole.end, span: .days(found, found + 1, isRelative: isRelative))
        }
        if isGlue(whole.end, .on, limit: limit), let (day, end) = weekdayBehind(whole.end, limit: limit) {
            return DateMatch(end: end, span: .day(found.monday + (day - 1), isRelative: isRelative))
        }
        return DateMatch(end: whole.end, span: .week(of: found, isRelative: isRelative))
    }

    /// "the 15th day of next month", "the ninth month of 2019", behind the unit.
    private func part(_ nth: Int, _ unit: TimeUnit?, at k: Int, limit: Int) -> DateMatch? {
        guard let whole = whole(at: skip(k, .of.union(.in), .the, limit: limit), limit: limit),
            let span = whole.span, !span.isYearless, let first = span.first, let last = span.last
        else { return nil }
        let (year, month, _) = first.parts
        let isYear = last.number - first.number > 360
        guard unit == .month else {
            let found = first + (nth - 1)
            guard found <= last else { return nil }
            return DateMatch(end: whole.end, span: .day(found, isRelative: span.isRelative))
        }
        guard isYear, nth <= 12 else { return nil }
        return DateMatch(end: whole.end, span: .month(year, month + nth - 1, isRelative: span.isRelative))
    }

    /// The month, season or year of which one day or week is meant.
    private func whole(at k: Int, limit: Int) -> DateMatch? {
        guard k < limit else { return nil }
        if atoms[k].isDigits { return year(at: k, limit: limit) }
        if atoms[k].has(.month.union(.monthShort)) { return monthFirst(at: k, limit: limit) }
        if atoms[k].has(Self.pointing) { return pointed(at: k, limit: limit) }
        if atoms[k].has(.season) { return season(at: k, limit: limit) }
        guard let unit = unit(k, limit: limit), unit == .month || unit == .year, !isPlural(k), let anchor else {
            return nil
        }
        return DateMatch(end: k + 1, span: unit.around(anchor, 0))
    }
}
