import StageKit
import Text

/// What is said of a number behind it.
extension QuantityFinder {
    /// "several thousand people", "a few hundred boats", "a couple of hundred": at least one of these, and how many more is
    /// not told.
    func several(at k: Int, limit: Int) -> FoundMeasure? {
        let first = numbers.isGlue(k, .article, limit: limit) ? k + 1 : k
        guard first + 1 < limit, atoms[first].isWord, atoms[first].has(.several) else { return nil }
        let next = numbers.isGlue(first + 1, .of, limit: limit) ? first + 2 : first + 1
        guard next < limit, atoms[next].has(.hundred.union(.scale)),
            let scale = lexicon.value(atoms[next].hash, atoms[next].has(.scale) ? .scale : .hundred), scale >= 100,
            percent(at: next + 1, limit: limit) == nil,
            unit(at: next + 1, ParsedNumber(end: next + 1, value: scale, isDigits: false), limit: limit) == nil
        else { return nil }
        let value = self.value(
            scale, upper: nil, [.lower, .about], unit: "",
            noun: CountedNoun(reading: reading).noun(at: next + 1, limit: limit))
        if let currency = currency(at: next + 1, limit: limit) {
            return found(
                k..<currency.end, .money,
                self.value(scale, upper: nil, [.lower, .about], unit: currency.unit, noun: ""))
        }
        return found(k..<next + 1, .number, value)
    }

    /// What a text says of a number behind it: "40+", "50-plus", "50 or more", "18 and over", "ten or so".
    func bound(behind k: Int, limit: Int) -> (end: Int, hedge: Lexicon.Hedge)? {
        guard k < limit else { return nil }
        let next = k + 1
        if atoms[k].isMark("+"), !atoms[k].isSpaced, next >= limit || atoms[next].isSpaced || atoms[next].kind == .mark
        {
            return (next, .lower)
        }
        guard next < limit, atoms[next].isWord else { return nil }
        let word = atoms[next].hash
        if atoms[k].isMark("-"), !atoms[k].isSpaced, !atoms[next].isSpaced {
            return word == Self.plus ? (next + 1, .lower) : nil
        }
        let isOr = numbers.isGlue(k, .or, limit: limit)
        guard isOr || numbers.isGlue(k, .and, limit: limit) else { return nil }
        // "18 and over" ends here, "50 and over 20 boats" goes on
        if !isOr {
            let isLast = next + 1 >= limit || atoms[next + 1].kind == .mark || atoms[next + 1].has(.stop)
            return isLast && Self.upward.contains(word) ? (next + 1, .lower) : nil
        }
        if word == Self.so { return (next + 1, .about) }
        if Self.more.contains(word) || Self.upward.contains(word) { return (next + 1, .lower) }
        return Self.fewer.contains(word) ? (next + 1, .upper) : nil
    }

    private static let plus = SmallWord.hash("plus")
    private static let so = SmallWord.hash("so")
    private static let more = Set(["more", "greater", "higher", "longer", "better", "larger"].map(SmallWord.hash))
    private static let upward = Set(["older", "over", "above", "up", "upwards"].map(SmallWord.hash))
    private static let fewer = Set(
        ["less", "fewer", "lower", "younger", "under", "below", "shorter"].map(SmallWord.hash))
}
