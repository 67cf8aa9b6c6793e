import StageKit

/// A figure of a statement with what it counts, as far as others are compared with it.
///
/// It is an object, because millions of pairs are looked at: to hand a value over would copy each of its lists.
final class Figure: Equatable, Sendable {
    /// The number that the text gives, whatever it says of how exact it is.
    let number: Double
    /// The least that it may be; nil for no bound.
    let lower: Double?
    /// The most that it may be; nil for no bound.
    let upper: Double?
    /// Whether the text says that it is not exact.
    let isApproximate: Bool
    /// The unit; empty for a count.
    let unit: String
    /// The stem of the noun that is counted; 0 when there is none.
    let noun: UInt32
    /// The stems of the words that belong to the noun: *harbour* in *12 harbour pilots*.
    let modifiers: [UInt32]
    /// Tokens of the words around it in its clause, the nearest first: what is said of what is counted.
    let context: [UInt32]
    /// The stems of the predicate that the figure belongs to: *wounded*, *tested positive*. Empty when it is not known.
    let event: [UInt32]
    /// The figure as it stands in the text: `at least 50`.
    let text: String
    /// What it counts, for a reason in words: `killed`.
    let label: String
    /// How many digits the number has that are no noughts at either end. A figure is compared with many others: this and
    /// ``bounds`` are found once.
    private let significantDigits: Int
    /// The numbers that it may be: a tenth on either side for one that is not exact, and half of the last digit that is
    /// no nought for a round number from a thousand on.
    private let bounds: ClosedRange<Double>

    /// Whether the two count the same thing: in one unit, and the noun and what is said of it are the same. A noun that
    /// says little (*people*) needs a predicate.
    func counts(sameAs other: Figure) -> Bool {
        guard unit == other.unit else { return false }
        // harbour pilots are no river pilots
        if !modifiers.isEmpty, !other.modifiers.isEmpty, !modifiers.contains(where: other.modifiers.contains) {
            return false
        }
        let nounsMatch = noun != 0 && noun == other.noun
        if noun != 0, other.noun != 0, !nounsMatch, !other.mentions(noun), !mentions(other.noun) { return false }
        var weight = nounsMatch ? StatementToken.weight(StatementToken.word(noun)) : 0
        // sailors whom a storm wounded are not sailors whom it made homeless
        if !event.isEmpty, !other.event.isEmpty, !(nounsMatch && significantDigits >= 4 && isNear(other)) {
            guard event.contains(where: other.event.contains) else { return false }
            if nounsMatch || countsPeople && other.countsPeople && isToll { return true }
        } else if nounsMatch, significantDigits >= 4, isNear(other) {
            return true
        } else if nounsMatch, !context.isEmpty, !other.context.isEmpty {
            // without a predicate the words next to the figures stand for it
            guard context.prefix(2).contains(where: other.context.prefix(2).contains) else { return false }
        }
        if isNear(other), sharesEvent(with: other) { return true }
        for token in context where other.mentions(StatementToken.hash(token)) { weight += StatementToken.weight(token) }
        if !nounsMatch, noun != 0, other.mentions(noun) { weight += Int(Vocabulary.weight(noun)) }
        if !nounsMatch, other.noun != 0, mentions(other.noun) { weight += Int(Vocabulary.weight(other.noun)) }
        return weight >= 3
    }

    private func mentions(_ stem: UInt32) -> Bool { context.contains { StatementToken.hash($0) == stem } }

    /// Whether one number can be both.
    func isCompatible(with other: Figure) -> Bool {
        let (a, b) = (bounds, other.bounds)
        return a.lowerBound <= b.upperBound && b.lowerBound <= a.upperBound
    }

    /// Whether something that happened is told of both, and it is the same.
    func sharesEvent(with other: Figure) -> Bool { event.contains(where: other.event.contains) }

    /// Whether two figures plainly count one thing, wherever they stand: the noun and what is said of it are the same, or
    /// one has no noun (*44 were hurt*); or they give the same amount of the same, but for the last digits of a long number.
    func isSurely(countedBy other: Figure) -> Bool {
        guard unit == other.unit else { return false }
        let isLong = significantDigits >= 4 && other.significantDigits >= 4 && isNear(other)
        if noun != 0, noun == other.noun { return sharesEvent(with: other) || isLong }
        guard sharesEvent(with: other) else { return false }
        guard unit.isEmpty else { return isNear(other) }
        return noun == 0 && other.countsPeople || other.noun == 0 && countsPeople
    }

    /// Whether it says no more of what it counts than that these are people, if it says anything.
    private var countsPeople: Bool { noun == 0 || noun == Vocabulary.people }

    /// Whether it counts those to whom something was done that does not become undone: *were killed*.
    var isToll: Bool { unit.isEmpty && event.contains(where: Vocabulary.tolls.contains) }

