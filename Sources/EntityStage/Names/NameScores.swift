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
    func kinds(of range: Range<Int>) -> [Int] {
        (0...NameLabel.kinds.count).map { kind in
            var sum = 0
            var before = NameLabel.outside
            for (label, k) in zip(NameLabel.labels(kind: kind, length: range.count), range) {
                sum += Int(scores[k][label]) + pair(before, label) - pair(NameLabel.outside, NameLabel.outside)
                before = label
            }
            return sum + pair(before, NameLabel.outside) - pair(NameLabel.outside, NameLabel.outside)
        }
    }

    private func pair(_ a: Int, _ b: Int) -> Int { Int(pairs[a * NameLabel.count + b]) }
}
