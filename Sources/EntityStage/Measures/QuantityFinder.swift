import StageKit
import Text

/// Reads a quantity: hedges, a number or a range, a unit or the noun that is counted.
struct QuantityFinder {
    let reading: Reading
    let numbers: NumberParser
    var atoms: [Atom] { reading.atoms }
    var lexicon: Lexicon { reading.lexicon }

    init(reading: Reading) {
        self.reading = reading
        numbers = NumberParser(reading: reading)
    }

    /// What may begin a quantity.
    static let openers: WordClass = [
        .small, .ten, .ordinal, .negative, .currency, .beginsHedge, .fraction, .pluralScale, .dozen,
        .percent, .hundred, .scale, .several,
    ]

    /// The quantity that begins at `k`, and where to go on; nil where none does.
    func quantity(at start: Int, limit: Int) -> FoundMeasure? {
        let (k, hedges) = hedges(at: start, limit)
        if let margin = margin(at: k, limit: limit) { return margin }
        if let end = NamingNumbers(reading: reading).end(at: k, limit: limit) {
            return FoundMeasure(range: k..<end, kind: .number, value: nil)
        }
        if let between = between(at: k, limit: limit) { return between }
        if let percent = percentFirst(at: k, hedges, limit: limit) { return percent }
        if let vague = plural(at: k, limit: limit) ?? several(at: k, limit: limit) { return vague }
        let prefix = currencyPrefix(at: k, limit: limit)
        guard let number = numbers.number(at: prefix?.end ?? k, limit: limit) else { return nil }
        if number.isOrdinal { return ordinal(number, at: k) }
        if prefix == nil,
            let age = aged(number, from: k, limit: limit) ?? agedBound(number, hedges, from: start, at: k, limit: limit)
        {
            return age
        }
        if prefix == nil, isPronoun(number, at: k, limit: limit) { return nil }
        if let prefix { return money(number, from: k, unit: prefix.unit, hedges, limit: limit) }
        if let range = range(number, from: k, limit: limit) { return range }
        return measured(number, from: k, upper: nil, start: k, hedges, limit: limit)
    }

    // MARK: Hedges and bounds

    /// All hedges from `start` on, and where they end.
    func hedges(at start: Int, _ limit: Int) -> (end: Int, hedges: [Lexicon.Hedge]) {
        var k = start
        var hedges: [Lexicon.Hedge] = []
        while let hedge = hedge(at: k, limit: limit) {
            // "from under eight metres of mud" tells a place
            if k > 0, numbers.isGlue(k - 1, .from, limit: k), hedge.end == k + 1, hedge.kind == .less {
                k = hedge.end
                continue
            }
            hedges.append(hedge.kind)
            k = hedge.end
        }
        return (k, hedges)
    }

    func hedge(at k: Int, limit: Int) -> (end: Int, kind: Lexicon.Hedge)? {
        guard k < limit, atoms[k].has(.beginsHedge) else { return nil }
        var chain: UInt64 = 0
        var best: (end: Int, kind: Lexicon.Hedge)?
        for end in k..<min(k + 4, limit) where atoms[end].isWord {
            chain = Lexicon.chain(chain, atoms[end].hash)
            if let kind = lexicon.hedge(chain) { best = (end + 1, kind) }
        }
        return best
    }

    func value(
        _ number: Double, upper: Double?, _ hedges: [Lexicon.Hedge], unit: String, noun: String
    ) -> QuantityValue {
        var value = QuantityValue(number, lower: number, upper: upper ?? number, unit: unit, noun: noun)
        for hedge in hedges {
            switch hedge {
            case .lower, .more: value.upper = nil
            case .upper, .less: value.lower = nil
            case .about: value.approximate = true
            }
        }
        return value
    }

    /// "yüzde 20", "%20"
    private func percentFirst(at k: Int, _ hedges: [Lexicon.Hedge], limit: Int) -> FoundMeasure? {
        guard k + 1 < limit,
            numbers.isGlue(k, .percentBefore, limit: limit) || lexicon.style.percentFirst && atoms[k].isMark("%"),
            let number = numbers.number(at: k + 1, limit: limit), !number.isOrdinal
        else { return nil }
        return found(k..<number.end, .percent, value(number.value, upper: nil, hedges, unit: "%", noun: ""))
    }

