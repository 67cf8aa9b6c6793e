import Text

/// A number as it stands in the text.
struct ParsedNumber {
    var end: Int
    var value: Double
    /// Whether it begins with digits.
    var isDigits: Bool
    /// The factor of the last word of scale (million); 1 without one.
    var scale = 1.0
    var isOrdinal = false
    var isFraction = false
}

/// Reads numbers in digits and in words.
struct NumberParser {
    let reading: Reading
    private var atoms: [Atom] { reading.atoms }
    private var lexicon: Lexicon { reading.lexicon }

    init(reading: Reading) { self.reading = reading }

    /// The number that begins at `k`, with the fraction or the whole that follows; nil where none does.
    func number(at k: Int, limit: Int) -> ParsedNumber? {
        guard let number = simple(at: k, limit: limit) else { return nil }
        return number.isOrdinal ? number : continued(number, limit: limit)
    }

    /// What is said behind a number that belongs to it: "three and two thirds", "nine point four", "two out of three".
    private func continued(_ number: ParsedNumber, limit: Int) -> ParsedNumber {
        let k = number.end
        guard k + 1 < limit, atoms[k].isWord, atoms[k].isSpaced else { return number }
        let role = lexicon.glue(atoms[k].hash)
        guard !role.isDisjoint(with: Self.continuing) else { return number }
        if role.contains(.and), !number.isFraction { return added(number, limit: limit) }
        if role.contains(.point), !number.isDigits { return withDecimals(number, limit: limit) }
        if role.contains(.out), isGlue(k + 1, .of, limit: limit) { return outOf(number, k + 2, limit: limit) }
        if role.contains(.over), !number.isDigits, number.value == 1 { return outOf(number, k + 1, limit: limit) }
        if role.contains(.in), number.value == 1, number.end == k { return oneIn(number, limit: limit) }
        return number
    }

    private static let continuing: Glue = [.and, .point, .out, .over, .in]

    /// "three and a half", "two million and three fifths", "six million and two hundred", "a billion and a quarter million"
    private func added(_ number: ParsedNumber, limit: Int) -> ParsedNumber {
        var number = number
        let k = number.end + 1
        if number.scale > 1, let rest = simple(at: k, limit: limit), !rest.isOrdinal, !rest.isFraction,
            rest.value < number.scale, rest.value >= 1, !rest.isDigits || rest.scale > 1 || number.isDigits,
            number.scale >= 1000 || number.isDigits
        {
            number.value += rest.value
            number.end = rest.end
            return number
        }
        var end = k + 1
        var part: Double?
        if isArticle(k), k + 1 < limit, !isPlural(atoms[k + 1]), !atoms[k + 1].has(.timeUnit) || number.scale == 1 {
            part = lexicon.value(atoms[k + 1].hash, .fraction).map { 1 / $0 }
            end = k + 2
        } else if let fraction = simple(at: k, limit: limit), fraction.isFraction, !fraction.isDigits,
            fraction.value < 1
        {
            part = fraction.value
            end = fraction.end
        }
        guard let part else { return number }
        number.value += part * (number.scale >= 1000 ? number.scale : 1)
        number.end = end
        return number.scale == 1 ? scaled(number, limit: limit) : number
    }

    /// "nine point four"
    private func withDecimals(_ number: ParsedNumber, limit: Int) -> ParsedNumber {
        var number = number
        var place = 0.1
        var k = number.end + 1
        while k < limit, let digit = lexicon.value(atoms[k].hash, .small), digit < 10, atoms[k].has(.small) {
            number.value += digit * place
            place /= 10
            k += 1
            number.end = k
        }
        return number
    }

    /// "two out of three", "one over five"
    private func outOf(_ number: ParsedNumber, _ k: Int, limit: Int) -> ParsedNumber {
        guard let whole = simple(at: k, limit: limit), !whole.isOrdinal, whole.value > number.value else {
            return number
        }
        return ParsedNumber(
            end: whole.end, value: number.value / whole.value, isDigits: number.isDigits, isFraction: true)
    }

    /// "one in five": not where a year, a unit or a month may be meant.
    private func oneIn(_ number: ParsedNumber, limit: Int) -> ParsedNumber {
        guard let whole = simple(at: number.end + 1, limit: limit), !whole.isOrdinal, !whole.isFraction,
            whole.value > 1,
            whole.value < 1000 || whole.scale > 1 || whole.value.truncatingRemainder(dividingBy: 1000) == 0,
            whole.end >= limit || !atoms[whole.end].has(.timeUnit.union(.unitOfMeasure).union(.month))
        else { return number }
        return ParsedNumber(
            end: whole.end, value: number.value / whole.value, isDigits: number.isDigits, isFraction: true)
    }

