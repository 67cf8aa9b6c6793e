#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The weights of words in documents, TF-IDF: the number of occurrences times ln(documents / documents with the word)
/// (Spärck Jones 1972; Salton and Buckley 1988). The parts of any grouping may stand for documents.
package struct DocumentVectors {
    private let frequencies: WordFrequencies
    private let weights: [Double]
    /// By document, its words in order of their bytes.
    private let rows: [[(term: Int, occurrences: Int)]]
    private let lengths: [Double]

    /// How many words there are in the vectors together.
    package var size: Int { frequencies.counts.count }

    /// Of all documents, or of the parts that `grouping` makes.
    package init(
        by grouping: String = "document", unit: CountingUnit = .term, in source: WordSource
    ) throws {
        frequencies = try WordFrequencies(by: grouping, unit: unit, in: source)
        let documents = Double(frequencies.parts.count)
        var weights: [Int: Double] = [:]
        var rows = Array(repeating: [(term: Int, occurrences: Int)](), count: frequencies.parts.count)
        var most = -1
        for counts in frequencies.byTerm {
            let weight = log(documents / Double(counts.count))
            for count in counts {
                weights[count.term] = weight
                most = max(most, count.term)
                rows[count.part].append((count.term, count.occurrences))
            }
        }
        self.rows = rows
        let all = (0..<most + 1).map { weights[$0] ?? 0 }
        self.weights = all
        lengths = rows.map { row in
            row.reduce(0.0) { sum, item in
                let weight = Double(item.occurrences) * all[item.term]
                return sum + weight * weight
            }.squareRoot()
        }
    }

    /// The number of a document by its name.
    package func number(of document: String) throws(PatternProblem) -> Int {
        try frequencies.part(named: document)
    }

    /// The documents, in order.
    package var documents: [String] { frequencies.parts.map(\.name) }

    /// The words of a document with occurrences, inverse document frequency and the product of both.
    package func words(of document: Int) -> [(
        term: String, wordClass: String, occurrences: Int, idf: Double, weight: Double
    )] {
        rows[document].map { row in
            (
                frequencies.term(row.term), frequencies.wordClass(row.term), row.occurrences, weights[row.term],
                Double(row.occurrences) * weights[row.term]
            )
        }
    }

    /// The cosine of the angle between the vectors of one document and each other one (Salton and McGill 1983), 0 to 1;
    /// NaN where one has no word that tells it from others.
    package func similarities(to document: Int) -> [Double] {
        var own = Array(repeating: 0.0, count: weights.count)
        for row in rows[document] { own[row.term] = Double(row.occurrences) * weights[row.term] }
        return rows.indices.map { k in
            let product = rows[k].reduce(0.0) { $0 + own[$1.term] * Double($1.occurrences) * weights[$1.term] }
            return product / (lengths[k] * lengths[document])
        }
    }
}