    /// "plus or minus 3.5 percentage points": how far off a figure may be.
    private func margin(at k: Int, limit: Int) -> FoundMeasure? {
        guard k < limit else { return nil }
        var start: Int?
        if atoms[k].isWord, atoms[k].has(.beginsUnit) {
            var chain: UInt64 = 0
            for end in k..<min(k + 4, limit) where atoms[end].isWord {
                chain = Lexicon.chain(chain, atoms[end].hash)
                if lexicon.glue(chain).contains(.margin) { start = end + 1 }
            }
        } else if atoms[k].lead == 0xC2, atoms[k].end - atoms[k].start == 2,
            reading.bytes[Int(atoms[k].start) + 1] == 0xB1
        {
            start = k + 1
        }
        guard let start, let number = numbers.number(at: start, limit: limit), !number.isOrdinal,
            var found = measured(number, from: k, upper: nil, start: k, [], limit: limit),
            case .quantity(var value)? = found.value
        else { return nil }
        value.event = Self.marginOfError
        found.value = .quantity(value)
        return found
    }

    /// What a margin is said to be.
    static let marginOfError = "margin of error"

    // MARK: Ranges

    /// "between 5,000 and 8,000"
    private func between(at k: Int, limit: Int) -> FoundMeasure? {
        guard numbers.isGlue(k, .between, limit: limit) else { return nil }
        let prefix = currencyPrefix(at: k + 1, limit: limit)
        guard let low = numbers.number(at: prefix?.end ?? k + 1, limit: limit), low.end < limit else { return nil }
        var next = low.end
        if let unit = unit(at: next, low, limit: limit) { next = unit.end }
        if let sign = percent(at: next, limit: limit) { next = sign }
        guard numbers.isGlue(next, .and, limit: limit) else { return nil }
        let second = currencyPrefix(at: next + 1, limit: limit)
        guard let high = numbers.number(at: second?.end ?? next + 1, limit: limit), !low.isOrdinal, !high.isOrdinal
        else { return nil }
        let lower = shared(low, high)
        guard high.value > lower else { return nil }
        if let unit = second?.unit ?? prefix?.unit {
            return found(k..<high.end, .money, value(lower, upper: high.value, [], unit: unit, noun: ""))
        }
        return measured(high, from: lower, upper: high.value, start: k, [], limit: limit)
    }

    /// A scale that the text says once holds for both: "5 to 10 million".
    func shared(_ low: ParsedNumber, _ high: ParsedNumber) -> Double {
        low.scale == 1 && high.scale > 1 && low.value < high.value / high.scale ? low.value * high.scale : low.value
    }

    /// "5,000 to 8,000", "10–15", "five or six"
    func range(_ low: ParsedNumber, from start: Int, limit: Int) -> FoundMeasure? {
        guard let next = rangeJoint(at: low.end, limit: limit), let high = numbers.number(at: next, limit: limit),
            !high.isOrdinal, !low.isFraction
        else { return nil }
        let lower = shared(low, high)
        guard high.value > lower, lower >= 0 else { return nil }
        return measured(high, from: lower, upper: high.value, start: start, [], limit: limit)
    }

    func rangeJoint(at k: Int, limit: Int) -> Int? {
        guard k + 1 < limit else { return nil }
        let atom = atoms[k]
        if atom.isWord, atom.isSpaced {
            return numbers.isGlue(k, [.rangeTo, .or], limit: limit) ? k + 1 : nil
        }
        let isDash = atom.isMark("-") || reading.isUnicodeDash(atom)
        guard isDash, !atom.isSpaced, atoms[k + 1].isDigits, !atoms[k + 1].isSpaced else { return nil }
        return k + 1
    }

