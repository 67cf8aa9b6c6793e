/// How many different words a text has for its length. Words are told by numbers.
package struct LexicalDiversity: Hashable, Sendable {
    /// How many words the text has.
    package let words: Int
    /// How many different ones.
    package let types: Int
    /// Types divided by words (Johnson 1944), which falls with the length of the text; NaN for no words.
    package let ttr: Double
    /// The mean type–token ratio of all stretches of `window` words (Covington and McFall 2010); the plain ratio for a text
    /// that is not longer.
    package let mattr: Double
    /// Measure of textual lexical diversity (McCarthy and Jarvis 2010) at the threshold 0.72: the mean length of stretches
    /// that keep the ratio above it, forwards and backwards.
    package let mtld: Double
    /// Yule's K (Yule 1944): 10⁴ (Σ m² V(m) − N) / N², for V(m) words that occur m times.
    package let yuleK: Double

    /// Of a text whose words have these numbers; each is below `typeCount`.
    package init(_ ids: [Int], typeCount: Int, window: Int = 50) {
        words = ids.count
        var frequencies = Array(repeating: 0, count: typeCount)
        for id in ids { frequencies[id] += 1 }
        types = frequencies.count { $0 > 0 }
        let n = Double(ids.count)
        ttr = ids.isEmpty ? .nan : Double(types) / n
        yuleK = ids.isEmpty ? .nan : 1e4 * (frequencies.reduce(0.0) { $0 + Double($1 * $1) } - n) / (n * n)
        mattr = ids.count <= window || window < 1 ? ttr : Self.movingAverage(ids, typeCount, window)
        mtld =
            ids.isEmpty
            ? .nan : (Self.factorLength(ids, typeCount) + Self.factorLength(ids.reversed(), typeCount)) / 2
    }

    private static func movingAverage(_ ids: [Int], _ typeCount: Int, _ window: Int) -> Double {
        var counts = Array(repeating: 0, count: typeCount)
        var types = 0
        // whole numbers, so that the order of adding does not matter
        var sum = 0
        for (k, id) in ids.enumerated() {
            if counts[id] == 0 { types += 1 }
            counts[id] += 1
            if k >= window {
                counts[ids[k - window]] -= 1
                if counts[ids[k - window]] == 0 { types -= 1 }
            }
            if k >= window - 1 { sum += types }
        }
        return Double(sum) / Double(window) / Double(ids.count - window + 1)
    }

    private static let threshold = 0.72

    /// The length of the text divided by the number of factors, of which the last may be a part of one. A text that
    /// never falls to the threshold and has no word twice has no factor: its length stands for it.
    private static func factorLength(_ ids: some Collection<Int>, _ typeCount: Int) -> Double {
        var factors = 0.0
        var seen = Array(repeating: -1, count: typeCount)
        var factor = 0
        var types = 0
        var tokens = 0
        for id in ids {
            tokens += 1
            if seen[id] != factor {
                seen[id] = factor
                types += 1
            }
            if Double(types) / Double(tokens) <= threshold {
                factors += 1
                factor += 1
                types = 0
                tokens = 0
            }
        }
        if tokens > 0 { factors += (1 - Double(types) / Double(tokens)) / (1 - threshold) }
        return factors > 0 ? Double(ids.count) / factors : Double(ids.count)
    }
}
