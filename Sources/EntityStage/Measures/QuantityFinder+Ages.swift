import StageKit
import Text

/// Numbers that say how old somebody is.
extension QuantityFinder {
    /// "30 years old", "30-year-old", "six weeks of age", "aged 30"
    func aged(_ number: ParsedNumber, from k: Int, limit: Int) -> FoundMeasure? {
        if isBehindAge(k), number.value <= 120, unit(at: number.end, number, limit: limit) == nil {
            if let next = rangeJoint(at: number.end, limit: limit) ?? andJoint(at: number.end, limit: limit),
                let high = numbers.number(at: next, limit: limit), high.value > number.value, high.value <= 120
            {
                return found(
                    k..<years(behind: high.end, limit: limit), .quantity,
                    value(number.value, upper: high.value, [], unit: "year", noun: ""))
            }
            let bound = bound(behind: number.end, limit: limit)
            return found(
                k..<years(behind: number.end, limit: limit), .quantity,
                value(number.value, upper: nil, bound.map { [$0.hedge] } ?? [], unit: "year", noun: ""))
        }
        if isAgeBehindName(number, at: k, limit: limit) {
            return found(k..<number.end, .quantity, value(number.value, upper: nil, [], unit: "year", noun: ""))
        }
        var next = number.end
        if next + 1 < limit, atoms[next].isMark("-") { next += 1 }
        guard next + 1 < limit, atoms[next].has(.timeUnit), let code = lexicon.integer(atoms[next].hash, .timeUnit),
            code <= 4
        else { return nil }
        var end = next + 1
        if atoms[end].isMark("-"), end + 1 < limit { end += 1 }
        if numbers.isGlue(end, .old, limit: limit) {
            end += 1
        } else if numbers.isGlue(end, .of, limit: limit), end + 1 < limit, atoms[end + 1].has(.age) {
            end += 2
        } else {
            return nil
        }
        let units = ["", "day", "week", "month", "year"]
        return found(k..<end, .quantity, value(number.value, upper: nil, [], unit: units[code], noun: ""))
    }

    /// The end of "years" or "years old" behind an age.
    private func years(behind k: Int, limit: Int) -> Int {
        guard k < limit, atoms[k].has(.timeUnit), lexicon.integer(atoms[k].hash, .timeUnit) == 4 else { return k }
        return numbers.isGlue(k + 1, .old, limit: limit) ? k + 2 : k + 1
    }

    /// "aged 30", "at the age of 30", "ages 18 to 24"
    private func isBehindAge(_ k: Int) -> Bool {
        if numbers.isGlue(k - 1, .aged, limit: k) { return true }
        let head = numbers.isGlue(k - 1, .of, limit: k) ? k - 2 : k - 1
        guard head >= 0, atoms[head].isWord, atoms[head].sentence == atoms[k].sentence else { return false }
        return atoms[head].hash == Self.age || head == k - 1 && atoms[head].hash == Self.ages
    }

    private static let age = SmallWord.hash("age")
    private static let ages = SmallWord.hash("ages")

    /// "between the ages of 18 and 24", "aged 18 and 24": where the second number goes on.
    private func andJoint(at k: Int, limit: Int) -> Int? {
        numbers.isGlue(k, .and, limit: limit) && k + 1 < limit && atoms[k + 1].isDigits ? k + 1 : nil
    }

    /// "children under 5", "voters over 65": an age behind people and a bound.
    func agedBound(
        _ number: ParsedNumber, _ hedges: [Lexicon.Hedge], from start: Int, at k: Int, limit: Int
    ) -> FoundMeasure? {
        guard start < k, start > 0, number.isDigits, (1...120).contains(number.value), number.end == k + 1,
            atoms[start - 1].sentence == atoms[k].sentence, atoms[start - 1].isWord, atoms[start].isSpaced,
            Self.people.contains(atoms[start - 1].hash),
            percent(at: number.end, limit: limit) == nil, unit(at: number.end, number, limit: limit) == nil,
            CountedNoun(reading: reading).range(at: number.end, limit: limit) == nil,
            number.end >= limit || atoms[number.end].isSpaced || atoms[number.end].kind == .mark
        else { return nil }
        return found(k..<number.end, .quantity, value(number.value, upper: nil, hedges, unit: "year", noun: ""))
    }

    private static let people = Set(
        [
            "people", "persons", "children", "men", "women", "adults", "voters", "residents", "citizens", "patients",
            "workers", "pupils", "students", "those", "anyone", "girls", "boys",
        ].map(SmallWord.hash))

    /// "Ada Weir, 23, said": a number between commas behind a name.
    private func isAgeBehindName(_ number: ParsedNumber, at k: Int, limit: Int) -> Bool {
        guard number.isDigits, number.end == k + 1, (1...120).contains(number.value), k > 1, atoms[k - 1].isMark(","),
            !atoms[k - 1].isSpaced, atoms[k].isSpaced, atoms[k - 1].sentence == atoms[k].sentence
        else { return false }
        let before = atoms[k - 2]
        guard before.isWord, before.isCapital, !before.isAcronym,
            before.sentence == atoms[k].sentence,
            !before.has(.month.union(.monthShort).union(.weekday).union(.season).union(.common))
                || before.has(.firstName)
        else { return false }
        return number.end < limit && (atoms[number.end].isMark(",") || atoms[number.end].isMark(")"))
    }
}
