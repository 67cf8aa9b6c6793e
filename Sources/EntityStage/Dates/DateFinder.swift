import StageKit

/// What a rule for dates found: where it ends, and what it means.
struct DateMatch {
    var end: Int
    var kind: Mention.Kind = .date
    /// Nil where the text does not tell.
    var span: DateSpan?
}

/// Reads the date, time or duration that begins at an atom.
struct DateFinder {
    let reading: Reading
    let numbers: NumberParser
    /// The day from which relative dates are reckoned.
    var anchor: CalendarDay?

    var atoms: [Atom] { reading.atoms }
    var lexicon: Lexicon { reading.lexicon }

    init(reading: Reading, anchor: CalendarDay?) {
        self.reading = reading
        numbers = NumberParser(reading: reading)
        self.anchor = anchor
    }

    /// What may begin a date.
    static let openers: WordClass = [
        .month, .monthShort, .weekday, .weekdayShort, .season, .day, .daypart, .clock, .next, .last, .this, .early,
        .mid, .late, .every, .frequency, .decade, .several, .small, .ten, .ordinal, .stop, .timeUnit,
    ]

    /// The date that begins at `k`.
    func date(at k: Int, limit: Int) -> FoundMeasure? {
        let match = range(at: k, limit: limit) ?? single(at: k, limit: limit)
        guard let match else { return nil }
        var value = match.span?.value(anchor: anchor)
        var start = k
        if case .date(var date)? = value, match.kind == .date, k > 0, atoms[k - 1].isWord {
            // an open beginning or end
            switch word(k - 1) {
            case "since": date.upper = ""
            case "until", "till", "before": date.lower = ""
            case "after": date.upper = ""
            default: break
            }
            value = .date(date)
        }
        if start > 0, match.kind == .date,
            atoms[start].has(.last.union(.next).union(.early).union(.late).union(.decade)),
            atoms[start - 1].sentence == atoms[start].sentence, word(start - 1) == "the"
        {
            start -= 1
        }
        return FoundMeasure(range: start..<match.end, kind: match.kind, value: value)
    }

    /// A date that is no range.
    func single(at k: Int, limit: Int) -> DateMatch? {
        let atom = atoms[k]
        if atom.isDigits {
            return clock(at: k, limit: limit) ?? numeric(at: k, limit: limit) ?? dayMonth(at: k, limit: limit)
                ?? counted(at: k, limit: limit) ?? century(at: k, limit: limit) ?? year(at: k, limit: limit)
        }
        guard atom.isWord else { return apostropheDecade(at: k, limit: limit) }
        if atom.has(.weekday.union(.weekdayShort)), let match = weekday(at: k, limit: limit) { return match }
        if atom.has(.month.union(.monthShort)), let match = monthFirst(at: k, limit: limit) { return match }
        if atom.has(.early.union(.mid).union(.late)), let match = part(at: k, limit: limit) { return match }
        if atom.has(.last.union(.next).union(.this)), let match = pointed(at: k, limit: limit) { return match }
        if atom.has(.day), let match = namedDay(at: k, limit: limit) { return match }
        if atom.has(.season), let match = season(at: k, limit: limit) { return match }
        if atom.has(.clock), let match = noon(at: k, limit: limit) { return match }
        if atom.has(.every.union(.frequency)), let match = recurring(at: k, limit: limit) { return match }
        if atom.has(.decade), let match = wordDecade(at: k, limit: limit) { return match }
        if atom.has(.ordinal), let match = dayMonth(at: k, limit: limit) ?? ordinalPart(at: k, limit: limit) {
            return match
        }
        if atom.has(.stop), let match = article(at: k, limit: limit) { return match }
        return counted(at: k, limit: limit)
    }

    func word(_ k: Int) -> String { reading.form(k..<k + 1) }

    func isWord(_ k: Int, _ wanted: String, limit: Int) -> Bool {
        k < limit && atoms[k].isWord && Int(atoms[k].end - atoms[k].start) == wanted.utf8.count && word(k) == wanted
    }

    /// The value of a run of digits of at most `width`.
    func digits(_ k: Int, width: ClosedRange<Int>) -> Int? {
        guard atoms.indices.contains(k), atoms[k].isDigits, width.contains(Int(atoms[k].end - atoms[k].start)) else {
            return nil
        }
        var value = 0
        for byte in reading.bytes[Int(atoms[k].start)..<Int(atoms[k].end)] { value = value * 10 + Int(byte & 0x0F) }
        return value
    }

    /// The day nearest to the document's among the three years around it.
    func nearest(_ month: Int, _ day: Int) -> CalendarDay? {
        guard let anchor else { return nil }
        let year = anchor.parts.year
        let candidates = [year - 1, year, year + 1].filter { CalendarDay.isValid($0, month, day) }
            .map { CalendarDay($0, month, day) }
        return candidates.min { Self.distance($0, anchor) < Self.distance($1, anchor) }
    }

    /// Days apart; what lies ahead counts for twice as far, since texts tell what has happened.
    private static func distance(_ day: CalendarDay, _ anchor: CalendarDay) -> Int {
        day <= anchor ? anchor.number - day.number : 2 * (day.number - anchor.number)
    }
}
