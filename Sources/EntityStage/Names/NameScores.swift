/// What the model says of each atom of a document, and of any passage as a name.
struct NameScores {
    /// Zero for atoms that the tagger does not look at.
    private var scores: [SIMD16<Int16>]
    private var isScored: [Bool]
    private let pairs: [Int32]

    init(atoms: Int, pairs: [Int32]) {
        self.pairs = pairs
        scores = Array(repeating: SIMD16(repeating: 0), count: atoms)
        isScored = Array(repeating: false, count: atoms)
    }

    /// The scores of an atom, by label.
    subscript(atom: Int) -> SIMD16<Int16> {
        get { scores[atom] }
        set {
            scores[atom] = newValue
            isScored[atom] = true
        }
    }

    /// Whether the tagger looked at all atoms of a passage.
    func cover(_ range: Range<Int>) -> Bool { range.allSatisfy { isScored[$0] } }

    /// How much speaks for a passage being a name of each kind rather than none: persons, organizations, places, the
    /// miscellaneous.
    func kinds(of range: Range<Int>) -> SIMD4<Int> {
        let none = pair(NameLabel.outside, NameLabel.outside)
        var sums = SIMD4<Int>(repeating: 0)
        for kind in 0...NameLabel.kindCount {
            var sum = 0
            var before = NameLabel.outside
            for k in range {
                let label = NameLabel.label(at: k - range.lowerBound, kind: kind, length: range.count)
                sum += Int(scores[k][label]) + pair(before, label) - none
                before = label
            }
            sums[kind] = sum + pair(before, NameLabel.outside) - none
        }
        return sums
    }

    private func pair(_ a: Int, _ b: Int) -> Int { Int(pairs[a * NameLabel.count + b]) }
}