    /// Whether two exact numbers differ by less than one in a hundred, so that they hardly count two things.
    func isNear(_ other: Figure) -> Bool {
        isDistinctive && other.isDistinctive || unit == "%" && significantDigits >= 3 && other.significantDigits >= 3
            ? abs(number - other.number) * 100 < max(abs(number), abs(other.number)) : false
    }

    /// Whether it is more than `other` can be.
    func exceeds(_ other: Figure) -> Bool { bounds.lowerBound > other.bounds.upperBound }

    /// Whether two texts hardly give it by chance: a number of three digits or more, or an amount of two in a unit.
    var isDistinctive: Bool {
        significantDigits >= 3 || !unit.isEmpty && unit != "%" && significantDigits >= 2
    }

    private static func significantDigits(of number: Double) -> Int {
        guard number.isFinite, number != 0 else { return 0 }
        var number = abs(number)
        var digits = 0
        while number != number.rounded(), digits < 6 {
            number *= 10
            digits += 1
        }
        guard number < 1e15 else { return 3 }
        var whole = Int(number)
        while whole != 0, whole.isMultiple(of: 10) { whole /= 10 }
        return whole == 0 ? 0 : String(whole).utf8.count
    }

    private static func bounds(lower: Double?, upper: Double?, isApproximate: Bool) -> ClosedRange<Double> {
        var low = lower ?? -.infinity, high = upper ?? .infinity
        if low.isNaN { low = -.infinity }
        if high.isNaN { high = .infinity }
        if isApproximate {
            // "about 3.28" is a number that was rounded
            let isRounded = hasHundredths(lower, upper)
            low -= isRounded ? 0.005 : abs(low) / 10
            high += isRounded ? 0.005 : abs(high) / 10
        } else if low == high, abs(low) >= 1000, abs(low) < 1e15, low == low.rounded() {
            var (slack, rest) = (0.5, Int(abs(low)))
            while rest.isMultiple(of: 10) {
                rest /= 10
                slack *= 10
            }
            if slack > 0.5 {
                low -= slack
                high += slack
            }
        }
        return low <= high ? low...high : high...low
    }

    /// Whether it is one number that is given to the hundredth or more exactly.
    private static func hasHundredths(_ lower: Double?, _ upper: Double?) -> Bool {
        guard let number = lower, number == upper, abs(number) < 1e12 else { return false }
        return abs(number * 10 - (number * 10).rounded()) > 1e-6
    }

    /// Whether one is more than ten times the other: then they hardly count one thing.
    func isFar(from other: Figure) -> Bool {
        let (small, large) = (min(abs(number), abs(other.number)), max(abs(number), abs(other.number)))
        return large > 10 * small
    }

    static func == (a: Figure, b: Figure) -> Bool {
        a.number == b.number && a.lower == b.lower && a.upper == b.upper && a.isApproximate == b.isApproximate
            && a.unit == b.unit && a.noun == b.noun && a.modifiers == b.modifiers && a.context == b.context
            && a.event == b.event && a.text == b.text && a.label == b.label
    }

    func encode(into writer: inout ByteWriter) {
        writer.write(number)
        writer.write(optional: lower) { $0.write($1) }
        writer.write(optional: upper) { $0.write($1) }
        writer.write(isApproximate)
        writer.write(unit)
        writer.write(UInt64(noun))
        writer.write(numbers: modifiers)
        writer.write(numbers: context)
        writer.write(numbers: event)
        writer.write(text)
        writer.write(label)
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        number = try reader.double()
        lower = try reader.optional { reader throws(LayerError) in try reader.double() }
        upper = try reader.optional { reader throws(LayerError) in try reader.double() }
        isApproximate = try reader.bool()
        unit = try reader.string()
        noun = UInt32(truncatingIfNeeded: try reader.unsigned())
        modifiers = try reader.numbers()
        context = try reader.numbers()
        event = try reader.numbers()
        text = try reader.string()
        label = try reader.string()
        significantDigits = Self.significantDigits(of: number)
        bounds = Self.bounds(lower: lower, upper: upper, isApproximate: isApproximate)
    }

    init(
        number: Double? = nil, lower: Double?, upper: Double?, isApproximate: Bool = false, unit: String = "",
        noun: UInt32 = 0,
        modifiers: [UInt32] = [], context: [UInt32] = [], event: [UInt32] = [], text: String, label: String = ""
    ) {
        let number = number ?? lower ?? upper ?? 0
        self.number = number
        significantDigits = Self.significantDigits(of: number)
        bounds = Self.bounds(lower: lower, upper: upper, isApproximate: isApproximate)
        self.lower = lower
        self.upper = upper
        self.isApproximate = isApproximate
        self.unit = unit
        self.noun = noun
        self.modifiers = modifiers
        self.context = context
        self.event = event
        self.text = text
        self.label = label
    }
}
