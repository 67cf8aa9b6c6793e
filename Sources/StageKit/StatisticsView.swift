/// A table of `summarize-statistics` as users query it: counts, and what formulas make of them and of the totals of the
/// corpus at the time of the query. Needs SQLite's mathematical functions.
public struct StatisticsView: Hashable, Sendable {
    /// The name in results.
    public var name: String
    /// What a row is.
    public var summary: String
    /// The columns, in order.
    public var columns: [StatisticsTable.Column]
    /// The query, over the tables of ``StatisticsTable/all`` and over `entities (entity, name)`.
    public var sql: String

    /// The view `name`.
    public init(_ name: String, _ summary: String, columns: [StatisticsTable.Column], sql: String) {
        self.name = name
        self.summary = summary
        self.columns = columns
        self.sql = sql
    }

    /// The statement that makes the view.
    public var statement: String { "CREATE VIEW \(name) (\(columns.map(\.name).joined(separator: ", "))) AS\n\(sql)" }
}

extension StatisticsView {
    /// Every view.
    public static let all = [terms, keyness, dispersion, readability, collocations, cooccurrence, sources]

    private typealias Column = StatisticsTable.Column

    /// Frequencies of words.
    public static let terms = StatisticsView(
        "terms", "a word of the corpus",
        columns: [
            Column("term", "the word in lower case"), Column("class", "'content', 'function', 'numeral' or 'saying'"),
            Column("occurrences", "how often it occurs"), Column("documents", "in how many documents"),
            Column("per_million", "occurrences in a million words"),
            Column("document_share", "share of the documents that have it"),
        ],
        sql: """
            SELECT term, class, sum(documents + repeats), sum(documents),
              1e6 * sum(documents + repeats) / (SELECT sum(words) FROM publisher_counts),
              1.0 * sum(documents) / (SELECT sum(documents) FROM publisher_counts)
            FROM term_counts GROUP BY class, term
            """)

    /// What is typical of a publisher: its words held against those of all others.
    ///
    /// `g2` is the log-likelihood ratio (Dunning 1993) in the form for two corpora (Rayson and Garside 2000): twice
    /// the sum of observed × ln(observed / expected) over the two, with a minus before it for a word that the publisher
    /// uses less than the others (Rayson 2008). `log_ratio` is the binary logarithm of the ratio of
    /// relative frequencies (Hardie 2014), with half an occurrence for none.
    public static let keyness = StatisticsView(
        "keyness", "a word with a publisher, against all other publishers",
        columns: [
            Column("term", "the word in lower case"), Column("class", "'content', 'function', 'numeral' or 'saying'"),
            Column("publisher", "the publisher"), Column("occurrences", "how often the publisher has it"),
            Column("elsewhere", "how often the others have it"),
            Column("per_million", "occurrences in a million of the publisher's words"),
            Column("per_million_elsewhere", "in a million words of the others"),
            Column("g2", "log-likelihood ratio: how sure the difference is; negative for a word that is avoided"),
            Column("log_ratio", "how big the difference is, in doublings; negative for a word that is avoided"),
        ],
        sql: """
            WITH whole AS MATERIALIZED (
              SELECT class, term, sum(documents + repeats) AS f FROM term_counts GROUP BY class, term),
            pairs AS (
              SELECT t.term, t.class, t.publisher, 1.0 * (t.documents + t.repeats) AS a,
                1.0 * (w.f - t.documents - t.repeats) AS b, 1.0 * p.words AS c,
                1.0 * ((SELECT sum(words) FROM publisher_counts) - p.words) AS d
              FROM term_counts t JOIN whole w USING (class, term) JOIN publisher_counts p USING (publisher))
            SELECT term, class, publisher, CAST(a AS INTEGER), CAST(b AS INTEGER), 1e6 * a / c, 1e6 * b / nullif(d, 0),
              CASE WHEN d = 0 THEN NULL ELSE CASE WHEN a / c < b / d THEN -2 ELSE 2 END
                * (a * ln(a * (c + d) / (c * (a + b))) + CASE b WHEN 0 THEN 0 ELSE b * ln(b * (c + d) / (d * (a + b))) END)
              END,
              CASE WHEN d = 0 THEN NULL ELSE ln(a / c / (max(b, 0.5) / d)) / ln(2) END
            FROM pairs
            """)

