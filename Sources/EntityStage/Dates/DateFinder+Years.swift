import Text

/// Years, decades, centuries, and parts of years.
extension DateFinder {
    /// A year behind a month: "2025", "last year", "this year".
    func yearNumber(_ k: Int, limit: Int) -> (year: Int, end: Int, isRelative: Bool)? {
        guard k < limit else { return nil }
        if let year = digits(k, width: 4...4), (1000...2999).contains(year) { return (year, k + 1, false) }
        guard let anchor, k + 1 < limit, atoms[k].has(Self.pointing), unit(k + 1, limit: limit) == .year else {
            return nil
        }
        return (anchor.parts.year + step(k), k + 2, true)
    }

    /// A year in words: "nineteen ninety six", "seventeen hundred thirty three", "two thousand and fifteen".
    func spokenYear(_ k: Int, limit: Int) -> (year: Int, end: Int, isRelative: Bool)? {
        guard k < limit, atoms[k].has(.small.union(.ten)), let first = numbers.number(at: k, limit: limit),
            !first.isOrdinal, !first.isFraction, first.value == first.value.rounded()
        else { return nil }
        if (1100...2099).contains(first.value) { return (Int(first.value), first.end, false) }
        guard (13...20).contains(first.value), first.end == k + 1, first.end < limit,
            atoms[first.end].has(.small.union(.ten)), let rest = numbers.number(at: first.end, limit: limit),
            !rest.isOrdinal, (10...99).contains(rest.value), rest.scale == 1
        else { return nil }
        return (Int(first.value) * 100 + Int(rest.value), rest.end, false)
    }

    /// A year in words behind "in" or "since".
    func yearWords(at k: Int, limit: Int) -> DateMatch? {
        guard k > 0, atoms[k - 1].sentence == atoms[k].sentence, isGlue(k - 1, [.in, .since, .until], limit: k),
            let (year, end, _) = spokenYear(k, limit: limit),
            end >= limit || !atoms[end].isWord || atoms[end].has(.stop)
        else { return nil }
        return DateMatch(end: end, span: .year(year))
    }

    /// "2012", "2000 BCE", "1990s", "2019-05", "2017 Q1"
    func year(at k: Int, limit: Int) -> DateMatch? {
        if let before = era(k + 1, limit: limit), let year = digits(k, width: 1...5), year > 0 {
            return DateMatch(end: k + 2, span: Self.year(year, isBefore: before))
        }
        guard let year = digits(k, width: 4...4), (1000...2199).contains(year),
            k == 0 || atoms[k].isSpaced || isOpener(atoms[k - 1])
        else { return nil }
        if k + 1 < limit, !atoms[k + 1].isSpaced {
            if let decade = decadeSuffix(k + 1, limit: limit) {
                let isClear = decade == k + 2 || year % 100 == 0 || style.noun == .next || isGlue(k - 1, .the, limit: k)
                if year % 10 == 0, isClear { return DateMatch(end: decade, span: .decade(year)) }
                if decade == k + 2 { return nil }
            }
            if atoms[k + 1].isWord { return nil }
            if let month = yearAndMonth(year, at: k, limit: limit) { return month }
            // "2018/19"
            if k + 2 < limit, atoms[k + 1].isMark("/"), !atoms[k + 2].isSpaced,
                let short = digits(k + 2, width: 2...2), short == (year + 1) % 100
            {
                let (first, last) = (DateSpan.year(year), DateSpan.year(year + 1))
                return DateMatch(end: k + 3, span: DateSpan("\(first.iso)/\(last.iso)", first.first, last.last))
            }
            if k + 2 < limit, !atoms[k + 2].isSpaced, !isDash(k + 1), atoms[k + 2].isDigits { return nil }
        }
        if let (quarter, end) = quarterSign(k + 1, limit: limit) {
            return DateMatch(end: end, span: .quarter(quarter, year))
        }
        // "2017 April"
        if k + 1 < limit, atoms[k + 1].has(.month), atoms[k + 1].isSpaced, let month = monthNumber(k + 1),
            !(k + 2 < limit && atoms[k + 2].isDigits), k > 0, isGlue(k - 1, .in, limit: k)
        {
            return DateMatch(end: k + 2, span: .month(year, month))
        }
        guard isYear(at: k, year, limit: limit) else { return nil }
        return DateMatch(end: k + 1, span: .year(year))
    }

    /// "AD 79"
    func eraFirst(at k: Int, limit: Int) -> DateMatch? {
        guard era(k, limit: limit) == false, let year = digits(k + 1, width: 1...4), year > 0, k + 1 < limit,
            k + 2 >= limit || atoms[k + 2].isSpaced || !atoms[k + 2].isDigits
        else { return nil }
        return DateMatch(end: k + 2, span: Self.year(year, isBefore: false))
    }

    /// A year of an era as ISO 8601 counts it: the year before 1 is 0000, and 44 BC is -0043.
    private static func year(_ year: Int, isBefore: Bool) -> DateSpan {
        if !isBefore { return year >= 1000 ? .year(year) : DateSpan(CalendarDay.pad(year, 4)) }
        return DateSpan((year == 1 ? "" : "-") + CalendarDay.pad(year - 1, 4))
    }

