import StageKit

extension DateFinder {
    // MARK: Digits: 2025-12-29, 29/12/2025, 29.12.2025

    func numeric(at k: Int, limit: Int) -> DateMatch? {
        guard k + 4 < limit || k + 4 == limit - 0, k + 4 < atoms.count, k + 4 < limit, atoms[k + 1].kind == .mark,
            atoms[k + 3].lead == atoms[k + 1].lead, atoms[k + 3].kind == .mark,
            (k + 1...k + 4).allSatisfy({ !atoms[$0].isSpaced })
        else { return nil }
        let mark = atoms[k + 1]
        guard mark.isMark("-") || mark.isMark("/") || mark.isMark(".") else { return nil }
        guard !(k + 5 < limit && !atoms[k + 5].isSpaced && atoms[k + 5].isDigits) else { return nil }
        if let year = digits(k, width: 4...4), let day = digits(k + 4, width: 1...2),
            let month = digits(k + 2, width: 1...2) ?? monthNumber(k + 2)
        {
            return valid(year, month, day, end: k + 5)
        }
        guard let a = digits(k, width: 1...2), let year = digits(k + 4, width: 2...4) else { return nil }
        let full = year < 100 ? (year < 50 ? 2000 + year : 1900 + year) : year
        if let month = monthNumber(k + 2) { return valid(full, month, a, end: k + 5) }
        guard let b = digits(k + 2, width: 1...2), year >= 100 || mark.isMark("/") || mark.isMark("-") else {
            return nil
        }
        // day first where the dots say so or the month can't be first
        if mark.isMark(".") || a > 12 { return valid(full, b, a, end: k + 5) }
        return valid(full, a, b, end: k + 5)
    }

    private func valid(_ year: Int, _ month: Int, _ day: Int, end: Int) -> DateMatch? {
        guard CalendarDay.isValid(year, month, day) else { return nil }
        return DateMatch(end: end, span: .day(CalendarDay(year, month, day)))
    }

    func monthNumber(_ k: Int) -> Int? {
        guard atoms.indices.contains(k), atoms[k].isWord else { return nil }
        return lexicon.integer(atoms[k].hash, .month) ?? lexicon.integer(atoms[k].hash, .monthShort)
    }

    // MARK: Months

    /// "December 29, 2025", "December 29 last year", "December 2025", "in December"
    func monthFirst(at k: Int, limit: Int) -> DateMatch? {
        guard let month = monthNumber(k) else { return nil }
        var next = k + 1
        if next < limit, atoms[next].isMark("."), atoms[k].has(.monthShort) { next += 1 }
        if let (day, end) = dayNumber(next, limit: limit), day <= 31, !isYearLike(next) {
            return dated(month, day, end: end, limit: limit)
        }
        guard atoms[k].isCapital else { return nil }
        var yearAt = next
        if isWord(yearAt, "of", limit: limit) { yearAt += 1 }
        if yearAt < limit, atoms[yearAt].isMark(","), yearAt == next { yearAt += 1 }
        if let (year, end, isRelative) = yearNumber(yearAt, limit: limit) {
            return DateMatch(end: end, span: .month(year, month, isRelative: isRelative))
        }
        return monthAlone(at: k, month, end: next)
    }

    /// A month without day and year: only where it can be nothing else.
    private func monthAlone(at k: Int, _ month: Int, end: Int) -> DateMatch? {
        let isName = atoms[k].has(.firstName) || atoms[k].has(.monthShort) || atoms[k].end - atoms[k].start <= 5
        let hasContext = k > 0 && atoms[k - 1].isWord && Self.before.contains(word(k - 1))
        let isFree = end >= atoms.count || !(atoms[end].isCapital && atoms[end].isSpaced)
        guard
            hasContext
                || (!isName && isFree && !(k > 0 && atoms[k - 1].isCapital && !atoms[k - 1].shape.contains(.opens)))
        else { return nil }
        let stop = atoms[k].has(.month) ? k + 1 : end
        guard let anchor else {
            return DateMatch(end: stop, span: DateSpan("XXXX-\(CalendarDay.pad(month, 2))"))
        }
        let year = nearest(month, 15)?.parts.year ?? anchor.parts.year
        return DateMatch(end: stop, span: .month(year, month, isRelative: true))
    }

