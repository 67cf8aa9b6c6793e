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
    var atoms: [Atom] { reading.atoms }
    var lexicon: Lexicon { reading.lexicon }

    init(reading: Reading) { self.reading = reading }

    /// The number that begins at `k`, with the fraction or the whole that follows; nil where none does.
    func number(at k: Int, limit: Int) -> ParsedNumber? {
        guard let first = simple(at: k, limit: limit) else { return nil }
        let number = first.isOrdinal ? first : continued(first, limit: limit)
        // Hundreds of digits are no number that anybody counts with, and more than a `Double` holds.
        return number.value.isFinite ? number : nil
    }

    /// What is said behind a number that belongs to it: "three and two thirds", "nine point four", "two out of three".
    func continued(_ number: ParsedNumber, limit: Int) -> ParsedNumber {
        let k = number.end
        // "three-and-a-half"
        if k + 5 < limit, atoms[k].isMark("-"), isGlue(k + 1, .and, limit: limit), atoms[k + 2].isMark("-"),
            isArticle(k + 3), atoms[k + 4].isMark("-"), !atoms[k + 5].isSpaced, !number.isFraction,
            let below = lexicon.value(atoms[k + 5].hash, .fraction)
        {
            var whole = number
            whole.value += 1 / below
            whole.end = k + 6
            return scaled(whole, limit: limit)
        }
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
    func added(_ number: ParsedNumber, limit: Int) -> ParsedNumber {
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
    func withDecimals(_ number: ParsedNumber, limit: Int) -> ParsedNumber {
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
    func outOf(_ number: ParsedNumber, _ k: Int, limit: Int) -> ParsedNumber {
        guard let whole = simple(at: k, limit: limit), !whole.isOrdinal, whole.value > number.value else {
            return number
        }
        return ParsedNumber(
            end: whole.end, value: number.value / whole.value, isDigits: number.isDigits, isFraction: true)
    }

    /// "one in five": not where a year, a unit or a month may be meant.
    func oneIn(_ number: ParsedNumber, limit: Int) -> ParsedNumber {
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
    func simple(at k: Int, limit: Int, composes: Bool = true) -> ParsedNumber? {
        guard k < limit else { return nil }
        let atom = atoms[k]
        if atom.isDigits || atom.isMark("-") || atom.isMark(".") || isMinus(atom) || isFractionSign(atom) {
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
}
