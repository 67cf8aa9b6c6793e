import Text

/// Whether a date without its year or week lies behind the document's day or ahead of it.
extension DateFinder {
    /// What the verbs around `k` speak of: the nearest before it tells, else the first behind it.
    func isAhead(at k: Int, limit: Int) -> Bool { direction(at: k, limit: limit) ?? false }

    /// Whether the verbs around `k` speak of what is to come; nil where none does.
    private func direction(at k: Int, limit: Int) -> Bool? {
        if let ahead = beside(k) { return ahead }
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
            return nil
        }
        return nil
    }

    /// What the words right before a date tell: "since Monday" has been, "starting Monday" and "is on Monday" are to come.
    private func beside(_ k: Int) -> Bool? {
        guard k > 0, atoms[k - 1].sentence == atoms[k].sentence, atoms[k - 1].isWord else { return nil }
        if isGlue(k - 1, .since, limit: k) { return false }
        if isGlue(k - 1, .starting, limit: k) { return true }
        let verb = isGlue(k - 1, [.on, .in, .at], limit: k) ? k - 2 : k - 1
        guard verb >= 0, atoms[verb].sentence == atoms[k].sentence, atoms[verb].isWord else { return nil }
        // "it is Monday" tells of the day itself
        if verb > 0, Self.itself.contains(atoms[verb - 1].hash) { return nil }
        return isGlue(verb, .present.union(.opening), limit: k) ? true : nil
    }

    private static let itself = Set(["it", "today", "this", "that", "here", "now"].map(SmallWord.hash))

    /// True for a verb of what is to come, false for one of what has been.
    private func verb(_ k: Int) -> Bool? {
        guard atoms[k].isWord else { return nil }
        let role = lexicon.glue(atoms[k].hash)
        if role.contains(.future) { return true }
        // "would fly", "would have flown"
        if role.contains(.conditional) { return isHaving(k + 1) ? nil : true }
        // "hopes to return", "had hoped to return"
        if role.contains(.intending), isGlue(k + 1, .to, limit: atoms.count) { return !(k > 0 && isHaving(k - 1)) }
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

    private func isHaving(_ k: Int) -> Bool {
        atoms.indices.contains(k) && Self.having.contains(atoms[k].hash)
    }

    private static let having = Set(["have", "had", "has"].map(SmallWord.hash))

    /// The year of a month without one: the next such month where the sentence looks ahead, else the nearest.
    func year(ofMonth month: Int, at k: Int, limit: Int) -> Int? {
        guard let anchor else { return nearest(month, 15, at: k, limit: limit)?.parts.year }
        let (year, own, _) = anchor.parts
        switch direction(at: k, limit: limit) {
        case true?: return month >= own ? year : year + 1
        case false? where hasBeen(at: k): return month <= own ? year : year - 1
        default: return nearest(month, 15, at: k, limit: limit)?.parts.year
        }
    }

    /// Whether what is told right before a date has been: a verb of the past with no verb of saying, no comma and no "that"
    /// in between.
    private func hasBeen(at k: Int) -> Bool {
        var at = k - 1
        while at >= 0, at >= k - 6, atoms[at].sentence == atoms[k].sentence, atoms[at].kind != .mark {
            if atoms[at].has(.speech) || isGlue(at, .relative, limit: k) { return false }
            if let ahead = verb(at) { return !ahead }
            at -= 1
        }
        return false
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
