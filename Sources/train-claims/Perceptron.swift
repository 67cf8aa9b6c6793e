import ClaimStage

/// The weights of one pointer while it learns: an averaged perceptron (Freund and Schapire 1999, Collins 2002) in
/// whole numbers.
struct Perceptron {
    private(set) var weights: [Int32]
    /// The sum of all changes, each times the moment at which it was made.
    private var dated: [Int64]
    private var moment: Int64 = 1

    init(size: Int) {
        weights = Array(repeating: 0, count: size)
        dated = Array(repeating: 0, count: size)
    }

    /// One more example was looked at.
    mutating func advance() { moment += 1 }

    /// Changes a weight.
    mutating func add(_ change: Int32, at slot: Int) {
        weights[slot] += change
        dated[slot] += moment * Int64(change)
    }

    /// The average of each weight over all moments, times the number of these.
    private var averages: [Int64] { weights.indices.map { moment * Int64(weights[$0]) - dated[$0] } }

    /// The averages as bytes: one in a thousand of those that are not 0 may be cut off at ±127.
    var bytes: [Int8] {
        let averages = averages
        let sizes = averages.lazy.filter { $0 != 0 }.map { $0.magnitude }.sorted()
        guard !sizes.isEmpty else { return Array(repeating: 0, count: averages.count) }
        let top = Int64(sizes[sizes.count - 1 - sizes.count / 1000])
        return averages.map { average in
            let scaled = (2 * 127 * average + (average < 0 ? -top : top)) / (2 * top)
            return Int8(max(-127, min(127, scaled)))
        }
    }
}
