/// Words that are spelt nearly like another.
package enum NearWords {
    /// The nearest to `word` among words with how often they occur: up to `count` of them, the nearer and then the more
    /// frequent first. At most one letter in three differs.
    package static func of(_ word: String, among words: some Sequence<(String, Int)>, count: Int = 5) -> [String] {
        let wanted = letters(word)
        let allowed = max(1, min(wanted.count / 3, 3))
        var found: [(distance: Int, frequency: Int, word: String)] = []
        for (other, frequency) in words {
            let bytes = other.utf8.count
            guard bytes <= 4 * (wanted.count + allowed), bytes + allowed >= wanted.count else { continue }
            let letters = letters(other)
            guard abs(letters.count - wanted.count) <= allowed else { continue }
            let distance = distance(wanted, letters, atMost: allowed)
            if distance <= allowed { found.append((distance, frequency, other)) }
        }
        found.sort { a, b in
            if a.distance != b.distance { return a.distance < b.distance }
            return a.frequency == b.frequency
                ? a.word.utf8.lexicographicallyPrecedes(b.word.utf8) : a.frequency > b.frequency
        }
        return found.prefix(count).map(\.word)
    }

    private static func letters(_ word: String) -> [Unicode.Scalar] {
        Array(word.unicodeScalars.flatMap { WordFolder.plain($0).unicodeScalars })
    }

    /// Insertions, deletions, substitutions and swaps of neighbours, each 1 (optimal string alignment); more than `most`
    /// where it is more.
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], atMost most: Int) -> Int {
        var before: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            var least = i + 1
            for j in b.indices {
                var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
                row.append(cost)
                least = min(least, cost)
            }
            if least > most + 1 { return most + 1 }
            before = last
            last = row
        }
        return last[b.count]
    }
}
