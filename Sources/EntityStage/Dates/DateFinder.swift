import StageKit
import Text

/// Reads the date, time or duration that begins at an atom.
struct DateFinder {
    let reading: Reading
    let numbers: NumberParser
    /// The day from which relative dates are reckoned.
    var anchor: CalendarDay?
    /// The day that the text told last, which "the next day" follows.
    var recent: CalendarDay?

    var atoms: [Atom] { reading.atoms }
    var lexicon: Lexicon { reading.lexicon }
    var style: MeasureStyle { reading.lexicon.style }

    init(reading: Reading, anchor: CalendarDay?) {
        self.reading = reading
        numbers = NumberParser(reading: reading)
        self.anchor = anchor
    }

    /// What may begin a date.
    static let openers: WordClass = [
        .month, .monthShort, .weekday, .weekdayShort, .season, .day, .daypart, .clock, .next, .last, .this, .early,
        .mid, .late, .later, .every, .frequency, .decade, .several, .small, .ten, .ordinal, .stop, .timeUnit, .holiday,
        .fraction, .era,
    ]

    /// The date that begins at `k`.
    func date(at k: Int, limit: Int) -> FoundMeasure? {
        if let same = sameDay(at: k, limit: limit) { return same }
        // most words that may open a date are small ones that do not
        let isSilent = atoms[k].isWord && atoms[k].classes.isSubset(of: Self.silent)
        if isSilent, !Self.isLettered(atoms[k]), glue(k, limit: limit).isEmpty { return nil }
        let match =
            lettered(at: k, limit: limit) ?? timeRange(at: k, limit: limit) ?? range(at: k, limit: limit) ?? single(
                at: k, limit: limit)
            ?? prefixed(at: k, limit: limit)
        guard let match, !isWaveband(match, limit: limit) else { return nil }
        var value = match.span?.value(anchor: anchor)
        if case .date(var date)? = value, match.kind == .date, k > 0, atoms[k - 1].isWord {
            // an open beginning or end
            let before = glue(k - 1, limit: k)
            if before.contains(.since) || before.contains(.after) { date.upper = "" }
            if before.contains(.until) || before.contains(.before) { date.lower = "" }
            value = .date(date)
        }
        return FoundMeasure(range: beginning(of: match, at: k)..<match.end, kind: match.kind, value: value)
    }

    /// Whether it may be a Roman number or the sign of a quarter.
    static func isLettered(_ atom: Atom) -> Bool {
        guard atom.isWord, atom.end - atom.start <= 6, atom.isCapital || atom.end - atom.start == 1 else {
            return false
        }
        switch atom.lead | 0x20 {
        case UInt8(ascii: "i"), UInt8(ascii: "v"), UInt8(ascii: "x"), UInt8(ascii: "q"): return true
        default: return false
        }
    }

    private static let silent: WordClass = [
        .stop, .common, .firstName, .surname, .locative, .inner, .particle, .beginsHedge,
    ]

    /// "the last decade": a date takes in the article before a word that points.
    private func beginning(of match: DateMatch, at k: Int) -> Int {
        guard k > 0, match.kind == .date, atoms[k].has(Self.articled), atoms[k - 1].sentence == atoms[k].sentence,
            isGlue(k - 1, .the, limit: k)
        else { return k }
        return k - 1
    }

    private static let articled: WordClass = [.last, .next, .early, .late, .mid, .decade]