    /// "dozens of", "hundreds of thousands of"
    private func plural(at k: Int, limit: Int) -> FoundMeasure? {
        guard k + 1 < limit, atoms[k].has(.pluralScale), var value = lexicon.value(atoms[k].hash, .pluralScale)
        else { return nil }
        var end = k + 1
        if numbers.isGlue(k + 1, .of, limit: limit) {
            if k + 2 < limit, atoms[k + 2].has(.pluralScale),
                let factor = lexicon.value(atoms[k + 2].hash, .pluralScale)
            {
                value *= factor
                end = k + 3
            }
        } else if !stands(at: k, limit: limit) {
            return nil
        }
        let counted = CountedNoun(reading: reading).noun(at: end, limit: limit)
        return found(
            k..<end, .number, QuantityValue(value, lower: value, upper: nil, noun: counted, approximate: true))
    }

    /// Whether "thousands" without "of" counts people or things: a verb, "more" or "gathered" follows, and no article or
    /// preposition stands before it.
    private func stands(at k: Int, limit: Int) -> Bool {
        guard lexicon.style.noun == .plural, atoms[k + 1].isWord, atoms[k + 1].isSpaced else { return false }
        if k > 0, atoms[k - 1].sentence == atoms[k].sentence, atoms[k - 1].isWord,
            numbers.isGlue(k - 1, [.the, .in, .article], limit: k) || atoms[k - 1].has(.this)
        {
            return false
        }
        let words = FigureWords.standard.categories(atoms[k + 1].hash)
        return !words.isDisjoint(with: [.verb, .auxiliary, .state]) || atoms[k + 1].hash == SmallWord.more
            || words.isEmpty && reading.ends(atoms[k + 1], in: "ed", longerThan: 4)
    }

    // MARK: What is measured

    private func ordinal(_ number: ParsedNumber, at k: Int) -> FoundMeasure? {
        let isSecond = atoms[k].has(.timeUnit)
        let isBehindArticle = numbers.isGlue(k - 1, .article, limit: k)
        // "a second later", "a trillionth"
        if isBehindArticle, isSecond || number.value >= 100 { return nil }
        return found(k..<number.end, .ordinal, QuantityValue(number.value, lower: number.value, upper: number.value))
    }

    private func measured(
        _ number: ParsedNumber, from lowest: Double, upper: Double, start: Int, _ hedges: [Lexicon.Hedge], limit: Int
    ) -> FoundMeasure? {
        var number = number
        number.value = lowest
        return measured(number, from: start, upper: upper, start: start, hedges, limit: limit)
    }

    private func measured(
        _ number: ParsedNumber, from: Int, upper: Double?, start: Int, _ hedges: [Lexicon.Hedge], limit: Int
    ) -> FoundMeasure? {
        if number.end < limit, !atoms[number.end].isSpaced, atoms[number.end].isWord, number.isDigits,
            unit(at: number.end, number, limit: limit) == nil, currency(at: number.end, limit: limit) == nil
        {
            return nil
        }
        var hedges = hedges
        // "40+", "50-plus", "50 or more people"
        if let bound = bound(behind: number.end, limit: limit) {
            hedges.append(bound.hedge)
            let noun = CountedNoun(reading: reading).noun(at: bound.end, limit: limit)
            return found(
                start..<number.end, .number, value(number.value, upper: upper, hedges, unit: "", noun: noun))
        }
        if let percent = percent(at: number.end, limit: limit) {
            if let bound = bound(behind: percent, limit: limit) { hedges.append(bound.hedge) }
            return found(start..<percent, .percent, value(number.value, upper: upper, hedges, unit: "%", noun: ""))
        }
        if let currency = currency(at: number.end, limit: limit) {
            if let bound = bound(behind: currency.end, limit: limit) { hedges.append(bound.hedge) }
            // a pound is a weight unless there are many
            if currency.unit == "GBP", word(number.end).hasPrefix("pound"), number.value < 1000,
                currency.end == number.end + 1
            {
                return found(
                    start..<currency.end, .quantity, value(number.value, upper: upper, hedges, unit: "lb", noun: ""))
            }
            if upper == nil, let cents = cents(behind: currency.end, limit: limit) {
                return found(
                    start..<cents.end, .money,
                    value(number.value + cents.value / 100, upper: nil, hedges, unit: currency.unit, noun: ""))
            }
            let kind: Mention.Kind = .money
            return found(
                start..<currency.end, kind, value(number.value, upper: upper, hedges, unit: currency.unit, noun: ""))
        }
        if let rate = perMany(at: number.end, limit: limit) {
            return found(
                start..<rate.end, .number, value(number.value, upper: upper, hedges, unit: rate.unit, noun: rate.noun))
        }
        if let unit = unit(at: number.end, number, limit: limit) {
            let both = compound(number, unit, upper, limit: limit)
            if let bound = bound(behind: both.end, limit: limit) { hedges.append(bound.hedge) }
            return found(
                start..<both.end, .quantity, value(both.value, upper: both.upper, hedges, unit: unit.unit, noun: ""))
        }
        let noun = CountedNoun(reading: reading).noun(at: number.end, limit: limit)
        return found(start..<number.end, .number, value(number.value, upper: upper, hedges, unit: "", noun: noun))
    }

