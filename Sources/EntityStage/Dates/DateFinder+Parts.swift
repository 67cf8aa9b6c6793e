import Text

/// Parts of a date: early, mid, late, the end of.
extension DateFinder {
    /// "early June", "mid-2019", "late last year", "early 1990s", "the end of the month", "later this week"
    func part(at k: Int, limit: Int) -> DateMatch? {
        var next = k + 1
        if next < limit, atoms[next].isMark("-"), !atoms[next].isSpaced { next += 1 }
        let of = isGlue(next, .of.union(.in), limit: limit)
        // "start June" is no date
        guard of || !isGlue(k, .begin.union(.end), limit: limit) || style.noun != .plural else { return nil }
        // "in his late fifties" is an age
        if k > 0, atoms[k - 1].isWord, Self.possessives.contains(atoms[k - 1].hash) { return nil }
        next = skip(next, .of.union(.in), .the, limit: limit)
        guard next < limit, !atoms[next].has(Self.partial) else { return nil }
        guard let match = whole(at: next, mayBeUnit: of, limit: limit) else { return nil }
        guard var span = match.span, let first = span.first, let last = span.last, last > first else { return match }
        let third = atoms[k].has(.early) ? 0 : atoms[k].has(.mid) ? 1 : 2
        let length = last.number - first.number + 1
        span.first = first + length * third / 3
        span.last = first + (length * (third + 1) / 3 - 1)
        return DateMatch(end: match.end, span: span)
    }

    static let possessives = Set(["his", "her", "their", "my", "your", "our"].map(SmallWord.hash))

    /// The date of which a part is meant.
    private func whole(at k: Int, mayBeUnit: Bool, limit: Int) -> DateMatch? {
        let atom = atoms[k]
        if atom.isDigits {
            if let year = digits(k, width: 4...4), (1000...2100).contains(year), k + 1 >= limit || atoms[k + 1].isSpaced
            {
                return DateMatch(end: k + 1, span: .year(year))
            }
            return numeric(at: k, limit: limit) ?? century(at: k, limit: limit) ?? year(at: k, limit: limit)
        }
        if atom.has(.month.union(.monthShort)), atom.isCapital || style.smallMonths {
            return monthFirst(at: k, limit: limit)
        }
        if atom.has(Self.pointing) { return pointed(at: k, limit: limit) }
        if atom.has(.decade) { return wordDecade(at: k, limit: limit) }
        if atom.has(.ordinal) { return ordinalPart(at: k, limit: limit) }
        if atom.has(.season) { return season(at: k, limit: limit) }
        if mayBeUnit, let unit = unit(k, limit: limit), [.week, .month, .year].contains(unit), !isPlural(k) {
            return DateMatch(end: k + 1, span: anchor.flatMap { unit.around($0, 0) })
        }
        if atom.has(.timeUnit) { return unitFirst(at: k, limit: limit) }
        return nil
    }
}
