/// What is typical of a part of a corpus beside the rest of it, another part or a list of reference.
package struct Keywords {
    /// A word with the measures of ``ContingencyTable``.
    package struct Row: Sendable {
        package let term: String
        package let wordClass: String
        package let occurrences: Int
        package let elsewhere: Int
        package let table: ContingencyTable
        /// The probability of G² by chance, and the same corrected for the number of words.
        package let probability: Double
        package fileprivate(set) var adjusted: Double
    }

    /// In order of the words' bytes: every word of the part and of what it is compared with.
    package let rows: [Row]

    /// What a part is compared with.
    package enum Reference: Sendable {
        /// All other parts.
        case rest
        case part(String)
        /// Words with their counts in another corpus of so many words.
        case list([String: Int], words: Int)
    }

    /// The keywords of `part`.
    package init(of part: String, in frequencies: WordFrequencies, beside reference: Reference) throws(PatternProblem) {
        let here = try frequencies.part(named: part)
        var other: Int?
        var size = frequencies.words - frequencies.parts[here].words
        var list: [String: Int] = [:]
        switch reference {
        case .rest: break
        case .part(let name):
            other = try frequencies.part(named: name)
            size = frequencies.parts[other ?? here].words
        case .list(let counts, let words):
            list = counts
            size = words
        }
        var isList = false
        if case .list = reference { isList = true }
        let words = frequencies.parts[here].words
        var rows: [Row] = []
        func add(_ term: String, _ wordClass: String, _ a: Int, _ c: Int) {
            guard a + c > 0 else { return }
            let table = ContingencyTable(Double(a), of: Double(words), elsewhere: Double(c), of: Double(size))
            let probability = ContingencyTable.probability(of: table.g2)
            rows.append(
                Row(
                    term: term, wordClass: wordClass, occurrences: a, elsewhere: c, table: table,
                    probability: probability, adjusted: probability))
        }
        for counts in frequencies.byTerm {
            guard let first = counts.first else { continue }
            let term = frequencies.term(first.term)
            let a = counts.first { $0.part == here }?.occurrences ?? 0
            let c =
                isList
                ? list.removeValue(forKey: term) ?? 0
                : counts.reduce(0) { sum, count in
                    count.part == other || other == nil && count.part != here ? sum + count.occurrences : sum
                }
            add(term, frequencies.wordClass(first.term), a, c)
        }
        for (term, count) in list { add(term, "content", 0, count) }
        rows.sort { $0.term.utf8.lexicographicallyPrecedes($1.term.utf8) }
        for (k, value) in AdjustedProbabilities.benjaminiHochberg(rows.map(\.probability)).enumerated() {
            rows[k].adjusted = value
        }
        self.rows = rows
    }
}