    /// True for an era before ours, false for ours.
    private func era(_ k: Int, limit: Int) -> Bool? {
        guard k < limit, atoms[k].has(.era), atoms[k].isAcronym || atoms[k].shape.contains(.dotted) else { return nil }
        return lexicon.integer(atoms[k].hash, .era) == -1
    }

    /// The end of what makes a decade of a year: 1990s, 1990's, 1990er.
    private func decadeSuffix(_ k: Int, limit: Int) -> Int? {
        guard k < limit, !atoms[k].isSpaced else { return nil }
        if isGlue(k, .decadeSuffix, limit: limit) { return k + 1 }
        let isApostrophe = atoms[k].isMark("'") || atoms[k].kind == .mark && atoms[k].lead == 0xE2
        guard isApostrophe, k + 1 < limit, !atoms[k + 1].isSpaced, isGlue(k + 1, .decadeSuffix, limit: limit) else {
            return nil
        }
        return k + 2
    }

    /// "2019-05"
    private func yearAndMonth(_ year: Int, at k: Int, limit: Int) -> DateMatch? {
        guard k + 2 < limit, isJoined(k + 1, "-", limit: limit), !atoms[k + 2].isSpaced,
            let month = digits(k + 2, width: 2...2), (1...12).contains(month), month <= year % 100,
            !(k + 3 < limit && atoms[k + 3].isMark("-") && !atoms[k + 3].isSpaced)
        else { return nil }
        return DateMatch(end: k + 3, span: .month(year, month))
    }

    /// "Q1"
    func quarterSign(_ k: Int, limit: Int) -> (quarter: Int, end: Int)? {
        guard k + 1 < limit, atoms[k].isWord, atoms[k].end - atoms[k].start == 1, atoms[k].lead | 0x20 == 0x71,
            !atoms[k + 1].isSpaced, let quarter = digits(k + 1, width: 1...1), (1...4).contains(quarter)
        else { return nil }
        return (quarter, k + 2)
    }

    private func isOpener(_ atom: Atom) -> Bool {
        atom.kind == .mark && !atom.isMark(".") && !atom.isMark(",") && !atom.has(.currency)
    }

    /// Whether a number of four digits is meant for a year.
    private func isYear(at k: Int, _ year: Int, limit: Int) -> Bool {
        let noun = CountedNoun(reading: reading)
        if k > 0, atoms[k - 1].sentence == atoms[k].sentence {
            let previous = atoms[k - 1]
            if previous.has(.currency) && previous.kind == .mark { return false }
            let role = glue(k - 1, limit: k)
            if unit(k - 1, limit: k) == .year { return true }
            if role.contains(.dates), !role.contains(.of) || year >= 1500, !role.contains(.to) || year >= 1800 {
                return !(year < 1800 && k + 1 < limit && !noun.noun(at: k + 1, limit: limit).isEmpty)
            }
            if previous.isMark("(") || previous.isMark("/") {
                return !(k + 1 < limit && (atoms[k + 1].has(.timeUnit) || atoms[k + 1].has(.unitOfMeasure)))
            }
        }
        guard (1800...2100).contains(year) else { return false }
        guard k + 1 < limit else { return true }
        let next = atoms[k + 1]
        // "2000 year old tradition", "1900 km"
        if next.has(.timeUnit) || next.isWord && !next.has(.stop) && next.has(Self.measures) { return false }
        if k > 0, atoms[k - 1].has(.stop), isGlue(k - 1, [.the, .article], limit: k), year >= 1900 { return true }
        if next.has(.stop) { return true }
        if next.kind == .mark { return !next.isMark("%") }
        if next.isCapital { return true }
        return style.noun == .next || noun.noun(at: k + 1, limit: min(limit, k + 3)).isEmpty
    }

    private static let measures: WordClass = [.unitOfMeasure, .percent, .currency]

    /// "'90s"
    func apostropheDecade(at k: Int, limit: Int) -> DateMatch? {
        let mark = atoms[k]
        guard k + 2 < limit, mark.isMark("'") || mark.lead == 0xE2, let year = digits(k + 1, width: 2...2),
            year % 10 == 0, !atoms[k + 1].isSpaced, let end = decadeSuffix(k + 2, limit: limit)
        else { return nil }
        return DateMatch(end: end, span: .decade((year < 30 ? 2000 : 1900) + year))
    }

    /// "the nineties"
    func wordDecade(at k: Int, limit: Int) -> DateMatch? {
        guard k > 0, let years = lexicon.integer(atoms[k].hash, .decade),
            isGlue(k - 1, .the, limit: k)
                || atoms[k - 1].has(Self.partial) && !(k > 1 && Self.possessives.contains(atoms[k - 2].hash))
        else { return nil }
        return DateMatch(end: k + 1, span: .decade(1900 + years))
    }