    static let before: Set<String> = [
        "in", "since", "until", "till", "by", "from", "during", "of", "through", "early", "late", "mid", "last", "next",
        "this",
        "before", "after", "to", "between", "and", "for",
    ]

    /// "27 July", "the 3rd of May 2019", "second of June"
    func dayMonth(at k: Int, limit: Int) -> DateMatch? {
        guard let (day, end) = dayNumber(k, limit: limit), (1...31).contains(day),
            k == 0 || !atoms[k - 1].isDigits || atoms[k].isSpaced
        else { return nil }
        var next = end
        // "5–6 September 2019"
        if end + 1 < limit, isDash(end), let (last, lastEnd) = dayNumber(end + 1, limit: limit), last > day,
            let month = monthNumber(lastEnd), CalendarDay.isValid(2000, month, day),
            let second = dated(month, last, end: lastEnd + 1, limit: limit), let until = second.span?.first
        {
            let from = until + (day - last)
            return DateMatch(
                end: second.end, span: .days(from, until, isRelative: second.span?.isRelative ?? false))
        }
        if isWord(next, "of", limit: limit) { next += 1 }
        if next < limit, atoms[next].isMark("-"), !atoms[next].isSpaced { next += 1 }
        guard next < limit, let month = monthNumber(next), atoms[next].isCapital || atoms[next].has(.month) else {
            return nil
        }
        var after = next + 1
        if after < limit, atoms[after].isMark("."), atoms[next].has(.monthShort), !(isWord(next, "may", limit: limit)) {
            after += 1
        }
        return dated(month, day, end: after == next + 2 && after >= limit ? next + 1 : after, limit: limit)
    }

    /// A day and a month, with the year that may follow.
    private func dated(_ month: Int, _ day: Int, end: Int, limit: Int) -> DateMatch? {
        var next = end
        if next < limit, atoms[next].isMark(",") { next += 1 }
        if isWord(next, "of", limit: limit) || isWord(next, "in", limit: limit) { next += 1 }
        if next < limit, atoms[next].isMark("-"), !atoms[next].isSpaced { next += 1 }
        if let (year, yearEnd, isRelative) = yearNumber(next, limit: limit) {
            guard CalendarDay.isValid(year, month, day) else { return nil }
            return timed(
                DateMatch(end: yearEnd, span: .day(CalendarDay(year, month, day), isRelative: isRelative)), limit: limit
            )
        }
        guard CalendarDay.isValid(2000, month, day) else { return nil }
        guard let nearest = nearest(month, day) else {
            return DateMatch(
                end: end, span: DateSpan("XXXX-\(CalendarDay.pad(month, 2))-\(CalendarDay.pad(day, 2))"))
        }
        return timed(DateMatch(end: end, span: .day(nearest, isRelative: true)), limit: limit)
    }

    /// A day of a month: "29", "3rd", "third".
    func dayNumber(_ k: Int, limit: Int) -> (day: Int, end: Int)? {
        guard k < limit else { return nil }
        if let day = digits(k, width: 1...2) {
            let hasSuffix = k + 1 < limit && !atoms[k + 1].isSpaced && atoms[k + 1].has(.ordinalSuffix)
            let isDecimal =
                k + 2 < limit && (atoms[k + 1].isMark(".") || atoms[k + 1].isMark(":")) && !atoms[k + 1].isSpaced
                && atoms[k + 2].isDigits && !atoms[k + 2].isSpaced
            let isGlued =
                k + 1 < limit && !atoms[k + 1].isSpaced
                && (atoms[k + 1].isMark("%")
                    || atoms[k + 1].isWord && !hasSuffix && !atoms[k + 1].has(.month.union(.monthShort)))
            return isDecimal || isGlued ? nil : (day, hasSuffix ? k + 2 : k + 1)
        }
        guard atoms[k].isWord, atoms[k].has(.ordinal.union(.ten)), let number = numbers.number(at: k, limit: limit),
            number.isOrdinal,
            number.value <= 31
        else { return nil }
        return (Int(number.value), number.end)
    }

