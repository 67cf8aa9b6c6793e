import Text

/// Months, and the days in them.
extension DateFinder {
    func monthNumber(_ k: Int) -> Int? {
        guard atoms.indices.contains(k), atoms[k].isWord else { return nil }
        return lexicon.integer(atoms[k].hash, .month) ?? lexicon.integer(atoms[k].hash, .monthShort)
    }

    /// "December 29, 2025", "December 29 last year", "December the third", "December 2025", "in December"
    func monthFirst(at k: Int, limit: Int) -> DateMatch? {
        guard let month = monthNumber(k) else { return nil }
        var next = k + 1
        if next < limit, atoms[next].isMark("."), atoms[k].has(.monthShort) { next += 1 }
        // "Sep-23-2020"
        if isJoined(next, "-", limit: limit), let (day, end) = dayNumber(next + 1, limit: limit), day <= 31,
            isJoined(end, "-", limit: limit), let year = digits(end + 1, width: 4...4),
            CalendarDay.isValid(year, month, day)
        {
            return timed(DateMatch(end: end + 2, span: .day(CalendarDay(year, month, day))), limit: limit)
        }
        if let (day, end) = dayNumber(skip(next, .the, limit: limit), limit: limit), day <= 31,
            let match = dated(month, day, at: k, end: end, limit: limit)
        {
            return match
        }
        guard isMonthName(k) else { return nil }
        var yearAt = skip(next, .of, limit: limit)
        let isJoint = isJoined(yearAt, "-", limit: limit) || isJoined(yearAt, "/", limit: limit)
        if yearAt == next, yearAt < limit, atoms[yearAt].isMark(",") || isJoint { yearAt += 1 }
        if let (year, end, isRelative) = yearNumber(yearAt, limit: limit) {
            return DateMatch(end: end, span: .month(year, month, isRelative: isRelative))
        }
        return monthAlone(at: k, month, end: next, limit: limit)
    }

    private func isMonthName(_ k: Int) -> Bool {
        atoms[k].isCapital || style.smallMonths || atoms[k].has(.month) && !isGlue(k, .doubtful, limit: atoms.count)
    }

    /// A month without day and year: only where it can be nothing else.
    private func monthAlone(at k: Int, _ month: Int, end: Int, limit: Int) -> DateMatch? {
        let isName = atoms[k].has(.firstName) || atoms[k].has(.monthShort) || atoms[k].end - atoms[k].start <= 5
        let hasContext = k > 0 && (isGlue(k - 1, .dates, limit: k) || atoms[k - 1].has(Self.partial))
        let isFree = end >= atoms.count || !(atoms[end].isCapital && atoms[end].isSpaced)
        let stands = k > 0 && atoms[k - 1].isCapital && !atoms[k - 1].shape.contains(.opens)
        guard hasContext || (!isName && isFree && !stands && (atoms[k].isCapital || style.smallMonths)) else {
            return nil
        }
        return yearless(month: month, at: k, end: atoms[k].has(.month) ? k + 1 : end, limit: limit)
    }

    /// A month without its year.
    func yearless(month: Int, at k: Int, end: Int, limit: Int) -> DateMatch {
        let year = nearest(month, 15, at: k, limit: limit)?.parts.year
        return DateMatch(end: end, span: year.map { .month($0, month, isRelative: true) })
    }

    /// "27 July", "the 3rd of May 2019", "second of June", "5–6 September 2019"
    func dayMonth(at k: Int, limit: Int) -> DateMatch? {
        guard let (day, end) = dayNumber(k, limit: limit), (1...31).contains(day),
            k == 0 || !atoms[k - 1].isDigits || atoms[k].isSpaced
        else { return nil }
        if let days = dayToDay(day, joint: end, isBare: true, limit: limit) { return days }
        if let days = daysInRow(day, behind: end, limit: limit) { return days }
        var next = skip(end, .of, limit: limit)
        if isJoined(next, "-", limit: limit) { next += 1 }
        // "14 nov 2023": a short form in small letters is a month where a year follows
        guard next < limit, let month = monthNumber(next),
            isMonthName(next) || atoms[next].has(.month) || digits(next + 1, width: 4...4) != nil
        else { return nil }
        var after = next + 1
        if after + 1 < limit, atoms[after].isMark("."), atoms[next].has(.monthShort), !atoms[next].has(.month) {
            after += 1
        }
        return dated(month, day, at: k, end: after, limit: limit)
    }

    /// "5–6 September 2019", "ninth and seventeenth of April": the days from one to another of one month.
    ///
    /// Where the days stand on their own, "12 to 14 March" has to be told from a number: a month follows.
    func dayToDay(_ first: Int, joint: Int, _ roles: Glue = [], isBare: Bool = false, limit: Int) -> DateMatch? {
        let isJoint =
            joint + 1 < limit
            && (isDash(joint) || isJoined(joint, "/", limit: limit)
                || isGlue(joint, isBare ? roles.union(.to) : roles, limit: limit))
        guard isJoint else { return nil }
        let next = skip(joint + 1, .the, limit: limit)
        guard let (last, lastEnd) = dayNumber(next, limit: limit), last > first, (1...31).contains(last) else {
            return nil
        }
        let monthAt = skip(lastEnd, .of, limit: limit)
        guard let month = monthNumber(monthAt), CalendarDay.isValid(2000, month, first),
            let second = dated(month, last, at: monthAt, end: monthAt + 1, limit: limit), let day = second.day,
            let until = day.first
        else { return nil }
        return DateMatch(end: second.end, span: .days(until + (first - last), until, isRelative: day.isRelative))
    }