    /// Whether the word at `k` has one of the roles.
    func isGlue(_ k: Int, _ role: Glue, limit: Int) -> Bool {
        k >= 0 && k < limit && atoms[k].isWord && !lexicon.glue(atoms[k].hash).isDisjoint(with: role)
    }

    /// `composes`: whether a number of several parts is read to its end.
    private func simple(at k: Int, limit: Int, composes: Bool = true) -> ParsedNumber? {
        guard k < limit else { return nil }
        let atom = atoms[k]
        if atom.isDigits || atom.isMark("-") || atom.isMark(".") || isFractionSign(atom) {
            return digits(at: k, limit: limit).map { composes ? composed($0, limit: limit) : $0 }
        }
        guard atom.isWord else { return nil }
        if atom.has(.negative), k + 1 < limit, !atoms[k + 1].has(.negative),
            let number = self.number(at: k + 1, limit: limit), !number.isOrdinal
        {
            var negative = number
            negative.value = -number.value
            return negative
        }
        return words(at: k, limit: limit)
    }

    // MARK: Digits

    private func digits(at start: Int, limit: Int) -> ParsedNumber? {
        var k = start
        var sign = 1.0
        if atoms[k].isMark("-") {
            guard k + 1 < limit, atoms[k].isSpaced || k == 0, atoms[k + 1].isDigits, !atoms[k + 1].isSpaced else {
                return nil
            }
            sign = -1
            k += 1
        }
        guard sign < 0 || !isPartOfName(k), let (value, end) = decimal(at: k, start: start, limit: limit) else {
            return nil
        }
        if let below = denominator(end, limit: limit), value < 100, end == start + (sign < 0 ? 2 : 1) {
            return ParsedNumber(end: end + 2, value: sign * value / below, isDigits: true, isFraction: true)
        }
        var number = ParsedNumber(end: end, value: sign * value, isDigits: true)
        if let power = power(value, end, limit: limit) {
            return ParsedNumber(end: power.end, value: sign * power.value, isDigits: true)
        }
        if end < limit, atoms[end].isWord, !atoms[end].isSpaced {
            if atoms[end].has(.ordinalSuffix), !atoms[end].isCapital {
                number.isOrdinal = true
                number.end = end + 1
                return number
            }
            if let suffixed = suffixed(number, start: start, limit: limit) { return suffixed }
        }
        return scaled(number, limit: limit)
    }

    /// F-16, COVID-19, A4: digits that belong to a name.
    private func isPartOfName(_ k: Int) -> Bool {
        guard k > 0, !atoms[k].isSpaced else { return false }
        if atoms[k - 1].isWord { return !atoms[k - 1].has(.currency) }
        return k > 1 && !atoms[k - 1].isSpaced && atoms[k - 1].isMark("-") && atoms[k - 2].isWord
    }

    /// "1,400", "1.400,5" where the language writes so, "1 400", ".5", "7½"
    private func decimal(at start: Int, start first: Int, limit: Int) -> (value: Double, end: Int)? {
        let style = lexicon.style
        let point: Unicode.Scalar = style.decimalComma ? "," : "."
        let group: Unicode.Scalar = style.decimalComma ? "." : ","
        var k = start
        var value = 0.0
        if atoms[k].isDigits {
            let width = atoms[k].end - atoms[k].start
            value = integer(atoms[k])
            k += 1
            if let lakhs = indianGroups(start, group, limit: limit) { (value, k) = lakhs }
            while k + 1 < limit, width <= 3, atoms[k].isMark(group), !atoms[k].isSpaced, isGroup(k + 1) {
                value = value * 1000 + integer(atoms[k + 1])
                k += 2
            }
            if style.blankGroups {
                while k < limit, width <= 3, atoms[k].isDigits, atoms[k].isSpaced, atoms[k].end - atoms[k].start == 3,
                    atoms[k].start - atoms[k - 1].end <= 3
                {
                    value = value * 1000 + integer(atoms[k])
                    k += 1
                }
            }
        } else if atoms[k].isMark(".") {
            guard k + 1 < limit, atoms[k + 1].isDigits, !atoms[k + 1].isSpaced, atoms[k].isSpaced || k == 0 else {
                return nil
            }
        }
        let mayBePoint =
            k < limit && (atoms[k].isMark(point) || style.decimalComma && k == start + 1 && atoms[k].isMark("."))
        if k + 1 < limit, mayBePoint || k == first && atoms[k].isMark("."), !atoms[k].isSpaced || k == first,
            atoms[k + 1].isDigits, !atoms[k + 1].isSpaced, !goesOn(k + 2, atoms[k].lead, limit: limit)
        {
            value += decimals(atoms[k + 1])
            k += 2
        }
        if k < limit, let part = fractionSign(atoms[k]), k == first || !atoms[k].isSpaced {
            value += part
            k += 1
        }
        return k > start ? (value, k) : nil
    }