    /// "19th century", "the fifth century BC", "19. Jahrhundert"
    func century(at k: Int, limit: Int) -> DateMatch? {
        guard let number = numbers.number(at: k, limit: limit), (1...30).contains(number.value) else { return nil }
        var next = number.end
        let isDotted = style.dotOrdinals && isJoined(next, ".", limit: limit)
        guard number.isOrdinal || isDotted else { return nil }
        if isDotted { next += 1 }
        if next + 1 < limit, atoms[next].isMark("-") { next += 1 }
        guard unit(next, limit: limit) == .century else { return nil }
        return century(Int(number.value), end: next + 1, limit: limit)
    }

    private func century(_ number: Int, end: Int, limit: Int) -> DateMatch {
        if era(end, limit: limit) == true {
            // the fifth century before ours is 500 BC to 401 BC
            let first = Self.year(number * 100, isBefore: true).iso
            let last = Self.year(number * 100 - 99, isBefore: true).iso
            return DateMatch(end: end + 1, span: DateSpan("\(first)/\(last)"))
        }
        return DateMatch(end: end, span: .century(number))
    }

    /// "siglo XIX", "décennie 1990", "années 1990", and a pointer behind the unit: "la semaine dernière".
    func unitFirst(at k: Int, limit: Int) -> DateMatch? {
        guard let unit = unit(k, limit: limit), k + 1 < limit else { return nil }
        if unit == .century, let number = roman(k + 1) { return century(number, end: k + 2, limit: limit) }
        // "week 27 of 2018"; without a year it is a week of anything
        if unit == .week, let week = digits(k + 1, width: 1...2), (1...53).contains(week),
            isGlue(k + 2, .of, limit: limit),
            let (year, end, isRelative) = yearNumber(skip(k + 2, .of, .the, limit: limit), limit: limit)
        {
            return DateMatch(end: end, span: .week(week, of: year, isRelative: isRelative))
        }
        let next = skip(k + 1, .of, limit: limit)
        if unit == .decade || unit == .year && isPlural(k) && style.pointersFollow,
            let year = digits(next, width: 4...4) ?? digits(next, width: 2...2), year % 10 == 0
        {
            return DateMatch(end: next + 1, span: .decade(year < 100 ? 1900 + year : year))
        }
        guard style.pointersFollow, atoms[k + 1].has(.last.union(.next)), unit != .day else { return nil }
        return DateMatch(end: k + 2, span: anchor.flatMap { unit.around($0, step(k + 1)) })
    }

    /// "XIXe siècle", "XIX. yüzyıl"
    func romanCentury(at k: Int, limit: Int) -> DateMatch? {
        guard let number = roman(k) else { return nil }
        var next = k + 1
        if isJoined(next, ".", limit: limit) { next += 1 }
        guard unit(next, limit: limit) == .century else { return nil }
        return century(number, end: next + 1, limit: limit)
    }

    /// A number to thirty-nine in Roman capitals; small letters behind it are an ending: XIXe.
    private func roman(_ k: Int) -> Int? {
        guard k < atoms.count, atoms[k].isWord, atoms[k].isCapital, atoms[k].end - atoms[k].start <= 9 else {
            return nil
        }
        var value = 0
        var previous = 0
        for byte in reading.bytes[Int(atoms[k].start)..<Int(atoms[k].end)] where byte & 0x20 == 0 {
            let digit: Int
            switch byte {
            case UInt8(ascii: "I"): digit = 1
            case UInt8(ascii: "V"): digit = 5
            case UInt8(ascii: "X"): digit = 10
            default: return nil
            }
            value += digit > previous ? digit - 2 * previous : digit
            previous = digit
        }
        return (1...39).contains(value) ? value : nil
    }

    /// "the year"
    private func theYear(_ k: Int, _ limit: Int) -> (year: Int, end: Int, isRelative: Bool)? {
        guard let anchor, isGlue(k, .the, limit: limit), unit(k + 1, limit: limit) == .year else { return nil }
        return (anchor.parts.year, k + 2, true)
    }

    /// "first quarter of 2017", "second half of 2019", and centuries in words
    func ordinalPart(at k: Int, limit: Int) -> DateMatch? {
        if let century = century(at: k, limit: limit) { return century }
        guard let number = numbers.number(at: k, limit: limit), number.isOrdinal, (1...4).contains(number.value),
            number.end < limit
        else { return nil }
        let nth = Int(number.value)
        let isQuarter = unit(number.end, limit: limit) == .quarter
        let isHalf = lexicon.value(atoms[number.end].hash, .fraction) == 2 && nth <= 2
        let yearAt = skip(number.end + 1, .of, limit: limit)
        guard isQuarter || isHalf,
            let (year, end, isRelative) = yearNumber(yearAt, limit: limit) ?? theYear(yearAt, limit)
        else { return nil }
        if isQuarter { return DateMatch(end: end, span: .quarter(nth, year, isRelative: isRelative)) }
        let first = CalendarDay(year, nth * 6 - 5, 1)
        return DateMatch(end: end, span: .days(first, CalendarDay(year, nth * 6 + 1, 1) + -1, isRelative: isRelative))
    }
}