    /// "12 and 13 April 2018", "2, 3 and 4 May": days that follow each other are one stretch; of others the first day.
    private func daysInRow(_ first: Int, behind end: Int, limit: Int) -> DateMatch? {
        var days = [first]
        var next = end
        while next < limit, atoms[next].isMark(",") || isGlue(next, .and, limit: limit), days.count < 8 {
            var at = next + 1
            if atoms[next].isMark(","), isGlue(at, .and, limit: limit) { at += 1 }
            at = skip(at, .the, limit: limit)
            guard let (day, dayEnd) = dayNumber(at, limit: limit), (1...31).contains(day), day > days[days.count - 1]
            else { break }
            days.append(day)
            next = dayEnd
        }
        guard days.count > 1 else { return nil }
        let monthAt = skip(next, .of, limit: limit)
        guard monthAt < limit, let month = monthNumber(monthAt), isMonthName(monthAt) || atoms[monthAt].has(.month),
            let last = dated(month, days[days.count - 1], at: monthAt, end: monthAt + 1, limit: limit),
            let until = last.day?.first
        else { return nil }
        let isRelative = last.span?.isRelative ?? false
        if zip(days, days.dropFirst()).allSatisfy({ $1 == $0 + 1 }) {
            return DateMatch(
                end: last.end, span: .days(until + (1 - days.count), until, isRelative: isRelative))
        }
        return DateMatch(end: end, span: .day(until + (first - days[days.count - 1]), isRelative: isRelative))
    }

    /// A day and a month, with the year and the time that may follow.
    private func dated(_ month: Int, _ day: Int, at k: Int, end: Int, limit: Int) -> DateMatch? {
        var next = end
        if next < limit, atoms[next].isMark(",") { next += 1 }
        next = skip(next, .of.union(.in), limit: limit)
        if isJoined(next, "-", limit: limit) { next += 1 }
        // "29Mar22"
        if next == end, next < limit, !atoms[next].isSpaced, !atoms[next - 1].isSpaced,
            let short = digits(next, width: 2...2), CalendarDay.isValid(2000 + short, month, day)
        {
            return DateMatch(end: next + 1, span: .day(CalendarDay(2000 + short, month, day)))
        }
        if let (year, yearEnd, isRelative) = yearNumber(next, limit: limit) ?? spokenYear(end, limit: limit) {
            guard CalendarDay.isValid(year, month, day) else { return nil }
            let match = DateMatch(end: yearEnd, span: .day(CalendarDay(year, month, day), isRelative: isRelative))
            return timed(match, limit: limit)
        }
        guard CalendarDay.isValid(2000, month, day) else { return nil }
        // "Oct 26 15:50:06 2016", as logs write it
        if let (_, clockEnd) = clock(at: end, limit: limit),
            let (year, yearEnd, isRelative) = yearNumber(
                zone(clockEnd, limit: limit) == nil ? clockEnd : clockEnd + 1, limit: limit), !isRelative,
            CalendarDay.isValid(year, month, day)
        {
            var match = timed(DateMatch(end: end, span: .day(CalendarDay(year, month, day))), limit: limit)
            match.end = yearEnd
            return match
        }
        return timed(ofYear(month, day, at: k, end: end, limit: limit), limit: limit)
    }

    /// A day of a month: "29", "3rd", "third", "3." where ordinals have a dot.
    func dayNumber(_ k: Int, limit: Int) -> (day: Int, end: Int)? {
        guard k < limit else { return nil }
        if let day = digits(k, width: 1...2) {
            let next = k + 1
            guard next < limit, !atoms[next].isSpaced else { return (day, next) }
            if atoms[next].has(.ordinalSuffix) { return (day, next + 1) }
            if style.dotOrdinals, atoms[next].isMark("."), next + 1 < limit, monthNumber(next + 1) != nil {
                return (day, next + 1)
            }
            let isDecimal =
                next + 1 < limit && !atoms[next + 1].isSpaced && atoms[next + 1].isDigits
                && (atoms[next].isMark(".") || atoms[next].isMark(":"))
            let isGlued = atoms[next].isMark("%") || atoms[next].isWord && !atoms[next].has(.month.union(.monthShort))
            return isDecimal || isGlued ? nil : (day, next)
        }
        guard atoms[k].isWord, atoms[k].has(.ordinal.union(.ten)), let number = numbers.number(at: k, limit: limit),
            number.isOrdinal, number.value <= 31
        else { return nil }
        return (Int(number.value), number.end)
    }
}