    func word(_ k: Int) -> String { reading.form(k..<k + 1) }

    /// "per 100,000", with the noun that may stand before it: "four deaths per 100,000".
    private func perMany(at k: Int, limit: Int) -> (end: Int, unit: String, noun: String)? {
        guard k < limit else { return nil }
        let counted = CountedNoun(reading: reading).range(at: k, limit: limit)
        let next = counted?.upperBound ?? k
        guard numbers.isGlue(next, .per, limit: limit), let whole = numbers.number(at: next + 1, limit: limit),
            !whole.isOrdinal, whole.value >= 100, whole.value == whole.value.rounded(), whole.value < 1e12
        else { return nil }
        return (whole.end, "per \(Int(whole.value))", counted.map(reading.text) ?? "")
    }

    /// "3 dollars 50 cents"
    private func cents(behind k: Int, limit: Int) -> (end: Int, value: Double)? {
        let start = numbers.isGlue(k, .and, limit: limit) ? k + 1 : k
        guard let cents = numbers.number(at: start, limit: limit), cents.value > 0, cents.value < 100, !cents.isOrdinal
        else { return nil }
        if let unit = named(at: cents.end, .currency, limit: limit) {
            return unit.unit == "cent" ? (unit.end, cents.value) : nil
        }
        // "15 dollars and 15": two digits at the end of a sentence
        guard cents.isDigits, cents.end == start + 1, atoms[start].end - atoms[start].start == 2,
            cents.end >= limit || atoms[cents.end].kind == .mark && !atoms[cents.end].isMark("%")
        else { return nil }
        return (cents.end, cents.value)
    }

    /// "5 feet 2 inches"
    private func compound(
        _ number: ParsedNumber, _ unit: (end: Int, unit: String), _ upper: Double?, limit: Int
    ) -> (end: Int, value: Double, upper: Double?) {
        guard unit.unit == "ft", upper == nil else { return (unit.end, number.value, upper) }
        var k = unit.end
        if numbers.isGlue(k, .and, limit: limit) { k += 1 }
        guard let inches = numbers.number(at: k, limit: limit),
            let small = named(at: inches.end, .unitOfMeasure, limit: limit), small.unit == "in"
        else { return (unit.end, number.value, upper) }
        return (small.end, number.value + inches.value / 12, nil)
    }

    /// "one" that stands for somebody.
    private func isPronoun(_ number: ParsedNumber, at k: Int, limit: Int) -> Bool {
        guard number.value == 1, number.end == k + 1, !number.isDigits else { return false }
        if k > 0, atoms[k - 1].isWord, atoms[k - 1].has(.stop.union(.this).union(.next).union(.last)),
            !numbers.isGlue(k - 1, .beforeOne, limit: k)
        {
            return true
        }
        guard number.end < limit, atoms[number.end].isWord else { return true }
        if numbers.isGlue(number.end, .per, limit: limit) { return perMany(at: number.end, limit: limit) == nil }
        return atoms[number.end].has(.stop) && !atoms[number.end].has(.timeUnit)
    }

    func found(_ range: Range<Int>, _ kind: Mention.Kind, _ value: QuantityValue) -> FoundMeasure {
        FoundMeasure(range: range, kind: kind, value: .quantity(value))
    }
}
