import StageKit

/// Finds the most likely labels of a stretch, by the model's weights (Viterbi 1967).
struct NameTagger {
    private let pairs: [Int32]
    private let beforeRow = NameLabel.beforeRow
    private let beforeStart = NameLabel.beforeStart
    private let opens = (0..<NameLabel.count).map(NameLabel.mayOpen)
    // Kept from stretch to stretch: most are so short that making these would be half of the work.
    private var best = [Int32](repeating: 0, count: NameLabel.count)
    private var next = [Int32](repeating: 0, count: NameLabel.count)
    private var from: [UInt8] = []
    private var labels: [Int] = []

    init(model: NameModel) { pairs = model.pairs }

    /// Adds the names in a stretch to `names`, by kind as in ``NameLabel/names(in:)``.
    mutating func find(
        in stretch: Range<Int>, scores: NameScores, into names: inout [(kind: Int, range: Range<Int>)]
    ) {
        label(stretch, scores)
        for name in NameLabel.names(in: labels) {
            let start = stretch.lowerBound + name.range.lowerBound
            names.append((name.kind, start..<start + name.range.count))
        }
    }

    /// Sets `labels` to those of a stretch.
    private mutating func label(_ stretch: Range<Int>, _ scores: NameScores) {
        let count = NameLabel.count
        labels.removeAll(keepingCapacity: true)
        guard let first = stretch.first else { return }
        let none = Int32.min / 2
        for label in 0..<count {
            best[label] =
                opens[label] ? Int32(scores[first][label]) + pairs[NameLabel.outside * count + label] : none
        }
        from.removeAll(keepingCapacity: true)
        from.append(contentsOf: repeatElement(0, count: count * stretch.count))
        for k in stretch.dropFirst() {
            let own = scores[k]
            let row = (k - stretch.lowerBound) * count
            for label in 0..<count {
                let (top, origin) = previous(of: label)
                next[label] = top + Int32(own[label])
                from[row + label] = UInt8(origin)
            }
            swap(&best, &next)
        }
        var label = previous(of: NameLabel.outside).label
        labels.append(contentsOf: repeatElement(label, count: stretch.count))
        for k in labels.indices.dropFirst().reversed() {
            label = Int(from[k * count + label])
            labels[k - 1] = label
        }
    }

    /// The best of the labels that may stand before `label`, which stands for the edge too where it is `outside`.
    @inline(__always)
    private func previous(of label: Int) -> (sum: Int32, label: Int) {
        var top = Int32.min / 2
        var origin = label == NameLabel.outside ? NameLabel.outside : 0
        for k in beforeStart[label]..<beforeStart[label + 1] {
            let previous = Int(beforeRow[k])
            let sum = best[previous] + pairs[previous * NameLabel.count + label]
            if sum > top {
                top = sum
                origin = previous
            }
        }
        return (top, origin)
    }
}
