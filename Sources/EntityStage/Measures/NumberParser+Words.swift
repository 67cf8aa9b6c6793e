import Text

/// Numbers in words.
extension NumberParser {
    func words(at start: Int, limit: Int) -> ParsedNumber? {
        if let article = article(at: start, limit: limit) { return article }
        var sum = WordSum(style: lexicon.style)
        var k = start
        while k < limit {
            let at = sum.isEmpty ? k : behindJoint(k, sum.last, limit: limit)
            guard at < limit, atoms[at].isWord else { break }
            let atom = atoms[at]
            if atom.has(.small), let value = lexicon.value(atom.hash, .small), sum.add(small: value) {
            } else if atom.has(.ten), let value = lexicon.value(atom.hash, .ten), sum.add(ten: value) {
            } else if atom.has(.hundred), let value = lexicon.value(atom.hash, .hundred),
                sum.add(hundred: value, mayBeBare: isBareHundred(at, limit: limit))
            {
            } else if atom.has(.scale), let value = lexicon.value(atom.hash, .scale), sum.add(scale: value) {
            } else if atom.has(.dozen.union(.pluralScale)), factor(atom) == 12, sum.addDozen() {
            } else if atom.has(.ordinal), let value = lexicon.value(atom.hash, .ordinal) {
                return ordinal(at: at, value, sum, end: k)
            } else if atom.has(.fraction), !sum.isEmpty, let below = lexicon.value(atom.hash, .fraction),
                atom.has(.plural) || isPlural(atom) || sum.total == 1
            {
                return ParsedNumber(end: at + 1, value: sum.total / below, isDigits: false, isFraction: true)
            } else {
                break
            }
            k = at + 1
        }
        guard !sum.isEmpty else { return nil }
        // "one twenty-fifth"
        if sum.total == 1, k == start + 1, k < limit, atoms[k].has(.ten), let below = words(at: k, limit: limit),
            below.isOrdinal
        {
            return ParsedNumber(end: below.end, value: 1 / below.value, isDigits: false, isFraction: true)
        }
        return ParsedNumber(end: k, value: sum.total, isDigits: false, scale: sum.scale)
    }

    /// Whether a hundred needs no "one" before it: "hundred thousand", and always in languages that write it so.
    func isBareHundred(_ k: Int, limit: Int) -> Bool {
        lexicon.style.bareHundreds || k + 1 < limit && atoms[k + 1].has(.scale)
    }

    /// Behind the hyphen or the "and" that a number goes on with.
    func behindJoint(_ k: Int, _ last: WordSum.Last, limit: Int) -> Int {
        // "fifty-two", and "fifty - two" where words were cut apart
        if atoms[k].isMark("-"), k + 1 < limit, atoms[k].isSpaced == atoms[k + 1].isSpaced,
            !atoms[k].isSpaced || atoms[k + 1].has(last == .ten ? .small : .fraction)
        {
            return k + 1
        }
        guard isGlue(k, .and, limit: limit), k + 1 < limit, !isArticle(k + 1),
            !isFractionNext(k + 2, limit: limit)
        else { return k }
        let isBehindScale = last == .hundred || last == .scale
        if isBehindScale, atoms[k + 1].has(.small.union(.ten).union(.ordinal)) { return k + 1 }
        // treinta y cinco, vingt et un
        return last == .ten && lexicon.style.bareHundreds && atoms[k + 1].has(.small) ? k + 1 : k
    }

    func isFractionNext(_ k: Int, limit: Int) -> Bool {
        k < limit && atoms[k].isWord && atoms[k].has(.fraction) && (isPlural(atoms[k]) || !atoms[k].has(.ordinal))
    }

    func isPlural(_ atom: Atom) -> Bool { reading.bytes[Int(atom.end) - 1] | 0x20 == UInt8(ascii: "s") }

    func isArticle(_ k: Int) -> Bool {
        let atom = atoms[k]
        return atom.isWord && atom.end - atom.start <= 4 && lexicon.glue(atom.hash).contains(.article)
    }

    /// "a hundred", "a dozen", "half a million", "half", "a quarter of".
    func article(at start: Int, limit: Int) -> ParsedNumber? {
        let atom = atoms[start]
        if atom.has(.fraction), !atom.has(.ordinal) {
            let isHalf = lexicon.value(atom.hash, .fraction) == 2
            let isQuarter = lexicon.value(atom.hash, .fraction) == 4
            guard !isPlural(atom), isHalf || isQuarter else { return nil }
            var k = start + 1
            if k < limit, isArticle(k) { k += 1 }
            if k < limit, atoms[k].isWord, let factor = factor(atoms[k]) {
                return ParsedNumber(end: k + 1, value: factor * (isHalf ? 0.5 : 0.25), isDigits: false, scale: factor)
            }
            let isCounted = start + 1 < limit && atoms[start + 1].isWord && !atoms[start + 1].has(.timeUnit)
            return isHalf && isCounted && k == start + 1
                ? ParsedNumber(end: start + 1, value: 0.5, isDigits: false, isFraction: true) : nil
        }
        guard isArticle(start), start + 1 < limit, atom.has(.stop) else { return nil }
        let next = atoms[start + 1]
        if next.isWord, next.isSpaced, let factor = factor(next) {
            let round = scaled(
                ParsedNumber(end: start + 2, value: factor, isDigits: false, scale: factor), limit: limit)
            // "a hundred and five"
            if round.scale == factor, factor >= 100, isGlue(round.end, .and, limit: limit), round.end + 1 < limit,
                atoms[round.end + 1].has(.small.union(.ten)), let rest = words(at: round.end + 1, limit: limit),
                !rest.isOrdinal, !rest.isFraction, rest.value < factor
            {
                return ParsedNumber(end: rest.end, value: factor + rest.value, isDigits: false, scale: rest.scale)
            }
            return round
        }
        let isOf =
            start + 2 >= limit || isGlue(start + 2, .of, limit: limit) || atoms[start + 2].isMark(".")
            || atoms[start + 2].hash == SmallWord.as
        // "a quarter million"
        if next.has(.fraction), let below = lexicon.value(next.hash, .fraction), below == 2 || below == 4,
            start + 2 < limit, atoms[start + 2].has(.scale), let factor = factor(atoms[start + 2])
        {
            return ParsedNumber(end: start + 3, value: factor / below, isDigits: false, scale: factor)
        }
        if next.has(.fraction), let below = lexicon.value(next.hash, .fraction), !isPlural(next), isOf {
            return ParsedNumber(end: start + 2, value: 1 / below, isDigits: false, isFraction: true)
        }
        return nil
    }

    /// What an ordinal makes of the number before it: "twenty-first", "two hundredth", "one fifth".
    func ordinal(at k: Int, _ value: Double, _ sum: WordSum, end: Int) -> ParsedNumber? {
        let before = sum.total
        if sum.isEmpty { return ParsedNumber(end: k + 1, value: value, isDigits: false, isOrdinal: true) }
        if value >= 100 { return ParsedNumber(end: k + 1, value: before * value, isDigits: false, isOrdinal: true) }
        if sum.last == .small, before == 1, value > 2 {
            return ParsedNumber(end: k + 1, value: 1 / value, isDigits: false, isFraction: true)
        }
        if sum.last == .small { return ParsedNumber(end: end, value: before, isDigits: false) }
        return ParsedNumber(end: k + 1, value: before + value, isDigits: false, isOrdinal: true)
    }
}
