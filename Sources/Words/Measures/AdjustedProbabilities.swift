/// Probabilities corrected for how many were looked at.
package enum AdjustedProbabilities {
    /// The smallest share of false discoveries at which each would be among the discoveries (Benjamini and Hochberg 1995),
    /// in the order of `values`.
    package static func benjaminiHochberg(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] == values[$1] ? $0 > $1 : values[$0] > values[$1] }
        var adjusted = values
        var least = 1.0
        for (k, place) in order.enumerated() {
            let rank = Double(values.count - k)
            least = min(least, values[place] * Double(values.count) / rank)
            adjusted[place] = least
        }
        return adjusted
    }
}
