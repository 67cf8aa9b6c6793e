import StageKit

/// Numbers without a noun that are the age of a person.
extension FigureContext {
    /// "Ada Weir (39)", "Ada Weir was 40.", "she turned 40", "died at 95".
    func isAge(_ measure: FoundMeasure, _ value: QuantityValue) -> Bool {
        let (k, end) = (measure.range.lowerBound, measure.range.upperBound)
        guard measure.kind == .number, measure.range.count == 1, reading.atoms[k].isDigits, value.noun.isEmpty,
            value.unit.isEmpty, value.number >= 1, value.number <= 120, value.number == value.number.rounded(),
            k > 1, isIn(k - 2, k)
        else { return false }
        let before = reading.atoms[k - 1]
        if before.isMark("("), isIn(end, k), reading.atoms[end].isMark(")") {
            return value.number >= 10 && person(endingAt: k - 1)
        }
        guard before.isWord, isEnd(end, k) else { return false }
        if before.hash == Self.at { return Self.dying.contains(reading.atoms[k - 2].hash) }
        guard Self.being.contains(before.hash) else { return false }
        return Self.pronouns.contains(reading.atoms[k - 2].hash) || person(endingAt: k - 1)
    }

    private func isIn(_ k: Int, _ other: Int) -> Bool { reading.isIn(k, reading.atoms[other].sentence) }

    /// Whether the sentence, or what it says of the number, ends at `k`.
    private func isEnd(_ k: Int, _ number: Int) -> Bool {
        guard isIn(k, number) else { return true }
        let atom = reading.atoms[k]
        if atom.kind == .mark { return atom.isMark(".") || atom.isMark(",") || atom.isMark(";") }
        return Self.goingOn.contains(atom.hash)
    }

    /// Whether the name of a person ends before `k`.
    private func person(endingAt k: Int) -> Bool {
        nameAt[k - 1].map { names[$0].kind == .person && names[$0].range.upperBound == k } ?? false
    }

    private static let at = SmallWord.hash("at")
    private static let dying = Set(["died", "dies", "dead"].map(SmallWord.hash))
    private static let being = Set(["is", "was", "turned", "turns"].map(SmallWord.hash))
    private static let pronouns = Set(["he", "she", "i"].map(SmallWord.hash))
    private static let goingOn = Set(["when", "and", "at", "but"].map(SmallWord.hash))
}
