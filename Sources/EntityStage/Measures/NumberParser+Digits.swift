import Text

/// Numbers that begin with digits.
extension NumberParser {
    func digits(at start: Int, limit: Int) -> ParsedNumber? {
        var k = start
        var sign = 1.0
        if atoms[k].isMark("-") || isMinus(atoms[k]) {
            guard k + 1 < limit, atoms[k].isSpaced || k == 0, atoms[k + 1].isDigits, !atoms[k + 1].isSpaced else {
                return nil
            }
            sign = -1
            k += 1
        }
        // 0600, 007: a number that begins with a zero names something
        if atoms[k].isDigits, atoms[k].end - atoms[k].start > 1, atoms[k].lead == UInt8(ascii: "0"),
            !(k + 1 < limit && atoms[k + 1].isMark("."))
        {
            return nil
        }
        guard sign < 0 || !isPartOfName(k), let (value, end) = decimal(at: k, start: start, limit: limit) else {
            return nil
        }
        if let below = denominator(end, limit: limit), value < 100, end == start + (sign < 0 ? 2 : 1) {
            return ParsedNumber(end: end + 2, value: sign * value / below, isDigits: true, isFraction: true)
        }
        var number = ParsedNumber(end: end, value: sign * value, isDigits: true)
        if let power = power(value, end, limit: limit) ?? scientific(value, end, limit: limit) {
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
    func isPartOfName(_ k: Int) -> Bool {
        guard k > 0, !atoms[k].isSpaced else { return false }
        if atoms[k - 1].isWord { return !atoms[k - 1].has(.currency) }
        return k > 1 && !atoms[k - 1].isSpaced && atoms[k - 1].isMark("-") && atoms[k - 2].isWord
    }

    /// "1,400", "1.400,5" where the language writes so, "1 400", ".5", "7½"
    func decimal(at start: Int, start first: Int, limit: Int) -> (value: Double, end: Int)? {
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
            if let marked = otherGroups(start, limit: limit) { (value, k) = marked }
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
        } else if !style.decimalComma, k + 1 < limit, atoms[k].isMark(","), !atoms[k].isSpaced, atoms[k + 1].isDigits,
            !atoms[k + 1].isSpaced, atoms[k + 1].end - atoms[k + 1].start <= 2,
            !goesOn(k + 2, atoms[k].lead, limit: limit),
            k > start + 1 || isMeasured(k + 2, limit: limit)
        {
            // "2,5 kg", "1.000,50 tonnes": a comma before decimals, where a unit follows or points part the thousands
            value += decimals(atoms[k + 1])
            k += 2
        }
        if k < limit, let part = fractionSign(atoms[k]), k == first || !atoms[k].isSpaced {
            value += part
            k += 1
        }
        return k > start ? (value, k) : nil
    }

    /// A minus that is no hyphen.
    func isMinus(_ atom: Atom) -> Bool {
        atom.kind == .mark && atom.lead == 0xE2 && atom.end - atom.start == 3
            && reading.bytes[Int(atom.start) + 1] == 0x88 && reading.bytes[Int(atom.start) + 2] == 0x92
    }

    /// Whether a unit, a currency, a percent sign or a word of scale stands at `k`.
    private func isMeasured(_ k: Int, limit: Int) -> Bool {
        guard k < limit else { return false }
        return atoms[k].has(.unitOfMeasure.union(.currency).union(.percent).union(.scale)) || atoms[k].isMark("%")
    }

    /// Thousands parted by blanks, apostrophes or points: "1 000 000", "1'000'000", "1.000.000", "1.000,50". A single group
    /// behind a blank or a point might be another number: it has to be round, or a decimal comma has to follow.
    private func otherGroups(_ start: Int, limit: Int) -> (value: Double, end: Int)? {
        guard !lexicon.style.blankGroups, !lexicon.style.decimalComma, atoms[start].end - atoms[start].start <= 3,
            atoms[start].lead != UInt8(ascii: "0"), start + 1 < limit
        else { return nil }
        var value = integer(atoms[start])
        var k = start + 1
        var groups = 0
        if atoms[k].isDigits {
            guard start == 0 || !atoms[start - 1].isDigits && !atoms[start - 1].has(.month.union(.monthShort)) else {
                return nil
            }
            var isRound = true
            var isHard = true
            while k < limit, atoms[k].isDigits, atoms[k].isSpaced, atoms[k].end - atoms[k].start == 3 {
                let gap = Int(atoms[k].start - atoms[k - 1].end)
                guard gap <= 3, groups < 6, !atoms[k].shape.contains(.newLine) else { break }
                isHard = isHard && gap > 1
                isRound = isRound && integer(atoms[k]).truncatingRemainder(dividingBy: 100) == 0
                value = value * 1000 + integer(atoms[k])
                groups += 1
                k += 1
            }
            let goesOn = k < limit && atoms[k].isDigits
            return groups > 0 && !goesOn && (groups > 1 || isRound || isHard) ? (value, k) : nil
        }
        let mark = atoms[k]
        let isApostrophe = mark.isMark("'") || reading.isCurlyApostrophe(mark)
        guard !mark.isSpaced, isApostrophe || mark.isMark(".") else { return nil }
        while k + 1 < limit, atoms[k].lead == mark.lead, atoms[k].kind == .mark, !atoms[k].isSpaced, isGroup(k + 1) {
            value = value * 1000 + integer(atoms[k + 1])
            groups += 1
            k += 2
        }
        if groups == 0 || k < limit && !atoms[k].isSpaced && atoms[k].isDigits { return nil }
        let hasComma =
            k + 1 < limit && atoms[k].isMark(",") && !atoms[k].isSpaced && atoms[k + 1].isDigits
            && !atoms[k + 1].isSpaced && atoms[k + 1].end - atoms[k + 1].start <= 2
        return isApostrophe || groups > 1 || hasComma ? (value, k) : nil
    }

    /// "12,34,567": groups of two before the last one of three.
    func indianGroups(_ start: Int, _ group: Unicode.Scalar, limit: Int) -> (value: Double, end: Int)? {
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
    func goesOn(_ k: Int, _ mark: UInt8, limit: Int) -> Bool {
        k + 1 < limit && atoms[k].kind == .mark && atoms[k].lead == mark && !atoms[k].isSpaced
            && atoms[k + 1].isDigits && !atoms[k + 1].isSpaced
    }

    /// The lower part of "3/4"
    func denominator(_ k: Int, limit: Int) -> Double? {
        guard k + 1 < limit, atoms[k].isMark("/"), !atoms[k].isSpaced, atoms[k + 1].isDigits, !atoms[k + 1].isSpaced
        else { return nil }
        let below = integer(atoms[k + 1])
        return below > 1 && below <= 100 ? below : nil
    }

    /// "1.1^23", "12e-1"
    func power(_ value: Double, _ k: Int, limit: Int) -> (value: Double, end: Int)? {
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

    static func raised(_ base: Double, to exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<exponent.magnitude { result *= base }
        return exponent < 0 ? 1 / result : result
    }

    /// "10k", "5m", "3bn"
    func suffixed(_ number: ParsedNumber, start: Int, limit: Int) -> ParsedNumber? {
        let k = number.end
        guard atoms[k].has(.suffix), let factor = lexicon.value(atoms[k].hash, .suffix),
            !(k + 1 < limit && !atoms[k + 1].isSpaced && atoms[k + 1].isDigits)
        else { return nil }
        // m is also the meter: as a capital, beside money or before what no metre measures it is a million
        let isClear =
            factor != 1_000_000 || atoms[k].isCapital || atoms[k].end - atoms[k].start > 1
            || (start > 0 && atoms[start - 1].has(.currency)) || !atoms[k].isSpaced && isCounted(k + 1, limit: limit)
        let isTonne = atoms[k].end - atoms[k].start == 1 && factor == 1_000_000_000_000
        guard isClear, !isTonne else { return nil }
        var number = number
        number.value *= factor
        number.scale = factor
        number.end = k + 1
        return number
    }

    /// Whether what stands at `k`, behind one describing word at most, is counted: "people", "Danish voters", "more jobs".
    private func isCounted(_ k: Int, limit: Int) -> Bool {
        guard k < limit, atoms[k].isWord, atoms[k].isSpaced else { return false }
        if isGlue(k, .counted, limit: limit) { return !atoms[k].isCapital }
        guard atoms[k].has(.people) || !atoms[k].has(.stop) || Self.more.contains(atoms[k].hash), k + 1 < limit,
            atoms[k + 1].isWord, atoms[k + 1].isSpaced, !atoms[k + 1].isCapital
        else { return false }
        return isGlue(k + 1, .counted, limit: limit)
    }

    private static let more = Set(["more", "fewer", "other"].map(SmallWord.hash))

    /// "4 thousand 3 hundred and 21": a number with a word of scale goes on with what is smaller.
    func composed(_ number: ParsedNumber, limit: Int) -> ParsedNumber {
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

    func isGroup(_ k: Int) -> Bool {
        atoms[k].isDigits && !atoms[k].isSpaced && atoms[k].end - atoms[k].start == 3
    }

    func integer(_ atom: Atom) -> Double {
        var value = 0.0
        for byte in reading.bytes[Int(atom.start)..<Int(atom.end)] { value = value * 10 + Double(byte & 0x0F) }
        return value
    }

    func decimals(_ atom: Atom) -> Double {
        var divisor = 1.0
        for _ in atom.start..<min(atom.end, atom.start + 300) { divisor *= 10 }
        return integer(atom) / divisor
    }

    func isFractionSign(_ atom: Atom) -> Bool { fractionSign(atom) != nil }

    func fractionSign(_ atom: Atom) -> Double? {
        guard atom.kind == .mark, atom.lead == 0xC2, atom.end - atom.start == 2 else { return nil }
        switch reading.bytes[Int(atom.start) + 1] {
        case 0xBC: return 0.25
        case 0xBD: return 0.5
        case 0xBE: return 0.75
        default: return nil
        }
    }

    /// Words of scale behind a number: "5 million", "3 hundred", "2 dozen", "3 million and a half".
    func scaled(_ number: ParsedNumber, limit: Int) -> ParsedNumber {
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

    func factor(_ atom: Atom) -> Double? {
        if atom.has(.scale) { return lexicon.value(atom.hash, .scale) }
        if atom.has(.hundred) { return 100 }
        if atom.has(.dozen) || (atom.has(.pluralScale) && lexicon.value(atom.hash, .pluralScale) == 12) { return 12 }
        return nil
    }
}
