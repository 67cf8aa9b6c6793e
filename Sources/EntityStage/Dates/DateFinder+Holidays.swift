import Text

/// Days of the year by name.
extension DateFinder {
    /// The longest name of a holiday at `k`.
    func holiday(named k: Int, limit: Int) -> (end: Int, holiday: Holiday)? {
        var chain: UInt64 = 0
        var best: (end: Int, holiday: Holiday)?
        var end = k
        while end < min(k + 10, limit) {
            if atoms[end].kind == .mark {
                guard !atoms[end].isSpaced || atoms[end].isMark("'") else { break }
                end += 1
                continue
            }
            chain = Lexicon.chain(chain, atoms[end].hash)
            end += 1
            if let holiday = lexicon.holiday(chain) { best = (end, holiday) }
        }
        return best
    }

    /// "Christmas", "Easter 2018", "Thanksgiving"
    func holiday(at k: Int, limit: Int) -> DateMatch? {
        guard let (end, holiday) = holiday(named: k, limit: limit) else { return nil }
        var yearAt = skip(end, .of.union(.in), limit: limit)
        if yearAt == end, end < limit, atoms[end].isMark(",") { yearAt += 1 }
        if let (year, yearEnd, isRelative) = yearNumber(yearAt, limit: limit), !holiday.isOnce {
            return DateMatch(end: yearEnd, span: .day(holiday.day(in: year), isRelative: isRelative))
        }
        // small letters make it a common word, unless it is one that has no other meaning
        let isPhrase = end > k + 1
        guard
            atoms[k].isCapital || isPhrase && style.smallMonths
                || k > 0 && isGlue(k - 1, [.on, .after, .before, .at], limit: k)
        else { return nil }
        // "Johnnie Christmas", "Christmas Island"
        if k > 0, atoms[k - 1].isCapital, atoms[k - 1].sentence == atoms[k].sentence, atoms[k].isSpaced,
            !atoms[k - 1].has(.common.union(.stop).union(Self.pointing))
        {
            return nil
        }
        if end < limit, atoms[end].isCapital, atoms[end].isSpaced, !atoms[end].has(.daypart.union(.day)) { return nil }
        if holiday.isOnce { return DateMatch(end: end, span: .day(holiday.day(in: 0))) }
        guard let anchor else {
            let day = holiday.monthAndDay.map { CalendarDay(DateSpan.unknownYear, $0.month, $0.day) }
            return DateMatch(end: end, span: day.map { .day($0, isRelative: true) })
        }
        let year = anchor.parts.year
        guard let day = nearest(of: (year - 1...year + 1).map { holiday.day(in: $0) }, at: k, limit: limit) else {
            return nil
        }
        return timed(withDaypart(DateMatch(end: end, span: .day(day, isRelative: true)), limit: limit), limit: limit)
    }

    /// "last Easter", "next Christmas", "this Thanksgiving"
    func pointed(_ holiday: Holiday, _ step: Int, end: Int) -> DateMatch {
        guard let anchor else { return DateMatch(end: end, span: nil) }
        let year = anchor.parts.year
        let days = (year - 1...year + 1).map { holiday.day(in: $0) }
        let found =
            step < 0 ? days.last { $0 < anchor } : step > 0 ? days.first { $0 > anchor } : holiday.day(in: year)
        return DateMatch(end: end, span: found.map { .day($0, isRelative: true) })
    }
}
