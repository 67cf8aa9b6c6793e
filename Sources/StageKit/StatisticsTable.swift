/// A table of counts that the stage `summarize-statistics` fills through its folds, and that results hold as it is.
///
/// A row of a fold has the key `FoldKey(parts: [name] + values of the key columns)`; an element of the row is the
/// name of a measure, its count the measure's value. A measure that is not among the elements is 0. Whatever depends
/// on totals of the corpus is computed by a ``StatisticsView`` when it is shown.
public struct StatisticsTable: Hashable, Sendable {
    /// A column with what it says.
    public struct Column: Hashable, Sendable {
        /// The name in results.
        public var name: String
        /// One phrase for documentation.
        public var summary: String

        /// The column `name`.
        public init(_ name: String, _ summary: String) {
            self.name = name
            self.summary = summary
        }
    }

    /// The name in results, and the first part of the key of a fold's row.
    public var name: String
    /// What a row is.
    public var summary: String
    /// The key: text, in the order of the key's further parts.
    public var key: [Column]
    /// The counts: integers.
    public var measures: [Column]

    /// The table `name`.
    public init(_ name: String, _ summary: String, key: [Column], measures: [Column]) {
        self.name = name
        self.summary = summary
        self.key = key
        self.measures = measures
    }
}

extension StatisticsTable {
    /// Every table of counts. No key is filled by two folds.
    public static let all = [
        publishers, terms, readability, nodes, collocations, entities, cooccurrence, timeline, sources,
    ]

    private static let publisher = Column("publisher", "who published it; empty where unknown")
    private static let documents = Column("documents", "documents that add to the row")

    /// The size of the corpus by publisher.
    public static let publishers = StatisticsTable(
        "publisher_counts", "the documents of a publisher", key: [publisher],
        measures: [documents, Column("sentences", "their sentences"), Column("words", "their word tokens")])

    /// Words by publisher. Further occurrences are kept instead of all of them because most words occur once in a
    /// document, and a count of 0 takes no room: occurrences are `documents + repeats`.
    public static let terms = StatisticsTable(
        "term_counts", "a word in the documents of a publisher",
        key: [
            Column(
                "class",
                "'content'; 'function' for words of grammar, 'numeral' for numbers in words, 'saying' for verbs of saying"
            ),
            Column("term", "the word in lower case"), publisher,
        ],
        measures: [documents, Column("repeats", "occurrences after the first in their document")])

    /// What formulas of readability need, by document.
    public static let readability = StatisticsTable(
        "readability_counts", "a document",
        key: [Column("document", "the document's id")],
        measures: [
            Column("sentences", "sentences with a word"), Column("words", "word tokens"),
            Column("types", "different words"), Column("letters", "letters and digits of the words"),
            Column("syllables", "syllables of the words, by their groups of vowels"),
            Column("long_words", "words of more than six letters"),
        ])

    private static let kind = Column("kind", "'entity' for a name, 'term' for a word")
    private static let node = Column("node", "the entity's id, or the word")

    /// What collocations are reckoned from, by node.
    public static let nodes = StatisticsTable(
        "node_counts", "a name or a word whose neighbours are counted", key: [kind, node],
        measures: [
            Column("occurrences", "how often it occurs"), Column("slots", "word tokens within the window around it"),
        ])

    /// Words near names, and near the words that the pipeline asks for.
    public static let collocations = StatisticsTable(
        "collocation_counts", "a content word within the window around a node, in its sentence",
        key: [kind, node, Column("collocate", "the content word")],
        measures: [Column("together", "how often it stands there")])

    /// Entities in sentences.
    public static let entities = StatisticsTable(
        "entity_counts", "an entity", key: [Column("entity", "the entity's id")],
        measures: [
            documents, Column("sentences", "sentences that mention it"), Column("mentions", "mentions of it"),
        ])

    /// Pairs of entities in one sentence.
    public static let cooccurrence = StatisticsTable(
        "cooccurrence_counts", "two entities that one sentence mentions",
        key: [
            Column("entity_a", "the entity whose id sorts first"), Column("entity_b", "the other"),
        ],
        measures: [documents, Column("sentences", "sentences that mention both")])

    /// What happens by month.
    public static let timeline = StatisticsTable(
        "timeline", "a month of publication, for one publisher, entity, source or word",
        key: [
            Column("month", "YYYY-MM; empty for documents without a date"),
            Column("series", "'publisher', 'entity', 'source' or 'term'"),
            Column(
                "name", "the publisher, the entity's id, the claims' source as in 'sources' ('' for none), or the word"),
        ],
        measures: [
            documents,
            Column(
                "occurrences", "words of the publisher, mentions of the entity, claims of the source, or the word's"),
        ])

    /// Who is said to have said something, by publisher, and how.
    public static let sources = StatisticsTable(
        "source_counts", "the claims of a source in the documents of a publisher",
        key: [
            Column(
                "source",
                "the id of the source's entity; 'role:' or 'unnamed:' and words for a source without a name; empty for claims without one"
            ), publisher,
        ],
        measures: [documents, Column("claims", "claims")]
            + Claim.Form.allCases.map { Column($0.label, "claims in \($0.label) speech") }
            + Claim.Stance.allCases.map { Column($0.label, "claims that are \($0.label)") }
            + [Column("negated", "claims whose content is a negation")])
}
