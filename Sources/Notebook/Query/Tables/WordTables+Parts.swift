import Results
import Words

/// Tables that compare parts of a corpus, which are documents unless a grouping is given.
extension WordTables {
    static let dispersions = TableFunction(
        "dispersions",
        columns: ["term", "class", "occurrences", "range", "parts", "juilland_d", "dp", "dp_norm"],
        parameters: ["grouping", "unit"], required: 0
    ) { arguments, source in
        let counted = try WordFrequencies(
            by: try arguments.optionalText(0) ?? "document", unit: try arguments.unit(1), in: source)
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

    static let diversity = TableFunction(
        "diversity", columns: ["part", "document", "words", "types", "ttr", "mattr", "mtld", "yule_k"],
        parameters: ["stretch", "grouping", "unit"], required: 0,
        steps: { arguments, source in
            let stretch = try arguments.integer(0, or: 50)
            let grouping = try arguments.optionalText(1) ?? documents
            let unit = try arguments.unit(2)
            return (
                try CorpusPart.all(by: grouping, in: source),
                { part in
                    guard let found = try PartDiversity.of(part, window: stretch, unit: unit, in: source) else {
                        return []
                    }
                    return [
                        [
                            .text(part.name), grouping == documents ? .text(part.name) : .null,
                            .integer(Int64(found.words)), .integer(Int64(found.types)), .real(found.ttr),
                            .real(found.mattr), .real(found.mtld), .real(found.yuleK), .integer(Int64(stretch)),
                        ]
                    ]
                }
            )
        })

    static let readabilities = TableFunction(
        "readabilities",
        columns: [
            "part", "sentences", "words", "types", "letters", "syllables", "long_words", "flesch", "grade", "ari",
            "coleman_liau", "lix", "type_token",
        ], parameters: ["grouping"], required: 0,
        steps: { arguments, source in
            (
                try CorpusPart.all(by: try arguments.optionalText(0) ?? documents, in: source),
                { part in
                    guard let found = try PartReadability.of(part, in: source) else { return [] }
                    let counts = [
                        found.sentences, found.words, found.types, found.letters, found.syllables, found.longWords,
                    ]
                    let measures = [
                        found.flesch, found.grade, found.automated, found.colemanLiau, found.lix, found.typeToken,
                    ]
                    return [[.text(part.name)] + counts.map { .integer(Int64($0)) } + measures.map { .real($0) }]
                }
            )
        })

    static let tfIdf = TableFunction(
        "tf_idf", columns: ["term", "class", "occurrences", "idf", "tf_idf"],
        parameters: ["of_document", "grouping", "unit"], required: 0,
        steps: { arguments, source in
            let vectors = try DocumentVectors(
                by: try arguments.optionalText(1) ?? documents, unit: try arguments.unit(2), in: source)
            return (
                try arguments.documents(0, among: vectors),
                { document in
                    vectors.words(of: document).map { row in
                        [
                            .text(row.term), .text(row.wordClass), .integer(Int64(row.occurrences)), .real(row.idf),
                            .real(row.weight), .text(vectors.documents[document]),
                        ]
                    }
                }
            )
        })

    static let similarDocuments = TableFunction(
        "similar_documents", columns: ["document", "similarity"], parameters: ["to_document", "unit"], required: 0,
        steps: { arguments, source in
            try similarities(of: 0, by: documents, unit: 1, arguments, source)
        })

    static let similarParts = TableFunction(
        "similar_parts", columns: ["part", "similarity"], parameters: ["grouping", "to_part", "unit"], required: 1,
        steps: { arguments, source in
            let (parts, rows) = try similarities(of: 1, by: try arguments.text(0), unit: 2, arguments, source)
            return (parts, { part in try rows(part).map { [$0[0], $0[1], arguments.value(0), $0[2]] } })
        })

    /// Rows of the other part, the similarity and the part itself, for the part that an argument names or for each.
    private static func similarities(
        of part: Int, by grouping: String, unit: Int, _ arguments: TableArguments, _ source: WordSource
    ) throws -> ([Int], (Int) throws -> [[ResultsValue]]) {
        let vectors = try DocumentVectors(by: grouping, unit: try arguments.unit(unit), in: source)
        return (
            try arguments.documents(part, among: vectors),
            { own in
                // it goes over the words of all of them
                try source.charge?(4 * vectors.size)
                return zip(vectors.documents, vectors.similarities(to: own)).enumerated()
                    .filter { $0.offset != own }
                    .map { [.text($0.element.0), .real($0.element.1), .text(vectors.documents[own])] }
            }
        )
    }

    static let cooccurrences = TableFunction(
        "cooccurrences",
        columns: [
            "part", "entity_a", "entity_b", "name_a", "name_b", "documents", "sentences", "pmi", "npmi",
        ], parameters: ["grouping"], required: 0, reads: names
    ) { arguments, source in
        try NameCompany(by: try arguments.optionalText(0), in: source).rows.map { row in
            [
                .text(row.part), .text(row.entities.a), .text(row.entities.b),
                row.names.a.map(ResultsValue.text) ?? .null, row.names.b.map(ResultsValue.text) ?? .null,
                .integer(Int64(row.documents)), .integer(Int64(row.sentences)), .real(row.pmi), .real(row.npmi),
            ]
        }
    }

    /// The grouping in which each document is a part.
    private static let documents = "document"
}
