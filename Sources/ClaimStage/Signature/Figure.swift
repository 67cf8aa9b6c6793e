import StageKit

/// A figure of a claim with what it counts, as far as other claims are compared with it.
struct Figure: Equatable {
    /// The least that it may be; nil for no bound.
    var lower: Double?
    /// The most that it may be; nil for no bound.
    var upper: Double?
    /// Whether the text says that it is not exact.
    var isApproximate: Bool
    /// The unit; empty for a count.
    var unit: String
    /// The stem of the noun that is counted; 0 when there is none.
    var noun: UInt32
    /// Stems of the words behind it, which say what it is about where the noun does not.
    var context: [UInt32]
    /// The figure as it stands in the text: `at least 50`.
    var text: String
    /// What it counts, for a reason in words: `killed`.
    var label: String

    /// Whether the two count the same thing, by unit and noun.
    func counts(sameAs other: Figure) -> Bool {
        guard unit == other.unit else { return false }
        if noun != 0, noun == other.noun { return true }
        if noun != 0, other.noun != 0, !context.contains(other.noun), !other.context.contains(noun) { return false }
        return context.contains(where: other.context.contains) || context.contains(other.noun)
            || other.context.contains(noun)
    }

    /// Whether one number can be both.
    func isCompatible(with other: Figure) -> Bool {
        let (a, b) = (bounds, other.bounds)
        return a.lowerBound <= b.upperBound && b.lowerBound <= a.upperBound
    }

    /// The numbers that it may be; a tenth on either side for one that is not exact.
    private var bounds: ClosedRange<Double> {
        var low = lower ?? -.infinity, high = upper ?? .infinity
        if low.isNaN { low = -.infinity }
        if high.isNaN { high = .infinity }
        if isApproximate {
            low -= abs(low) / 10
            high += abs(high) / 10
        }
        return low <= high ? low...high : high...low
    }

    func encode(into writer: inout ByteWriter) {
        writer.write(optional: lower) { $0.write($1) }
        writer.write(optional: upper) { $0.write($1) }
        writer.write(isApproximate)
        writer.write(unit)
        writer.write(UInt64(noun))
        writer.write(list: context) { $0.write(UInt64($1)) }
        writer.write(text)
        writer.write(label)
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        lower = try reader.optional { reader throws(LayerError) in try reader.double() }
        upper = try reader.optional { reader throws(LayerError) in try reader.double() }
        isApproximate = try reader.bool()
        unit = try reader.string()
        noun = UInt32(truncatingIfNeeded: try reader.unsigned())
        context = try reader.list { reader throws(LayerError) in UInt32(truncatingIfNeeded: try reader.unsigned()) }
        text = try reader.string()
        label = try reader.string()
    }

    init(
        lower: Double?, upper: Double?, isApproximate: Bool = false, unit: String = "", noun: UInt32 = 0,
        context: [UInt32] = [], text: String, label: String = ""
    ) {
        self.lower = lower
        self.upper = upper
        self.isApproximate = isApproximate
        self.unit = unit
        self.noun = noun
        self.context = context
        self.text = text
        self.label = label
    }
}
