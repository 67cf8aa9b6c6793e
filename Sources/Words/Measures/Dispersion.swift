#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// How evenly a word is spread over the parts of a corpus, which may be documents or groups of documents.
package struct Dispersion: Hashable, Sendable {
    /// In how many parts it occurs.
    package let range: Int
    /// Juilland's D (Juilland, Brodin and Davidovitch 1970) over relative frequencies, as parts differ in size: 1 minus
    /// the coefficient of variation divided by √(parts − 1), with the standard deviation of a population. 1 is even; NaN
    /// for one part.
    package let juillandD: Double
    /// Deviation of proportions (Gries 2008): half the sum of |share of the part in the word's occurrences − share of the
    /// part in the corpus|; 0 is even.
    package let dp: Double
    /// DP divided by its largest possible value, 1 minus the smallest share of a part (Lijffijt and Gries 2012).
    package let dpNorm: Double

    /// Of a word that occurs `counts` times in parts of `sizes` words, of which each has at least one.
    ///
    /// Only the parts where it occurs are named: `counts` and `sizes` go together, `others` are the sizes of the rest.
    package init(counts: [Int], sizes: [Int], allSizes: PartSizes) {
        range = counts.count { $0 > 0 }
        let total = Double(counts.reduce(0, +))
        let parts = Double(allSizes.count)
        let words = Double(allSizes.words)
        var rates = 0.0
        var squares = 0.0
        var deviation = 0.0
        var sharesHere = 0.0
        for (count, size) in zip(counts, sizes) {
            let rate = Double(count) / Double(size)
            rates += rate
            squares += rate * rate
            let share = Double(size) / words
            sharesHere += share
            deviation += abs(Double(count) / total - share)
        }
        let mean = rates / parts
        let variance = max(0, squares / parts - mean * mean)
        juillandD = parts > 1 && mean > 0 ? 1 - variance.squareRoot() / mean / (parts - 1).squareRoot() : .nan
        // a part without the word adds its whole share
        dp = max(0, (deviation + max(0, 1 - sharesHere)) / 2)
        let largest = 1 - Double(allSizes.smallest) / words
        dpNorm = largest > 0 ? dp / largest : .nan
    }
}

/// The sizes of all parts of a corpus, in words. Parts without words are none.
package struct PartSizes: Hashable, Sendable {
    package let count: Int
    package let words: Int
    package let smallest: Int

    /// Of parts with so many words each.
    package init(_ sizes: [Int]) {
        let sizes = sizes.filter { $0 > 0 }
        count = sizes.count
        words = sizes.reduce(0, +)
        smallest = sizes.min() ?? 0
    }
}
