import CSentenceEncoder

/// What a statement means, as a sentence encoder tells: a vector, and how long it is.
///
/// Valid as long as the table of the statement is there.
struct Meaning {
    private let vector: UnsafeBufferPointer<Int8>
    private let length: Double

    /// From so much likeness on, in thousandths, two statements of a band are compared, however few words they share.
    static let leastCompared = 450
    /// From so much likeness on they may agree.
    static let leastAgreed = 700

    /// A likeness in thousandths as a share with two digits: `0.81`.
    static func shown(_ likeness: Int) -> String {
        let hundredths = min(100, max(0, (likeness + 5) / 10))
        return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
    }

    /// The meaning of a statement; nil where it has none: it was not asked for, or the statement is never compared.
    init?(_ statement: StatementView) {
        guard let vector = statement.vector, let base = vector.baseAddress else { return nil }
        self.vector = vector
        length = Double(sentence_product(base, base, vector.count)).squareRoot()
        guard length > 0 else { return nil }
    }

    /// The cosine of two vectors, in thousandths. The floats are of sums of whole numbers, and each operation is that of
    /// IEEE 754: it comes out the same everywhere, and whichever of the two comes first.
    func likeness(to other: Meaning) -> Int {
        guard let one = vector.baseAddress, let two = other.vector.baseAddress, vector.count == other.vector.count
        else {
            return 0
        }
        return Int(1000 * Double(sentence_product(one, two, vector.count)) / (length * other.length))
    }
}
