import Text

/// Dates in digits: 2025-12-29, 29/12/2025, 29.12.2025, 20251229, 12/29.
extension DateFinder {
    func numeric(at k: Int, limit: Int) -> DateMatch? {
        if let compact = compact(at: k, limit: limit) { return compact }
        if let short = monthAndDay(at: k, limit: limit) { return short }
        guard k + 4 < limit, atoms[k + 1].kind == .mark, atoms[k + 3].kind == .mark,
            atoms[k + 3].lead == atoms[k + 1].lead, (k + 1...k + 4).allSatisfy({ !atoms[$0].isSpaced })
        else { return nil }
        let mark = atoms[k + 1]
        guard mark.isMark("-") || mark.isMark("/") || mark.isMark(".") else { return nil }
        guard !(k + 5 < limit && !atoms[k + 5].isSpaced && atoms[k + 5].isDigits) else { return nil }
        if let year = digits(k, width: 4...4), let day = digits(k + 4, width: 1...2),
            let month = digits(k + 2, width: 1...2) ?? monthNumber(k + 2)
        {
            return valid(year, month, day, end: k + 5, limit: limit)
        }
        guard let a = digits(k, width: 1...2), let year = digits(k + 4, width: 2...4) else { return nil }
        let full = year < 100 ? (year < 50 ? 2000 + year : 1900 + year) : year
        if let month = monthNumber(k + 2) { return valid(full, month, a, end: k + 5, limit: limit) }
        guard let b = digits(k + 2, width: 1...2), year >= 100 || !mark.isMark(".") else { return nil }
        // day first where the language or the dots say so, or where the month can't be first
        let isDayFirst = mark.isMark(".") || style.dayFirst || a > 12
        return isDayFirst && b <= 12
            ? valid(full, b, a, end: k + 5, limit: limit) : valid(full, a, b, end: k + 5, limit: limit)
    }

    private func valid(_ year: Int, _ month: Int, _ day: Int, end: Int, limit: Int) -> DateMatch? {
        guard CalendarDay.isValid(year, month, day) else { return nil }
        return timed(DateMatch(end: end, span: .day(CalendarDay(year, month, day))), limit: limit)
    }

    /// "20251229"
    private func compact(at k: Int, limit: Int) -> DateMatch? {
        guard let number = digits(k, width: 8...8), (19_000_101...20_991_231).contains(number) else { return nil }
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
        guard CalendarDay.isValid(year, month, day) else { return nil }
        return DateMatch(end: k + 1, span: .day(CalendarDay(year, month, day)))
    }

    /// "12/29" behind a word that a day follows, and "9/11", which is one day wherever it stands.
    private func monthAndDay(at k: Int, limit: Int, listed: Int = 0) -> DateMatch? {
        guard k + 2 < limit, isJoined(k + 1, "/", limit: limit), !atoms[k + 2].isSpaced,
            let a = digits(k, width: 1...2), let b = digits(k + 2, width: 1...2),
            !(k + 3 < limit && !atoms[k + 3].isSpaced && (atoms[k + 3].isMark("/") || atoms[k + 3].isMark("%"))),
            // "12/13 April" are two days
            !(k + 3 < limit && monthNumber(k + 3) != nil)
        else { return nil }
        // open day and night, which is no 24 July
        if a == 24, b == 7 { return nil }
        if a == 9, b == 11, !style.dayFirst {
            return DateMatch(end: k + 3, span: .day(CalendarDay(2001, 9, 11)))
        }
        let isDayFirst = a > 12 || (style.dayFirst && b <= 12)
        let (month, day) = isDayFirst ? (b, a) : (a, b)
        guard CalendarDay.isValid(2000, month, day), k > 0, atoms[k].sentence == atoms[k - 1].sentence else {
            return nil
        }
        let before = glue(k - 1, limit: k)
        let isExpected =
            !before.isDisjoint(with: [.on, .since, .until, .from, .between, .before, .after])
            || atoms[k - 1].has(.weekday.union(.weekdayShort).union(Self.pointing)) || (isDayFirst && a > 12)
            || k > 3 && isDash(k - 1) && atoms[k - 2].isDigits && atoms[k - 3].isMark("/")
            || listed < 8 && isListed(at: k, limit: limit, listed: listed)
        guard isExpected else { return nil }
        return timed(ofYear(month, day, at: k, end: k + 3, limit: limit), limit: limit)
    }

    /// "on 11/20, 11/22 or 11/25": whether such a day stands before it in a list.
    private func isListed(at k: Int, limit: Int, listed: Int) -> Bool {
        var before = k - 1
        if isGlue(before, [.or, .and], limit: k) { before -= 1 }
        if before > 0, atoms[before].isMark(",") { before -= 1 }
        guard before < k - 1, before >= 3, atoms[before].isDigits, atoms[before - 1].isMark("/") else { return false }
        return monthAndDay(at: before - 2, limit: limit, listed: listed + 1)?.end == before + 1
    }

    /// A day without its year.
    func ofYear(_ month: Int, _ day: Int, at k: Int, end: Int, limit: Int) -> DateMatch {
        let nearest = nearest(month, day, at: k, limit: limit)
        return DateMatch(end: end, span: nearest.map { .day($0, isRelative: true) })
    }
}