    // MARK: Years

    private func isYearLike(_ k: Int) -> Bool {
        atoms.indices.contains(k) && atoms[k].isDigits && atoms[k].end - atoms[k].start == 4
    }

    /// A year behind a month: "2025", "last year", "this year", "'25".
    func yearNumber(_ k: Int, limit: Int) -> (year: Int, end: Int, isRelative: Bool)? {
        guard k < limit else { return nil }
        if let year = digits(k, width: 4...4), (1000...2999).contains(year) { return (year, k + 1, false) }
        guard let anchor, k + 1 < limit, isWord(k + 1, "year", limit: limit) else { return nil }
        let now = anchor.parts.year
        if atoms[k].has(.last) { return (now - 1, k + 2, true) }
        if atoms[k].has(.next) { return (now + 1, k + 2, true) }
        if atoms[k].has(.this) { return (now, k + 2, true) }
        return nil
    }

    /// "2012", "2000 BCE", "1990s"
    func year(at k: Int, limit: Int) -> DateMatch? {
        let era = k + 1 < limit && atoms[k + 1].has(.eraBefore.union(.eraAfter)) && atoms[k + 1].isAcronym
        if era, let year = digits(k, width: 1...5) {
            let isBefore = atoms[k + 1].has(.eraBefore)
            return DateMatch(
                end: k + 2, span: isBefore ? DateSpan("-\(CalendarDay.pad(year, 4))") : DateSpan(String(year)))
        }
        guard let year = digits(k, width: 4...4), (1000...2100).contains(year),
            k == 0 || atoms[k].isSpaced || isOpener(atoms[k - 1])
        else { return nil }
        if k + 1 < limit, !atoms[k + 1].isSpaced, atoms[k + 1].isWord {
            return atoms[k + 1].end - atoms[k + 1].start == 1 && word(k + 1) == "s" && year % 10 == 0
                ? decade(year, end: k + 2) : nil
        }
        if k + 2 < limit, atoms[k + 1].isMark("-"), !atoms[k + 1].isSpaced, !atoms[k + 2].isSpaced,
            let month = digits(k + 2, width: 2...2), (1...12).contains(month), month <= year % 100
        {
            return DateMatch(end: k + 3, span: .month(year, month))
        }
        if k + 2 < limit, !atoms[k + 1].isSpaced, !atoms[k + 2].isSpaced, !atoms[k + 1].isMark("-"),
            atoms[k + 2].isDigits
        {
            return nil
        }
        if k + 2 < limit, year % 10 == 0, !atoms[k + 1].isSpaced, !atoms[k + 2].isSpaced, atoms[k + 2].isWord,
            atoms[k + 1].isMark("'") || atoms[k + 1].lead == 0xE2,
            word(k + 2) == "s", year % 100 == 0 || k > 0 && word(k - 1) == "the"
        {
            return decade(year, end: k + 3)
        }
        guard isYear(at: k, year, limit: limit) else { return nil }
        return DateMatch(end: k + 1, span: .year(year))
    }

    private func decade(_ year: Int, end: Int) -> DateMatch { DateMatch(end: end, span: .decade(year)) }

    private func isOpener(_ atom: Atom) -> Bool {
        atom.kind == .mark && !atom.isMark(".") && !atom.isMark(",") && !atom.isMark("$") && !atom.has(.currency)
    }

