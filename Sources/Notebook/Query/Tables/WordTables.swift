import Results
import Words

/// The tables that SQL has for words, each counted from the texts when it is asked for; docs/statistics.md describes them.
enum WordTables {
    /// All of them.
    static let all = [
        occurrences, frequencies, ngrams, collocates, keywords, dispersions, diversity, tfIdf, similarDocuments,
    ]

    /// By name.
    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The tables in which names are looked up.
    private static let names: Set<String> = ["_mention_rows", "entities", "aliases"]

    /// The places of a pattern, document by document: a query with a limit reads no further than it needs.
    private static let occurrences = TableFunction(
        "occurrences", columns: ["occurrence", "document", "sentence", "start", "end", "text"],
        parameters: ["pattern", "letters", "of_publisher"], required: 1, reads: names
    ) { arguments, source in
        var places = try OccurrenceReader(
            try arguments.pattern(0, folding: 1), folding: try arguments.folding(1),
            publisher: try arguments.optionalText(2), in: source)
        return AnyIterator {
            do {
                return try places.next().map { place in
                    .success([
                        .text(place.id.text), .text(place.id.document), .integer(Int64(place.sentence)),
                        .integer(Int64(place.id.start)), .integer(Int64(place.id.end)), .text(place.text),
                    ])
                }
            } catch {
                return .failure(error)
            }
        }
    }

    /// Words by any grouping that metadata gives.
    private static let frequencies = TableFunction(
        "frequencies",
        columns: ["part", "term", "class", "occurrences", "documents", "per_million", "document_share"],
        parameters: ["grouping"], required: 0
    ) { arguments, source in
        let counted = try WordFrequencies(by: try arguments.optionalText(0), in: source)
        return counted.counts.map { count in
            let part = counted.parts[count.part]
            return [
                .text(part.name), .text(counted.term(count.term)), .text(counted.wordClass(count.term)),
                .integer(Int64(count.occurrences)), .integer(Int64(count.documents)),
                .real(1e6 * Double(count.occurrences) / Double(part.words)),
                .real(Double(count.documents) / Double(part.documents)),
            ]
        }
    }

    private static let ngrams = TableFunction(
        "ngrams", columns: ["ngram", "occurrences", "documents"], parameters: ["length", "least"], required: 1
    ) { arguments, source in
        let counted = try NGrams(
            try arguments.integer(0, in: 1...6), least: try arguments.integer(1, in: 1...Int(Int32.max), or: 2),
            in: source)
        return counted.rows.map {
            [.text($0.text), .integer(Int64($0.occurrences)), .integer(Int64($0.documents))]
        }
    }

    private static let collocates = TableFunction(
        "collocates",
        columns: [
            "collocate", "class", "together", "occurrences", "expected", "pmi", "g2", "t", "log_dice", "delta_p",
            "delta_p_backward",
        ], parameters: ["pattern", "distance", "letters"], required: 1, reads: names
    ) { arguments, source in
        let found = try Collocates(
            of: try arguments.pattern(0, folding: 2), folding: try arguments.folding(2),
            window: try arguments.integer(1, in: 1...50, or: 5), in: source)
        return found.rows.map { row in
            [
                .text(row.collocate), .text(row.wordClass), .integer(Int64(row.together)),
                .integer(Int64(row.occurrences)), .real(row.table.expected), .real(row.table.pmi), .real(row.table.g2),
                .real(row.table.tScore), .real(row.logDice), .real(row.table.deltaP), .real(row.table.deltaPBackward),
            ]
        }
    }

    private static let keywords = TableFunction(
        "keywords",
        columns: [
            "term", "class", "occurrences", "elsewhere", "per_million", "per_million_elsewhere", "g2", "chi2",
            "log_ratio", "percent_diff", "p", "p_adjusted",
        ], parameters: ["grouping", "part", "reference"], required: 2
    ) { arguments, source in
        let counted = try WordFrequencies(by: try arguments.text(0), in: source)
        let found = try Keywords(of: try arguments.text(1), in: counted, beside: try arguments.reference(2))
        return found.rows.map { row in
            let table = row.table
            return [
                .text(row.term), .text(row.wordClass), .integer(Int64(row.occurrences)), .integer(Int64(row.elsewhere)),
                .real(1e6 * table.a / (table.a + table.b)), .real(1e6 * table.c / (table.c + table.d)), .real(table.g2),
                .real(table.chiSquared), .real(table.logRatio), .real(table.percentDifference), .real(row.probability),
                .real(row.adjusted),
            ]
        }
    }

    private static let dispersions = TableFunction(
        "dispersions",
        columns: ["term", "class", "occurrences", "range", "parts", "juilland_d", "dp", "dp_norm"],
        parameters: ["grouping"], required: 0
    ) { arguments, source in
        let counted = try WordFrequencies(by: try arguments.optionalText(0) ?? "document", in: source)
        let sizes = PartSizes(counted.parts.map(\.words))
        return counted.byTerm.map { counts in
            let dispersion = Dispersion(
                counts: counts.map(\.occurrences), sizes: counts.map { counted.parts[$0.part].words }, allSizes: sizes)
            let term = counts.first?.term ?? 0
            return [
                .text(counted.term(term)), .text(counted.wordClass(term)),
                .integer(Int64(counts.reduce(0) { $0 + $1.occurrences })), .integer(Int64(dispersion.range)),
                .integer(Int64(sizes.count)), .real(dispersion.juillandD), .real(dispersion.dp),
                .real(dispersion.dpNorm),
            ]
        }
    }

    private static let diversity = TableFunction(
        "diversity", columns: ["document", "words", "types", "ttr", "mattr", "mtld", "yule_k"],
        parameters: ["stretch"], required: 0
    ) { arguments, source in
        let stretch = try arguments.integer(0, in: 1...1_000_000, or: 50)
        return try DocumentDiversity.all(window: stretch, in: source).map { document, diversity in
            [
                .text(document), .integer(Int64(diversity.words)), .integer(Int64(diversity.types)),
                .real(diversity.ttr), .real(diversity.mattr), .real(diversity.mtld), .real(diversity.yuleK),
            ]
        }
    }

    private static let tfIdf = TableFunction(
        "tf_idf", columns: ["term", "class", "occurrences", "idf", "tf_idf"], parameters: ["of_document"], required: 1
    ) { arguments, source in
        let vectors = try DocumentVectors(in: source)
        return vectors.words(of: try arguments.document(0, among: vectors)).map { row in
            [
                .text(row.term), .text(row.wordClass), .integer(Int64(row.occurrences)), .real(row.idf),
                .real(row.weight),
            ]
        }
    }

    private static let similarDocuments = TableFunction(
        "similar_documents", columns: ["document", "similarity"], parameters: ["to_document"], required: 1
    ) { arguments, source in
        let vectors = try DocumentVectors(in: source)
        let document = try arguments.document(0, among: vectors)
        return zip(vectors.documents, vectors.similarities(to: document)).enumerated()
            .filter { $0.offset != document }
            .map { [.text($0.element.0), .real($0.element.1)] }
    }
}
