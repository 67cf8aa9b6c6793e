/// An axis of numbers with round marks.
struct Scale: Hashable, Sendable {
    /// The marks in order.
    let ticks: [Double]
    var lowest: Double { ticks.first ?? 0 }
    var highest: Double { ticks.last ?? 1 }

    /// An axis from `minimum` (at most 0) to `maximum` (at least 0) with about five marks; whole numbers alone where
    /// `isWhole`.
    init(from minimum: Double, to maximum: Double, isWhole: Bool) {
        let range = maximum - minimum
        guard range > 1e-200, range < 1e300 else {
            ticks = [0, 1]
            return
        }
        var power = 1.0
        while power * 10 <= range { power *= 10 }
        while power > range { power /= 10 }
        let steps = [0.1, 0.2, 0.25, 0.5, 1, 2, 2.5].map { $0 * power }.filter {
            !isWhole || $0 == $0.rounded() && $0 >= 1
        }
        let step = steps.first { range / $0 <= 5 } ?? (isWhole ? max(1, power) : power)
        let first = (minimum / step).rounded(.down)
        let last = (maximum / step).rounded(.up)
        ticks = (0...Int(last - first)).map { (first + Double($0)) * step }
    }

    /// An axis for points: it contains 0 only where the values reach near it, since the place of a point is no length.
    init(around values: [Double]) {
        let (least, most) = (values.min() ?? 0, values.max() ?? 0)
        let isNear = least == most || (least > 0 && least < most / 3) || (most < 0 && most > least / 3)
        let isWhole = values.allSatisfy { $0 == $0.rounded() }
        let scale = Scale(
            from: isNear ? min(0, least) : least, to: isNear ? max(0, most) : most, isWhole: isWhole)
        // Beyond 2⁵³ neighbouring marks may be one number.
        ticks = scale.lowest < scale.highest ? scale.ticks : [least - 1, least + 1]
    }

    /// Where `value` stands between `start` and `end`.
    func place(_ value: Double, from start: Double, to end: Double) -> Double {
        start + (value - lowest) / (highest - lowest) * (end - start)
    }

    /// What stands at a mark.
    static func label(_ tick: Double) -> String { NumberText.real((tick * 1e6).rounded() / 1e6) }
}
