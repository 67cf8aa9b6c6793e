package import StageKit

/// `summarize-statistics`: the tables of counts that reports read.
package struct StatisticsStage: Stage {
    /// What `colophon stages` shows.
    package static let description = StageDescription(
        name: "summarize-statistics",
        summary: "Counts words, names and claims by document, publisher, source and month.",
        discussion: """
            Words are counted in lower case, as the document's language has it (Turkish 'I' and 'ı'), with a possessive
            ending taken off, each as function or content word (English), with nothing left out: rare and frequent ones are told apart when a report is made. Reports
            reckon from the counts, when they are shown, what depends on the whole corpus: frequency per million,
            keyness (log-likelihood, log ratio), dispersion, association (PMI, log-likelihood, log Dice).

            Collocations are content words within 'window' words of a node, on both sides, in the same sentence. Nodes
            are the names that 'tag-entities' finds, and the words and phrases in 'keywords'; 'collocations: words' makes every
            content word a node, which gives tables several times the size of the texts. Two names are together when
            one sentence mentions both, with fewer than 16 mentions between them.

            Without 'tag-entities' there are no figures about names, and without 'link-claims' none about sources.
            Syllables, and what is reckoned from them, hold for English.
            """,
        options: [
            OptionDescription(
                "window", .integer(1...50), default: .integer(5), "How many words on each side are neighbours."),
            OptionDescription(
                "keywords", .list(.string), default: .list([]),
                "Words and phrases whose neighbours, and whose use by month, are counted."),
            OptionDescription(
                "collocations", .choice(["names", "words", "none"]), default: .string("names"),
                "Whose neighbours are counted beside the keywords'."),
        ])

    /// One fold for what depends on the same layers and options: another window leaves all but the neighbours as they are.
    package static let steps: [StepType] = [
        .fold(WordStatistics.self), .fold(KeywordStatistics.self), .fold(NameStatistics.self),
        .fold(NeighbourStatistics.self), .fold(ClaimStatistics.self),
    ]

    /// Made by the build.
    package static let fingerprint = Embedded.fingerprint
}