    /// "12,34,567": groups of two before the last one of three.
    private func indianGroups(_ start: Int, _ group: Unicode.Scalar, limit: Int) -> (value: Double, end: Int)? {
        var k = start + 1
        var value = integer(atoms[start])
        guard atoms[start].end - atoms[start].start <= 2 else { return nil }
        while k + 1 < limit, atoms[k].isMark(group), !atoms[k].isSpaced, atoms[k + 1].isDigits, !atoms[k + 1].isSpaced,
            atoms[k + 1].end - atoms[k + 1].start == 2
        {
            value = value * 100 + integer(atoms[k + 1])
            k += 2
        }
        guard k > start + 1, k + 1 < limit, atoms[k].isMark(group), !atoms[k].isSpaced, isGroup(k + 1) else {
            return nil
        }
        return (value * 1000 + integer(atoms[k + 1]), k + 2)
    }

    /// Whether a further mark of the same kind and digits follow: 1.2.3 is no number.
    private func goesOn(_ k: Int, _ mark: UInt8, limit: Int) -> Bool {
        k + 1 < limit && atoms[k].kind == .mark && atoms[k].lead == mark && !atoms[k].isSpaced
            && atoms[k + 1].isDigits && !atoms[k + 1].isSpaced
    }

    /// The lower part of "3/4"
    private func denominator(_ k: Int, limit: Int) -> Double? {
        guard k + 1 < limit, atoms[k].isMark("/"), !atoms[k].isSpaced, atoms[k + 1].isDigits, !atoms[k + 1].isSpaced
        else { return nil }
        let below = integer(atoms[k + 1])
        return below > 1 && below <= 100 ? below : nil
    }

    /// "1.1^23", "12e-1"
    private func power(_ value: Double, _ k: Int, limit: Int) -> (value: Double, end: Int)? {
        guard k + 1 < limit, !atoms[k].isSpaced else { return nil }
        let isExponent = atoms[k].isMark("^")
        let isLetter =
            atoms[k].isWord && atoms[k].end - atoms[k].start == 1 && atoms[k].lead | 0x20 == UInt8(ascii: "e")
        guard isExponent || isLetter else { return nil }
        var next = k + 1
        var sign = 1
        while next < limit, next < k + 3, atoms[next].isMark("-"), !atoms[next].isSpaced {
            sign = -sign
            next += 1
        }
        guard next < limit, atoms[next].isDigits, !atoms[next].isSpaced, atoms[next].end - atoms[next].start <= 3 else {
            return nil
        }
        let exponent = sign * Int(integer(atoms[next]))
        let result = isExponent ? Self.raised(value, to: exponent) : value * Self.raised(10, to: exponent)
        return result.isFinite ? (result, next + 1) : nil
    }

    private static func raised(_ base: Double, to exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<exponent.magnitude { result *= base }
        return exponent < 0 ? 1 / result : result
    }

    /// "10k", "5m", "3bn"
    private func suffixed(_ number: ParsedNumber, start: Int, limit: Int) -> ParsedNumber? {
        let k = number.end
        guard atoms[k].has(.suffix), let factor = lexicon.value(atoms[k].hash, .suffix),
            !(k + 1 < limit && !atoms[k + 1].isSpaced && atoms[k + 1].isDigits)
        else { return nil }
        // m is also the meter: in digits alone, as a capital or beside money it is a million
        let isClear =
            factor != 1_000_000 || atoms[k].isCapital || atoms[k].end - atoms[k].start > 1
            || (start > 0 && atoms[start - 1].has(.currency))
        let isTonne = atoms[k].end - atoms[k].start == 1 && factor == 1_000_000_000_000
        guard isClear, !isTonne else { return nil }
        var number = number
        number.value *= factor
        number.scale = factor
        number.end = k + 1
        return number
    }

