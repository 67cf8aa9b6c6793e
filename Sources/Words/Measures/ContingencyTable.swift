#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// How often two things come together and how often not: the four fields of a 2 × 2 table.
///
/// |  | with the word | without it |
/// |---|---|---|
/// | here | `a` | `b` |
/// | elsewhere | `c` | `d` |
///
/// For keyness *here* is a corpus and *elsewhere* the one it is compared with; for collocations *here* is the surroundings of
/// the node. A measure that the numbers do not give is NaN.
package struct ContingencyTable: Hashable, Sendable {
    package let a, b, c, d: Double

    /// The table of these fields.
    package init(a: Double, b: Double, c: Double, d: Double) {
        (self.a, self.b, self.c, self.d) = (a, b, c, d)
    }

    /// The table of a word that occurs `here` times among `size` words, and `elsewhere` times among `otherSize`.
    package init(_ here: Double, of size: Double, elsewhere: Double, of otherSize: Double) {
        self.init(a: here, b: size - here, c: elsewhere, d: otherSize - elsewhere)
    }

    private var n: Double { a + b + c + d }
    /// What `a` would be by chance.
    package var expected: Double { (a + b) * (a + c) / n }

    private var isValid: Bool { a >= 0 && b >= 0 && c >= 0 && d >= 0 && a + b > 0 && c + d > 0 && a + c > 0 && n > 0 }

    /// Log-likelihood ratio over the four fields (Dunning 1993), negative where the word is rarer here than expected.
    package var g2: Double {
        guard isValid else { return .nan }
        let rows = [a + b, c + d]
        let columns = [a + c, b + d]
        var sum = 0.0
        for (k, observed) in [a, b, c, d].enumerated() where observed > 0 {
            sum += observed * log(observed * n / (rows[k / 2] * columns[k % 2]))
        }
        return a < expected ? -2 * sum : 2 * sum
    }

    /// Pearson's χ² (Pearson 1900) without Yates's correction, negative where the word is rarer here than expected.
    package var chiSquared: Double {
        guard isValid, b + d > 0 else { return .nan }
        let difference = a * d - b * c
        let value = n * difference * difference / ((a + b) * (c + d) * (a + c) * (b + d))
        return a < expected ? -value : value
    }

    /// The binary logarithm of the ratio of the relative frequencies (Hardie 2014); half an occurrence stands for none.
    package var logRatio: Double {
        guard isValid else { return .nan }
        return log2((max(a, 0.5) / (a + b)) / (max(c, 0.5) / (c + d)))
    }

    /// By how much of a hundred the relative frequency here is higher than elsewhere (Gabrielatos and Marchi 2011);
    /// infinite where the word does not occur elsewhere.
    package var percentDifference: Double {
        guard isValid else { return .nan }
        let (here, elsewhere) = (a / (a + b), c / (c + d))
        return 100 * (here - elsewhere) / elsewhere
    }

    /// Pointwise mutual information in bits (Church and Hanks 1990).
    package var pmi: Double { isValid ? log2(a / expected) : .nan }

    /// The t-score (Church and others 1991).
    package var tScore: Double { isValid && a > 0 ? (a - expected) / a.squareRoot() : .nan }

    /// ΔP: how much more probable the word is here than elsewhere (Ellis 2006; Gries 2013).
    package var deltaP: Double { isValid ? a / (a + b) - c / (c + d) : .nan }

    /// ΔP the other way: how much more probable *here* is with the word than without it.
    package var deltaPBackward: Double { isValid && b + d > 0 ? a / (a + c) - b / (b + d) : .nan }

    /// The probability of a statistic that is distributed like χ² with one degree of freedom being at least so far from 0.
    package static func probability(of statistic: Double) -> Double {
        statistic.isNaN ? .nan : erfc((abs(statistic) / 2).squareRoot())
    }
}
