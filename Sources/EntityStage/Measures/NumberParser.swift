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

    /// "three and two thirds", "five and a half million", "nine point four", "two out of three"
    private func continued(_ number: ParsedNumber, limit: Int) -> ParsedNumber {
        var number = number
        let k = number.end
        guard k + 1 < limit, atoms[k].isWord, atoms[k].isSpaced,
            atoms[k].has(.stop.union(.scale).union(.ordinalSuffix)) || atoms[k].end - atoms[k].start == 5
                || atoms[k].end - atoms[k].start == 3
        else { return number }
        switch reading.form(k..<k + 1) {
        case "and" where !number.isFraction:
            var end = k + 2
            var part: Double?
            if isArticle(k + 1), k + 2 < limit, !isPlural(atoms[k + 2]),
                !atoms[k + 2].has(.timeUnit) || number.scale == 1
            {
                part = lexicon.value(atoms[k + 2].hash, .fraction).map { 1 / $0 }
                end = k + 3
            } else if let fraction = simple(at: k + 1, limit: limit), fraction.isFraction, !fraction.isDigits,
                fraction.value < 1
            {
                part = fraction.value
                end = fraction.end
            }
            guard let part else { return number }
            number.value += part * (number.scale >= 1000 ? number.scale : 1)
            number.end = end
            if number.scale == 1 { return scaled(number, limit: limit) }
        case "point" where !number.isDigits:
            var place = 0.1
            var end = k + 1
            while end < limit, let digit = lexicon.value(atoms[end].hash, .small), digit < 10, atoms[end].has(.small) {
                number.value += digit * place
                place /= 10
                end += 1
            }
            if end > k + 1 { number.end = end }
        case "out" where k + 2 < limit && reading.form(k + 1..<k + 2) == "of":
            guard let whole = simple(at: k + 2, limit: limit), !whole.isOrdinal, whole.value > number.value else {
                return number
            }
            number.value /= whole.value
            number.end = whole.end
            number.isFraction = true
        default: break
        }
        return number
    }

    private func simple(at k: Int, limit: Int) -> ParsedNumber? {
        guard k < limit else { return nil }
        let atom = atoms[k]
        if atom.isDigits || atom.isMark("-") || atom.isMark(".") || isFractionSign(atom) {
            return digits(at: k, limit: limit)
        }
        guard atom.isWord else { return nil }
        if atom.has(.negative), let number = self.number(at: k + 1, limit: limit), !number.isOrdinal {
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
        // F-16, COVID-19
        if k > 1, sign > 0, !atoms[k].isSpaced, !atoms[k - 1].isSpaced, atoms[k - 1].isMark("-"), atoms[k - 2].isWord {
            return nil
        }
        if k > 0, !atoms[k].isSpaced, atoms[k - 1].isWord, sign > 0, !atoms[k - 1].has(.currency) { return nil }
        var value = 0.0
        if atoms[k].isDigits {
            value = integer(atoms[k])
            k += 1
            while k + 1 < limit, atoms[k].isMark(","), !atoms[k].isSpaced, isGroup(k + 1) {
                value = value * 1000 + integer(atoms[k + 1])
                k += 2
            }
        } else if atoms[k].isMark(".") {
            guard k + 1 < limit, atoms[k + 1].isDigits, !atoms[k + 1].isSpaced, atoms[k].isSpaced || k == 0 else {
                return nil
            }
        }
        if k + 1 < limit, atoms[k].isMark("."), !atoms[k].isSpaced || k == start, atoms[k + 1].isDigits,
            !atoms[k + 1].isSpaced,
            !(k + 3 < limit && atoms[k + 2].isMark(".") && !atoms[k + 2].isSpaced && atoms[k + 3].isDigits
                && !atoms[k + 3].isSpaced)
        {
            value += decimals(atoms[k + 1])
            k += 2
        }
        if k < limit, let part = fractionSign(atoms[k]), k == start || !atoms[k].isSpaced {
            value += part
            k += 1
        } else if k + 1 < limit, atoms[k].isMark("/"), !atoms[k].isSpaced, atoms[k + 1].isDigits,
            !atoms[k + 1].isSpaced,
            value < 100, k == start + (sign < 0 ? 2 : 1), case let below = integer(atoms[k + 1]), below > 1,
            below <= 100
        {
            return ParsedNumber(end: k + 2, value: sign * value / below, isDigits: true, isFraction: true)
        }
        var number = ParsedNumber(end: k, value: sign * value, isDigits: true)
        if k < limit, atoms[k].isWord, !atoms[k].isSpaced {
            if atoms[k].has(.ordinalSuffix), !atoms[k].isCapital {
                number.isOrdinal = true
                number.end = k + 1
                return number
            }
            if atoms[k].has(.suffix), let factor = lexicon.value(atoms[k].hash, .suffix),
                !(k + 1 < limit && !atoms[k + 1].isSpaced && atoms[k + 1].isDigits)
            {
                // m is also the meter: in digits alone, as a capital or beside money it is a million
                let isClear =
                    factor != 1_000_000 || atoms[k].isCapital || atoms[k].end - atoms[k].start > 1
                    || (start > 0 && atoms[start - 1].has(.currency))
                let isTonne = atoms[k].end - atoms[k].start == 1 && factor == 1_000_000_000_000
                if isClear, !isTonne {
                    number.value *= factor
                    number.scale = factor
                    number.end = k + 1
                    return number
                }
            }
        }
        return scaled(number, limit: limit)
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
        var total = 0.0
        var current: Double?
        var scale = 1.0
        var k = start
        var last: WordClass = []
        if let article = article(at: k, limit: limit) { return article }
        while k < limit {
            var at = k
            if last != [] {
                if atoms[at].isMark("-"), !atoms[at].isSpaced, at + 1 < limit, !atoms[at + 1].isSpaced { at += 1 }
                if atoms[at].has(.stop), reading.form(at..<at + 1) == "and", last == .hundred || last == .scale,
                    at + 1 < limit,
                    atoms[at + 1].has(.small.union(.ten).union(.ordinal)), !isArticle(at + 1),
                    !isFractionNext(at + 2, limit: limit)
                {
                    at += 1
                }
            }
            guard at < limit, atoms[at].isWord else { break }
            let atom = atoms[at]
            if atom.has(.small), let value = lexicon.value(atom.hash, .small) {
                guard last == [] || last == .hundred || last == .scale || (last == .ten && value < 10 && value > 0)
                else { break }
                current = (current ?? 0) + value
                last = .small
            } else if atom.has(.ten), let value = lexicon.value(atom.hash, .ten) {
                guard last == [] || last == .hundred || last == .scale else { break }
                current = (current ?? 0) + value
                last = .ten
            } else if atom.has(.hundred), last == .small || last == .ten {
                current = (current ?? 1) * 100
                scale = 100
                last = .hundred
            } else if atom.has(.scale), last != [], last != .scale || current != nil,
                let value = lexicon.value(atom.hash, .scale)
            {
                total += (current ?? 1) * value
                current = nil
                scale = value
                last = .scale
            } else if atom.has(.dozen.union(.pluralScale)), last == .small || last == .ten, factor(atom) == 12 {
                current = (current ?? 1) * 12
                scale = 12
                last = .dozen
            } else if atom.has(.ordinal), let value = lexicon.value(atom.hash, .ordinal) {
                return ordinal(at: at, value, total + (current ?? 0), last, start)
            } else if atom.has(.fraction), last != [], let below = lexicon.value(atom.hash, .fraction),
                atom.has(.plural) || isPlural(atom)
            {
                return ParsedNumber(
                    end: at + 1, value: (total + (current ?? 0)) / below, isDigits: false, isFraction: true)
            } else {
                break
            }
            k = at + 1
        }
        guard last != [] else { return nil }
        return ParsedNumber(end: k, value: total + (current ?? 0), isDigits: false, scale: scale)
    }

    private func isFractionNext(_ k: Int, limit: Int) -> Bool {
        k < limit && atoms[k].isWord && atoms[k].has(.fraction) && (isPlural(atoms[k]) || !atoms[k].has(.ordinal))
    }

    private func isPlural(_ atom: Atom) -> Bool { reading.bytes[Int(atom.end) - 1] | 0x20 == UInt8(ascii: "s") }

    private func isArticle(_ k: Int) -> Bool {
        let atom = atoms[k]
        return atom.isWord && atom.end - atom.start <= 2 && ["a", "an"].contains(reading.form(k..<k + 1))
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
        guard isArticle(start), start + 1 < limit else { return nil }
        let next = atoms[start + 1]
        if next.isWord, next.isSpaced, let factor = factor(next) {
            return scaled(ParsedNumber(end: start + 2, value: factor, isDigits: false, scale: factor), limit: limit)
        }
        let isOf = start + 2 >= limit || reading.form(start + 2..<start + 3) == "of" || atoms[start + 2].isMark(".")
        if next.has(.fraction), let below = lexicon.value(next.hash, .fraction), !isPlural(next), isOf,
            below != 2 || start + 2 < limit
        {
            return ParsedNumber(end: start + 2, value: 1 / below, isDigits: false, isFraction: true)
        }
        return nil
    }

    /// What an ordinal makes of the number before it: "twenty-first", "two hundredth", "one fifth".
    private func ordinal(at k: Int, _ value: Double, _ before: Double, _ last: WordClass, _ start: Int) -> ParsedNumber?
    {
        if last == [] { return ParsedNumber(end: k + 1, value: value, isDigits: false, isOrdinal: true) }
        if value >= 100 { return ParsedNumber(end: k + 1, value: before * value, isDigits: false, isOrdinal: true) }
        if last == .small, before == 1, value > 2 {
            return ParsedNumber(end: k + 1, value: 1 / value, isDigits: false, isFraction: true)
        }
        if last == .small { return ParsedNumber(end: k, value: before, isDigits: false) }
        return ParsedNumber(end: k + 1, value: before + value, isDigits: false, isOrdinal: true)
    }
}