    /// How evenly a word is spread.
    ///
    /// `dp` is the deviation of proportions over publishers (Gries 2008): half the sum of |share of the publisher in
    /// the corpus − share of the publisher in the word's occurrences|; 0 is even, near 1 is clumped. Publishers that
    /// lack the word add their whole share, which is 1 less what the others hold. `burstiness` is occurrences a
    /// document that has it, and `residual_idf` the inverse document frequency beyond what a Poisson distribution of
    /// the same occurrences expects, in bits (both Church and Gale 1995).
    public static let dispersion = StatisticsView(
        "dispersion", "a word of the corpus",
        columns: [
            Column("term", "the word in lower case"), Column("class", "'content', 'function', 'numeral' or 'saying'"),
            Column("occurrences", "how often it occurs"), Column("documents", "in how many documents"),
            Column("publishers", "with how many publishers"), Column("dp", "deviation of proportions, 0 to 1"),
            Column("burstiness", "occurrences a document that has it"),
            Column("residual_idf", "bits beyond chance: high for words of a few documents' topic"),
        ],
        sql: """
            WITH size AS (SELECT 1.0 * sum(words) AS n, 1.0 * sum(documents) AS d FROM publisher_counts),
            whole AS MATERIALIZED (
              SELECT class, term, sum(documents + repeats) AS f, sum(documents) AS df, count(*) AS publishers
              FROM term_counts GROUP BY class, term)
            SELECT w.term, w.class, w.f, w.df, w.publishers,
              max(0, 0.5 * (sum(abs(p.words / n - 1.0 * (t.documents + t.repeats) / w.f)) + 1 - sum(p.words / n))),
              1.0 * w.f / w.df, (ln(d / w.df) + ln(1 - exp(-w.f / d))) / ln(2)
            FROM whole w JOIN term_counts t USING (class, term) JOIN publisher_counts p USING (publisher) JOIN size
            GROUP BY w.class, w.term
            """)

    /// How hard a document is to read, for texts in English (`lix` was made for any language).
    ///
    /// Flesch (1948) reading ease; Kincaid and others (1975) grade; Smith and Senter (1967) automated readability
    /// index; Coleman and Liau (1975) index; Björnsson (1968) LIX. `type_token` falls with length: compare documents of
    /// one size.
    public static let readability = StatisticsView(
        "readability", "a document",
        columns: StatisticsTable.readability.key + StatisticsTable.readability.measures + [
            Column("flesch", "reading ease, higher is easier"), Column("grade", "years of school in the United States"),
            Column("ari", "automated readability index, in years of school"),
            Column("coleman_liau", "the same, by letters and sentences"), Column("lix", "under 30 easy, over 50 hard"),
            Column("type_token", "different words a word"),
        ],
        sql: """
            SELECT document, sentences, words, types, letters, syllables, long_words,
              206.835 - 1.015 * words / sentences - 84.6 * syllables / words,
              0.39 * words / sentences + 11.8 * syllables / words - 15.59,
              4.71 * letters / words + 0.5 * words / sentences - 21.43,
              5.88 * letters / words - 29.6 * sentences / words - 15.8,
              1.0 * words / sentences + 100.0 * long_words / words, 1.0 * types / words
            FROM readability_counts WHERE words > 0
            """)

