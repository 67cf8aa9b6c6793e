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
        if let days = daysBehind(month, at: k, first: next, limit: limit) { return days.match(at: next) }
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

    /// Days that follow the name of their month: "March 7, 9 and 12".
    private struct DayList {
        /// Each day with where it stands and ends.
        var days: [(day: Int, start: Int, end: Int)]
        let month: Int
        let year: Int
        let isRelative: Bool
        /// Where the year ends that is told behind the list; the end of the last day where none is.
        let end: Int

        /// The date of the day that begins at `k`; all days where they follow each other and `k` is the first of them.
        func match(at k: Int) -> DateMatch? {
            guard let n = days.firstIndex(where: { $0.start == k }) else { return nil }
            let isRow = zip(days, days.dropFirst()).allSatisfy { $1.day == $0.day + 1 }
            if isRow {
                guard n == 0 else { return nil }
                let first = CalendarDay(year, month, days[0].day)
                return DateMatch(
                    end: end, span: .days(first, first + (days.count - 1), isRelative: isRelative))
            }
            return DateMatch(
                end: n == days.count - 1 ? end : days[n].end,
                span: .day(CalendarDay(year, month, days[n].day), isRelative: isRelative))
        }
    }

    /// The days behind the month at `k`, the first of them at `first`; nil for fewer than two. The last one ends what is
    /// said, or a year or a small word follows: in "March 7 and 9 boats" nine boats are counted.
    private func daysBehind(_ month: Int, at k: Int, first: Int, limit: Int) -> DayList? {
        var days: [(day: Int, start: Int, end: Int)] = []
        var next = first
        var isClosed = false
        while days.count < 8, let (day, end) = dayNumber(next, limit: limit), day > days.last?.day ?? 0, day <= 31,
            digits(next, width: 1...2) != nil
        {
            days.append((day, next, end))
            guard end < limit, !isClosed else { break }
            var at = end
            if atoms[at].isMark(",") { at += 1 }
            if isGlue(at, .and, limit: limit) {
                at += 1
                isClosed = true
            }
            guard at > end else { break }
            next = at
        }
        guard days.count > 1, isClosed, let last = days.last, CalendarDay.isValid(2000, month, last.day) else {
            return nil
        }
        var yearAt = last.end
        if yearAt < limit, atoms[yearAt].isMark(",") { yearAt += 1 }
        if let (year, end, isRelative) = yearNumber(yearAt, limit: limit), CalendarDay.isValid(year, month, last.day) {
            return DayList(days: days, month: month, year: year, isRelative: isRelative, end: end)
        }
        guard last.end >= limit || isEndOfDays(last.end),
            let year = nearest(month, days[0].day, at: k, limit: limit)?.parts.year,
            CalendarDay.isValid(year, month, last.day)
        else { return nil }
        return DayList(days: days, month: month, year: year, isRelative: true, end: last.end)
    }

    /// Whether the word or mark at `k` may stand behind a list of days.
    private func isEndOfDays(_ k: Int) -> Bool {
        let atom = atoms[k]
        if atom.kind == .mark {
            return [",", ".", ";", ":", ")", "?", "!"].contains { atom.isMark($0) } || isDash(k) && atom.isSpaced
        }
        return atom.has(.stop) && !isGlue(k, [.of, .and, .or, .to], limit: atoms.count)
            && !Self.counting.contains(atom.hash)
    }

    private static let counting = Set(["more", "most", "less", "fewer", "many", "much", "per"].map(SmallWord.hash))

    /// The date of the day at `k` that stands behind others of its month: "9" and "12" in "March 7, 9 and 12".
    func listedDay(at k: Int, limit: Int) -> DateMatch? {
        guard digits(k, width: 1...2) != nil else { return nil }
        var first = k
        while k - first < 24 {
            var at = first - 1
            guard at > 0 else { return nil }
            if isGlue(at, .and, limit: limit) { at -= 1 }
            if at > 0, atoms[at].isMark(",") { at -= 1 }
            guard at > 0, at < first - 1, digits(at, width: 1...2) != nil else { break }
            first = at
        }
        guard first < k else { return nil }
        let monthAt = atoms[first - 1].isMark(".") ? first - 2 : first - 1
        guard monthAt >= 0, atoms[monthAt].sentence == atoms[k].sentence, let month = monthNumber(monthAt) else {
            return nil
        }
        return daysBehind(month, at: monthAt, first: first, limit: limit)?.match(at: k)
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
        let year = year(ofMonth: month, at: k, limit: limit)
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