    /// A date that is no range.
    func single(at k: Int, limit: Int) -> DateMatch? {
        guard k < limit else { return nil }
        let atom = atoms[k]
        if atom.isDigits {
            return listedDay(at: k, limit: limit) ?? timeOfDay(at: k, limit: limit) ?? numeric(at: k, limit: limit)
                ?? dayMonth(at: k, limit: limit)
                ?? counted(at: k, limit: limit) ?? nthOf(at: k, limit: limit) ?? ordinalPart(at: k, limit: limit)
                ?? year(at: k, limit: limit)
        }
        guard atom.isWord else { return apostropheDecade(at: k, limit: limit) }
        if atom.has(.era), let match = eraFirst(at: k, limit: limit) { return match }
        if atom.has(.weekday.union(.weekdayShort)), let match = weekday(at: k, limit: limit) { return match }
        if atom.has(.month.union(.monthShort)), let match = monthFirst(at: k, limit: limit) { return match }
        if atom.has(Self.partial), let match = part(at: k, limit: limit) { return match }
        if atom.has(.holiday), let match = holiday(at: k, limit: limit) { return match }
        if atom.has(Self.pointing), let match = nthOf(at: k, limit: limit) ?? pointed(at: k, limit: limit) {
            return match
        }
        if atom.has(.day), let match = namedDay(at: k, limit: limit) { return match }
        if atom.has(.season), let match = season(at: k, limit: limit) { return match }
        if atom.has(.clock), let match = noon(at: k, limit: limit) { return match }
        if atom.has(.every.union(.frequency)), let match = recurring(at: k, limit: limit) { return match }
        if atom.has(.decade), let match = wordDecade(at: k, limit: limit) { return match }
        if atom.has(.timeUnit), let match = unitFirst(at: k, limit: limit) { return match }
        if atom.has(.ordinal),
            let match = dayMonth(at: k, limit: limit) ?? nthOf(at: k, limit: limit) ?? ordinalPart(at: k, limit: limit)
        {
            return match
        }
        if atom.has(Self.numeral), let match = spokenTime(at: k, limit: limit) ?? yearWords(at: k, limit: limit) {
            return match
        }
        if atom.has(.stop), !isGlue(k, .article, limit: limit) { return nil }
        return counted(at: k, limit: limit)
    }

    static let pointing: WordClass = [.last, .next, .this]
    static let partial: WordClass = [.early, .mid, .late]
    static let numeral: WordClass = [.small, .ten, .fraction]

    // MARK: Looking at words

    func word(_ k: Int) -> String { reading.form(k..<k + 1) }

    /// What the word at `k` does between the parts of a date.
    func glue(_ k: Int, limit: Int) -> Glue {
        k >= 0 && k < limit && atoms[k].isWord ? lexicon.glue(atoms[k].hash) : []
    }

    func isGlue(_ k: Int, _ role: Glue, limit: Int) -> Bool { !glue(k, limit: limit).isDisjoint(with: role) }

    /// The end of a word or of several words with a role that begin at `k`: in, il y a.
    func gluePhrase(_ k: Int, _ role: Glue, limit: Int) -> Int? {
        guard k < limit, atoms[k].isWord else { return nil }
        if atoms[k].has(.beginsUnit) {
            var chain: UInt64 = 0
            for end in k..<min(k + 3, limit) where atoms[end].isWord {
                chain = Lexicon.chain(chain, atoms[end].hash)
                if end > k, !lexicon.glue(chain).isDisjoint(with: role) { return end + 1 }
            }
        }
        return isGlue(k, role, limit: limit) ? k + 1 : nil
    }

    /// Behind the words of these roles that stand at `k`, one of each at most.
    func skip(_ k: Int, _ roles: Glue..., limit: Int) -> Int {
        var k = k
        for role in roles where isGlue(k, role, limit: limit) { k += 1 }
        return k
    }

    /// Whether a mark stands at `k` without a blank before it.
    func isJoined(_ k: Int, _ mark: Unicode.Scalar, limit: Int) -> Bool {
        k < limit && atoms[k].isMark(mark) && !atoms[k].isSpaced
    }

    func isDash(_ k: Int) -> Bool {
        let atom = atoms[k]
        return atom.isMark("-") || atom.isMark("~") || reading.isUnicodeDash(atom)
    }

    /// The value of a run of digits whose count is in `width`, nine at most.
    func digits(_ k: Int, width: ClosedRange<Int>) -> Int? {
        guard atoms.indices.contains(k), atoms[k].isDigits, width.contains(Int(atoms[k].end - atoms[k].start)) else {
            return nil
        }
        var value = 0
        for byte in reading.bytes[Int(atoms[k].start)..<Int(atoms[k].end)] { value = value * 10 + Int(byte & 0x0F) }
        return value
    }

    func unit(_ k: Int, limit: Int) -> TimeUnit? {
        guard k < limit, atoms[k].isWord, let code = lexicon.integer(atoms[k].hash, .timeUnit) else { return nil }
        return TimeUnit(rawValue: code)
    }

    func isPlural(_ k: Int) -> Bool { reading.bytes[Int(atoms[k].end) - 1] | 0x20 == UInt8(ascii: "s") }
}