    /// "4 thousand 3 hundred and 21": a number with a word of scale goes on with what is smaller.
    private func composed(_ number: ParsedNumber, limit: Int) -> ParsedNumber {
        var number = number
        while number.scale > 1, number.isDigits, number.end < limit, number.value >= 1, atoms[number.end].isSpaced,
            atoms[number.end].isDigits || atoms[number.end].has(.small.union(.ten)),
            let rest = simple(at: number.end, limit: limit, composes: false), !rest.isOrdinal, !rest.isFraction,
            rest.scale > 1, rest.value < number.scale, rest.value >= 1
        {
            number.value += rest.value
            number.end = rest.end
            number.scale = rest.scale
        }
        return number
    }

    private func isGroup(_ k: Int) -> Bool {
        atoms[k].isDigits && !atoms[k].isSpaced && atoms[k].end - atoms[k].start == 3
    }

    private func integer(_ atom: Atom) -> Double {
        var value = 0.0
        for byte in reading.bytes[Int(atom.start)..<Int(atom.end)] { value = value * 10 + Double(byte & 0x0F) }
        return value
    }

    private func decimals(_ atom: Atom) -> Double {
        var divisor = 1.0
        for _ in atom.start..<min(atom.end, atom.start + 300) { divisor *= 10 }
        return integer(atom) / divisor
    }

    private func isFractionSign(_ atom: Atom) -> Bool { fractionSign(atom) != nil }

    private func fractionSign(_ atom: Atom) -> Double? {
        guard atom.kind == .mark, atom.lead == 0xC2, atom.end - atom.start == 2 else { return nil }
        switch reading.bytes[Int(atom.start) + 1] {
        case 0xBC: return 0.25
        case 0xBD: return 0.5
        case 0xBE: return 0.75
        default: return nil
        }
    }

    /// Words of scale behind a number: "5 million", "3 hundred", "2 dozen", "3 million and a half".
    private func scaled(_ number: ParsedNumber, limit: Int) -> ParsedNumber {
        var number = number
        while number.end < limit, atoms[number.end].isWord, atoms[number.end].isSpaced {
            let atom = atoms[number.end]
            guard let factor = factor(atom) else { break }
            number.value *= factor
            number.scale *= factor
            number.end += 1
        }
        return number
    }

    private func factor(_ atom: Atom) -> Double? {
        if atom.has(.scale) { return lexicon.value(atom.hash, .scale) }
        if atom.has(.hundred) { return 100 }
        if atom.has(.dozen) || (atom.has(.pluralScale) && lexicon.value(atom.hash, .pluralScale) == 12) { return 12 }
        return nil
    }

    // MARK: Words

    private func words(at start: Int, limit: Int) -> ParsedNumber? {
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
    private func isBareHundred(_ k: Int, limit: Int) -> Bool {
        lexicon.style.bareHundreds || k + 1 < limit && atoms[k + 1].has(.scale)
    }

    /// Behind the hyphen or the "and" that a number goes on with.
    private func behindJoint(_ k: Int, _ last: WordSum.Last, limit: Int) -> Int {
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

    private func isFractionNext(_ k: Int, limit: Int) -> Bool {
        k < limit && atoms[k].isWord && atoms[k].has(.fraction) && (isPlural(atoms[k]) || !atoms[k].has(.ordinal))
    }

    private func isPlural(_ atom: Atom) -> Bool { reading.bytes[Int(atom.end) - 1] | 0x20 == UInt8(ascii: "s") }

    private func isArticle(_ k: Int) -> Bool {
        let atom = atoms[k]
        return atom.isWord && atom.end - atom.start <= 4 && lexicon.glue(atom.hash).contains(.article)
    }

    /// "a hundred", "a dozen", "half a million", "half", "a quarter of".
    private func article(at start: Int, limit: Int) -> ParsedNumber? {
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
            return scaled(ParsedNumber(end: start + 2, value: factor, isDigits: false, scale: factor), limit: limit)
        }
        let isOf = start + 2 >= limit || isGlue(start + 2, .of, limit: limit) || atoms[start + 2].isMark(".")
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
    private func ordinal(at k: Int, _ value: Double, _ sum: WordSum, end: Int) -> ParsedNumber? {
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
