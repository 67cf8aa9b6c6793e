import Text

/// Whether a date without its year or week lies behind the document's day or ahead of it.
extension DateFinder {
    /// What the verbs around `k` speak of: the nearest before it tells, else the first behind it.
    func isAhead(at k: Int, limit: Int) -> Bool {
        var at = k - 1
        while at >= 0, at >= k - 10, atoms[at].sentence == atoms[k].sentence {
            if let ahead = verb(at) { return ahead }
            at -= 1
        }
        // "on Monday, members of the group that he founded will hold a rally": the verb behind "that" is not the sentence's
        var isAside = false
        for at in k + 1..<max(k + 1, min(limit, k + 20)) {
            if isGlue(at, .relative, limit: limit) { isAside = true }
            guard let ahead = verb(at) else { continue }
            if !ahead, isAside {
                isAside = isGlue(at + 1, .to, limit: limit)
                continue
            }
            if ahead || at < k + 12 { return ahead }
            return false
        }
        return false
    }

    /// True for a verb of what is to come, false for one of what has been.
    private func verb(_ k: Int) -> Bool? {
        guard atoms[k].isWord else { return nil }
        let role = lexicon.glue(atoms[k].hash)
        if role.contains(.future) { return true }
        // "is to run", "to be held"
        if role.contains(.present), isGlue(k + 1, .to, limit: atoms.count) { return true }
        if k > 0, atoms[k - 1].isWord, lexicon.glue(atoms[k - 1].hash).contains(.infinitive) { return true }
        if role.contains(.past) { return false }
        if style.noun == .plural, !style.smallMonths, !atoms[k].isCapital,
            reading.ends(atoms[k], in: "ed", longerThan: 4)
        {
            return false
        }
        return nil
    }

    /// A day of the year: the next one where the sentence looks ahead, else the nearest among three years.
    func nearest(_ month: Int, _ day: Int, at k: Int, limit: Int) -> CalendarDay? {
        guard let anchor else {
            return CalendarDay.isValid(2000, month, day) ? CalendarDay(DateSpan.unknownYear, month, day) : nil
        }
        let year = anchor.parts.year
        let days = (year - 1...year + 1).filter { CalendarDay.isValid($0, month, day) }.map {
            CalendarDay($0, month, day)
        }
        return nearest(of: days, at: k, limit: limit)
    }

    /// The next of several days where the sentence looks ahead, else the nearest.
    func nearest(of days: [CalendarDay], at k: Int, limit: Int) -> CalendarDay? {
        guard let anchor else { return nil }
        if isAhead(at: k, limit: limit), let next = days.filter({ $0 >= anchor }).min() { return next }
        return days.min { Self.distance($0, anchor) < Self.distance($1, anchor) }
    }

    /// Days apart; what lies ahead counts for twice as far, since texts tell what has happened.
    private static func distance(_ day: CalendarDay, _ anchor: CalendarDay) -> Int {
        day <= anchor ? anchor.number - day.number : 2 * (day.number - anchor.number)
    }
}
