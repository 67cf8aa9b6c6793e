import StageKit

/// Finds the most likely labels of a stretch, by the model's weights (Viterbi 1967).
struct NameTagger {
    let model: NameModel

    /// The names in a stretch, by kind as in ``NameLabel/names(in:)``.
    func names(in stretch: Range<Int>, scores: NameScores) -> [(kind: Int, range: Range<Int>)] {
        NameLabel.names(in: labels(stretch, scores)).map { name in
            (name.kind, name.range.lowerBound + stretch.lowerBound..<name.range.upperBound + stretch.lowerBound)
        }
    }

    private func labels(_ stretch: Range<Int>, _ scores: NameScores) -> [Int] {
        let count = NameLabel.count
        guard let first = stretch.first else { return [] }
        let none = Int32.min / 2
        var best = [Int32](repeating: none, count: count)
        for label in 0..<count where NameLabel.mayOpen(label) {
            best[label] = Int32(scores[first][label]) + model.pairs[NameLabel.outside * count + label]
        }
        var from = [UInt8](repeating: 0, count: count * stretch.count)
        var next = best
        for k in stretch.dropFirst() {
            let own = scores[k]
            let row = (k - stretch.lowerBound) * count
            for label in 0..<count {
                var top = none
                var origin = 0
                for previous in NameLabel.before[label] {
                    let sum = best[previous] + model.pairs[previous * count + label]
                    if sum > top {
                        top = sum
                        origin = previous
                    }
                }
                next[label] = top + Int32(own[label])
                from[row + label] = UInt8(origin)
            }
            swap(&best, &next)
        }
        var label = NameLabel.outside
        var top = none
        for last in NameLabel.before[NameLabel.outside] {
            let sum = best[last] + model.pairs[last * count + NameLabel.outside]
            if sum > top {
                top = sum
                label = last
            }
        }
        var labels = [Int](repeating: label, count: stretch.count)
        for k in labels.indices.dropFirst().reversed() {
            label = Int(from[k * count + label])
            labels[k - 1] = label
        }
        return labels
    }
}