    /// Whether a number of four digits is meant for a year.
    private func isYear(at k: Int, _ year: Int, limit: Int) -> Bool {
        if k > 0, atoms[k - 1].sentence == atoms[k].sentence {
            let previous = atoms[k - 1]
            if previous.has(.currency) && previous.kind == .mark { return false }
            if previous.isWord, Self.before.contains(word(k - 1)) || word(k - 1) == "year",
                word(k - 1) != "of" || year >= 1500, word(k - 1) != "to" || year >= 1800
            {
                let counts = k + 1 < limit && !CountedNoun(reading: reading).noun(at: k + 1, limit: limit).isEmpty
                return !(counts && year < 1800)
            }
            if previous.isMark("(") || previous.isMark("/") { return true }
        }
        guard (1800...2100).contains(year) else { return false }
        guard k + 1 < limit else { return true }
        let next = atoms[k + 1]
        if k > 0, atoms[k - 1].has(.stop), Self.determiners.contains(word(k - 1)), year >= 1900 { return true }
        if next.has(.stop) { return true }
        if next.has(.unitOfMeasure.union(.percent).union(.currency).union(.timeUnit)) { return false }
        if next.kind == .mark { return !next.isMark("%") }
        if next.isCapital || next.has(.stop) { return true }
        return CountedNoun(reading: reading).noun(at: k + 1, limit: min(limit, k + 3)).isEmpty
    }

    private static let determiners: Set<String> = ["the", "this", "that", "its", "their", "our"]

    /// "'90s"
    func apostropheDecade(at k: Int, limit: Int) -> DateMatch? {
        let mark = atoms[k]
        guard k + 2 < limit, mark.isMark("'") || mark.lead == 0xE2, let year = digits(k + 1, width: 2...2),
            year % 10 == 0,
            !atoms[k + 1].isSpaced, !atoms[k + 2].isSpaced, isWord(k + 2, "s", limit: limit)
        else { return nil }
        return decade((year < 30 ? 2000 : 1900) + year, end: k + 3)
    }

    /// "the nineties"
    func wordDecade(at k: Int, limit: Int) -> DateMatch? {
        guard k > 0, let years = lexicon.integer(atoms[k].hash, .decade), Self.decadeWords.contains(word(k - 1)) else {
            return nil
        }
        return decade(1900 + years, end: k + 1)
    }

    private static let decadeWords: Set<String> = ["the", "early", "late", "mid"]

    /// "19th century", "the fifth century BC"
    func century(at k: Int, limit: Int) -> DateMatch? {
        guard let number = numbers.number(at: k, limit: limit), number.isOrdinal, (1...30).contains(number.value) else {
            return nil
        }
        var next = number.end
        if next + 1 < limit, atoms[next].isMark("-") { next += 1 }
        guard isWord(next, "century", limit: limit) || isWord(next, "centuries", limit: limit) else { return nil }
        let isBefore = next + 1 < limit && atoms[next + 1].has(.eraBefore) && atoms[next + 1].isAcronym
        if isBefore {
            return DateMatch(end: next + 2, span: DateSpan("-\(CalendarDay.pad(Int(number.value) - 1, 2))XX"))
        }
        return DateMatch(end: next + 1, span: .century(Int(number.value)))
    }

    /// "first quarter of 2017", "second half of 2019", and centuries in words
    func ordinalPart(at k: Int, limit: Int) -> DateMatch? {
        if let century = century(at: k, limit: limit) { return century }
        guard let nth = lexicon.integer(atoms[k].hash, .ordinal), k + 1 < limit else { return nil }
        let isQuarter = isWord(k + 1, "quarter", limit: limit) && nth <= 4
        guard isQuarter || (isWord(k + 1, "half", limit: limit) && nth <= 2) else { return nil }
        var next = k + 2
        if isWord(next, "of", limit: limit) { next += 1 }
        guard let (year, end, isRelative) = yearNumber(next, limit: limit) else { return nil }
        if isQuarter { return DateMatch(end: end, span: .quarter(nth, year, isRelative: isRelative)) }
        let first = CalendarDay(year, nth * 6 - 5, 1)
        return DateMatch(end: end, span: .days(first, CalendarDay(year, nth * 6 + 1, 1) + -1, isRelative: isRelative))
    }
}
