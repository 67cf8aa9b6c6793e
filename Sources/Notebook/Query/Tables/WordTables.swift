import Results
import Words

/// The tables that SQL has for words, each counted from the texts when it is asked for; docs/statistics.md describes them.
enum WordTables {
    /// All of them.
    static let all = [
        occurrences, patternCounts, frequencies, ngrams, collocates, keywords, dispersions, diversity, readabilities,
        tfIdf, similarDocuments, similarParts, cooccurrences,
    ]

    /// By name.
    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The tables in which names are looked up.
    static let names: Set<String> = ["_mention_rows", "entities", "aliases"]

    /// The places of a pattern, document by document: a query with a limit reads no further than it needs.
    private static let occurrences = TableFunction(
        "occurrences",
        columns: ["occurrence", "document", "sentence", "start", "end", "text", "l1", "l2", "l3", "r1", "r2", "r3"],
        parameters: ["pattern", "letters", "of_publisher"], required: 1, reads: names, costly: 6..<12
    ) { arguments, source in
        var places = try OccurrenceReader(
            try arguments.pattern(0, folding: 1), folding: try arguments.folding(1),
            publisher: try arguments.optionalText(2), hasNeighbours: arguments.usesCostly, in: source)
        return AnyIterator {
            do {
                return try places.next().map { place in
                    let neighbours = (place.before + place.behind).map(ResultsValue.text)
                    return .success(
                        [
                            .text(place.id.text), .text(place.id.document), .integer(Int64(place.sentence)),
                            .integer(Int64(place.id.start)), .integer(Int64(place.id.end)), .text(place.text),
                        ]
                            + (neighbours.isEmpty
                                ? Array(repeating: .null, count: 2 * OccurrenceReader.reach) : neighbours))
                }
            } catch {
                return .failure(error)
            }
        }
    }

    /// How often a pattern occurs in each part.
    private static let patternCounts = TableFunction(
        "pattern_counts",
        columns: [
            "part", "occurrences", "documents", "words", "part_documents", "per_million", "document_share",
        ], parameters: ["pattern", "grouping", "letters"], required: 1, reads: names
    ) { arguments, source in
        var places = try PlaceFinder(
            try arguments.pattern(0, folding: 2), folding: try arguments.folding(2), in: source)
        return try PatternCounts(of: &places, by: try arguments.optionalText(1), in: source).rows.map { row in
            [
                .text(row.part), .integer(Int64(row.occurrences)), .integer(Int64(row.documents)),
                .integer(Int64(row.words)), .integer(Int64(row.partDocuments)),
                .real(1e6 * Double(row.occurrences) / Double(row.words)),
                .real(Double(row.documents) / Double(row.partDocuments)),
            ]
        }
    }

    /// Words by any grouping that metadata gives.
    private static let frequencies = TableFunction(
        "frequencies",
        columns: ["part", "term", "class", "occurrences", "documents", "per_million", "document_share"],
        parameters: ["grouping", "unit"], required: 0
    ) { arguments, source in
        let counted = try WordFrequencies(
            by: try arguments.optionalText(0), unit: try arguments.unit(1), in: source)
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
        "ngrams", columns: ["part", "ngram", "occurrences", "documents"],
        parameters: ["length", "least", "grouping", "unit"], required: 1,
        steps: { arguments, source in
            let (length, least) = (
                try arguments.integer(0), try arguments.integer(1, or: 2)
            )
            let unit = try arguments.unit(3)
            return (
                try CorpusPart.all(by: try arguments.optionalText(2), in: source),
                { part in
                    try NGrams(length, least: least, of: part, unit: unit, in: source).rows.map {
                        [
                            .text(part.name), .text($0.text), .integer(Int64($0.occurrences)),
                            .integer(Int64($0.documents)), .integer(Int64(length)), .integer(Int64(least)),
                        ]
                    }
                }
            )
        })

    private static let collocates = TableFunction(
        "collocates",
        columns: [
            "part", "collocate", "class", "together", "occurrences", "expected", "pmi", "g2", "t", "log_dice",
            "delta_p",
            "delta_p_backward",
        ], parameters: ["pattern", "distance", "letters", "grouping", "unit"], required: 1, reads: names,
        steps: { arguments, source in
            let distance = try arguments.integer(1, or: 5)
            let unit = try arguments.unit(4)
            var places = try PlaceFinder(
                try arguments.pattern(0, folding: 2), folding: try arguments.folding(2), in: source)
            return (
                try CorpusPart.all(by: try arguments.optionalText(3), in: source),
                { part in
                    let found = try Collocates(of: &places, window: distance, in: part, unit: unit, source: source)
                    return found.rows.map { row in
                        [
                            .text(part.name), .text(row.collocate), .text(row.wordClass), .integer(Int64(row.together)),
                            .integer(Int64(row.occurrences)), .real(row.table.expected), .real(row.table.pmi),
                            .real(row.table.g2), .real(row.table.tScore), .real(row.logDice), .real(row.table.deltaP),
                            .real(row.table.deltaPBackward), arguments.value(0), .integer(Int64(distance)),
                        ]
                    }
                }
            )
        })

    /// The keywords of one part, or of each.
    private static let keywords = TableFunction(
        "keywords",
        columns: [
            "term", "class", "occurrences", "elsewhere", "per_million", "per_million_elsewhere", "g2", "chi2",
            "log_ratio", "percent_diff", "p", "p_adjusted",
        ], parameters: ["grouping", "part", "reference", "unit"], required: 1,
        steps: { arguments, source in
            let counted = try WordFrequencies(by: try arguments.text(0), unit: try arguments.unit(3), in: source)
            let reference = try arguments.reference(2)
            return (
                try arguments.optionalText(1).map { [$0] } ?? counted.parts.map(\.name),
                { part in
                    try Keywords(of: part, in: counted, beside: reference).rows.map { row in
                        let table = row.table
                        return [
                            .text(row.term), .text(row.wordClass), .integer(Int64(row.occurrences)),
                            .integer(Int64(row.elsewhere)), .real(1e6 * table.a / (table.a + table.b)),
                            .real(1e6 * table.c / (table.c + table.d)), .real(table.g2), .real(table.chiSquared),
                            .real(table.logRatio), .real(table.percentDifference), .real(row.probability),
                            .real(row.adjusted), arguments.value(0), .text(part),
                        ]
                    }
                }
            )
        })
}