    /// The company that names (and the words asked for) keep.
    ///
    /// With O the observed and E = slots × occurrences of the collocate / words of the corpus the expected count
    /// (surface co-occurrence, Evert 2008): `pmi` is log₂(O / E) (Church and Hanks 1990), `simple_ll` is
    /// 2 (O ln(O / E) − (O − E)) (Evert 2008), `log_dice` is 14 + log₂(2 O / (occurrences of both)) (Rychlý 2008).
    public static let collocations = StatisticsView(
        "collocations", "a content word near a node",
        columns: StatisticsTable.collocations.key + [
            Column("name", "the entity's name, or the word"), Column("together", "how often the two stand together"),
            Column("expected", "how often they would by chance"),
            Column("pmi", "pointwise mutual information, in bits"),
            Column("simple_ll", "how sure the attraction is; negative for words that avoid each other"),
            Column("log_dice", "how exclusive the pair is, 14 at most"),
        ],
        sql: """
            WITH word AS MATERIALIZED (
              SELECT term, sum(documents + repeats) AS f FROM term_counts WHERE class = 'content' GROUP BY term),
            pair AS (
              SELECT c.kind, c.node, c.collocate, c.together AS o, n.occurrences AS nf, w.f AS wf,
                1.0 * n.slots * w.f / (SELECT sum(words) FROM publisher_counts) AS e
              FROM collocation_counts c JOIN node_counts n USING (kind, node) JOIN word w ON w.term = c.collocate)
            SELECT kind, node, collocate,
              CASE kind WHEN 'entity' THEN (SELECT name FROM entities WHERE entity = node) ELSE node END, o, e,
              ln(o / e) / ln(2), CASE WHEN o < e THEN -2 ELSE 2 END * (o * ln(o / e) - (o - e)),
              14 + ln(2.0 * o / (nf + wf)) / ln(2)
            FROM pair
            """)

    /// Who is mentioned with whom.
    ///
    /// `pmi` is log₂ of sentences with both × all sentences / (sentences of a × sentences of b) (Church and Hanks
    /// 1990), `npmi` the same divided by −log₂ of the share of sentences with both: −1 to 1 (Bouma 2009).
    public static let cooccurrence = StatisticsView(
        "cooccurrence", "two entities that one sentence mentions",
        columns: [
            Column("entity_a", "the entity whose id sorts first"), Column("entity_b", "the other"),
            Column("name_a", "the first one's name"), Column("name_b", "the other's"),
            Column("documents", "documents with such a sentence"), Column("sentences", "sentences that mention both"),
            Column("pmi", "pointwise mutual information, in bits"), Column("npmi", "the same from -1 to 1"),
        ],
        sql: """
            WITH size AS (SELECT 1.0 * sum(sentences) AS n FROM publisher_counts)
            SELECT c.entity_a, c.entity_b, (SELECT name FROM entities WHERE entity = c.entity_a),
              (SELECT name FROM entities WHERE entity = c.entity_b), c.documents, c.sentences,
              ln(c.sentences * n / (1.0 * a.sentences * b.sentences)) / ln(2),
              CASE WHEN c.sentences >= n THEN 1 ELSE
                ln(c.sentences * n / (1.0 * a.sentences * b.sentences)) / -ln(c.sentences / n) END
            FROM cooccurrence_counts c JOIN entity_counts a ON a.entity = c.entity_a
              JOIN entity_counts b ON b.entity = c.entity_b JOIN size
            """)

    /// Sources over all publishers.
    public static let sources = StatisticsView(
        "sources", "somebody who is said to have said something",
        columns: [
            Column(
                "source",
                "the id of the source's entity; 'role:' or 'unnamed:' and words for a source without a name; empty for claims without one"
            ),
            Column("name", "the entity's name, or the words"),
            Column("publishers", "publishers that report the source's claims"),
            Column("documents", "documents that do"), Column("claims", "claims"),
            Column("direct_share", "share of the claims in direct speech"),
            Column("hedged_share", "share of the claims that are hedged"),
            Column("naming", "'named', 'role' or 'unnamed'; empty for claims without a source"),
        ],
        sql: """
            SELECT source, coalesce((SELECT name FROM entities WHERE entity = source),
                CASE WHEN source LIKE 'role:%' OR source LIKE 'unnamed:%' THEN substr(source, instr(source, ':') + 1) END),
              count(*), sum(documents), sum(claims),
              1.0 * sum(direct) / sum(claims), 1.0 * sum(hedged) / sum(claims),
              CASE WHEN source = '' THEN NULL WHEN source LIKE 'role:%' THEN 'role'
                WHEN source LIKE 'unnamed:%' THEN 'unnamed' ELSE 'named' END
            FROM source_counts GROUP BY source
            """)
}
