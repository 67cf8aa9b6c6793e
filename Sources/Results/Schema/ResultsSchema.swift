import StageKit
import Text

/// The tables and views of a results database: an interface whose names and meanings hold.
enum ResultsSchema {
    /// Another one for each set of tables and views: a database with others is written anew.
    static let version = Int(StableHash.of(creation.joined(separator: "\n").utf8) & 0x7FFF_FFFF)
    /// The statements that make an empty database.
    static let creation = tableCreation + indexCreation + KeptTable.all.flatMap(\.indexCreation)
    /// The tables and views without what makes queries fast: rows that come by the million are put in before that.
    static let tableCreation =
        documentTables.map(\.creation) + tables.map(\.creation) + bookkeeping + KeptTable.all.map(\.creation) + views
        + StatisticsView.all.map(\.statement)
    /// The indexes of what is no kept table: those follow when these are there.
    static let indexCreation = documentTables.flatMap(\.indexCreation) + tableIndexes
    /// Tells a results database from other SQLite files: `Colo` in ASCII.
    static let applicationID = 0x436F_6C6F

    private static let place = "start INTEGER, end INTEGER, source_start INTEGER, source_end INTEGER, line INTEGER"

    /// The rows of one document, replaced together.
    static let documentTables = [
        documents, texts, metadata, blocks, sentences, quotations, mentions, quantities, dates, claims, statements,
        links,
        repeats, questions, answers, questionClaims,
    ]

    static let documents = DocumentTable(
        "document_rows", as: "documents", key: .document,
        "title TEXT, date TEXT, publisher TEXT, author TEXT, language TEXT, words INTEGER, sentences INTEGER, "
            + "bytes INTEGER, sha256 TEXT",
        indexes: ["(publisher, date)", "(date)"])
    static let texts = DocumentTable("document_texts", as: "documents", key: .document, "text TEXT")
    static let metadata = DocumentTable(
        "metadata_rows", as: "metadata", "key TEXT, value TEXT, place TEXT", indexes: ["(key) where key = 'notice'"])
    static let blocks = DocumentTable(
        "block_rows", as: "blocks", "kind TEXT, kept INTEGER, reason TEXT, \(place), removed_text TEXT",
        indexes: ["(reason) where not kept"])
    static let sentences = DocumentTable("sentence_rows", as: "sentences", "block INTEGER, \(place)")
    static let quotations = DocumentTable(
        "quotation_rows", as: "quotations", "\(place), form TEXT, closed INTEGER, depth INTEGER")
    static let mentions = DocumentTable(
        "mention_rows", as: "mentions",
        "mention TEXT, sentence INTEGER, \(place), text TEXT, type TEXT, entity TEXT",
        indexes: ["(mention) where mention is not null", "(entity) where entity is not null"])
    static let quantities = DocumentTable(
        "quantity_rows", as: "quantities",
        "number REAL, lower REAL, upper REAL, unit TEXT, noun TEXT, approximate INTEGER, event TEXT, holder TEXT",
        indexes: ["(noun collate nocase, coalesce(unit, '')) where noun <> ''"])
    static let dates = DocumentTable(
        "date_rows", as: "dates", "value TEXT, lower TEXT, upper TEXT, anchor TEXT",
        indexes: ["(lower) where lower = upper and length(lower) = 10"])
    static let claims = DocumentTable(
        "claim_rows", as: "claims",
        "claim TEXT, sentence INTEGER, \(place), text TEXT, source TEXT, source_mention INTEGER, source_entity TEXT, "
            + "cue TEXT, content TEXT, form TEXT, stance TEXT, negated INTEGER, date TEXT, kind TEXT, voice TEXT, "
            + "within INTEGER, source_description TEXT, reported INTEGER",
        indexes: ["(claim) where claim is not null", "(source_entity, date) where source_entity is not null"])
    static let statements = DocumentTable(
        "statement_rows", as: "statements", key: .passageAndFirstColumn,
        "k INTEGER, \(place), text TEXT, negated INTEGER, hedged INTEGER, figures TEXT")
    static let links = DocumentTable(
        "link_rows", as: "claim_links", key: .passageAndFirstColumn,
        "k INTEGER, statement INTEGER, claim_b TEXT, statement_b INTEGER, relation TEXT, score REAL, reason TEXT, "
            + "other INTEGER",
        indexes: ["(claim_b) where claim_b is not null", "(score desc, d, n, k) where relation = 'disputes'"])

    /// Questions that statements of several documents speak to, told by the document whose statement leads them.
    static let questions = DocumentTable(
        "question_rows", as: "questions",
        "question TEXT, kind TEXT, heading TEXT, entities TEXT, first TEXT, last TEXT, statements INTEGER, "
            + "sources INTEGER, publishers INTEGER, versions INTEGER, disputed INTEGER, updated INTEGER, agreed INTEGER",
        indexes: ["(disputed desc, publishers desc, statements desc, question) where question is not null"])
    static let answers = DocumentTable(
        "answer_rows", as: "answers", key: .passageAndFirstColumn,
        "k INTEGER, question TEXT, answer TEXT, lower REAL, upper REAL, holders TEXT, statements INTEGER, "
            + "publishers INTEGER, first TEXT, last TEXT",
        indexes: ["(question, k) where question is not null"])
    static let questionClaims = DocumentTable(
        "question_claim_rows", as: "question_claims", "question TEXT, claim TEXT, statement INTEGER, answer INTEGER",
        indexes: ["(question, answer) where question is not null"])

    /// Claims that lead a group of claims which say the same: that with the smallest id, with the number of documents
    /// and the best score. What reports ask for first; it follows from the links of the claim's own document.
    static let repeats = DocumentTable(
        "repeat_rows", as: "repeat_rows", "claim TEXT, documents INTEGER, score REAL",
        indexes: ["(documents desc, score desc, claim) where claim is not null"], isDigested: false)

    /// Who is who, over the corpus.
    static let entities = TableShape(
        "entities", "entity TEXT, name TEXT, type TEXT, documents INTEGER, mentions INTEGER", key: "entity")
    static let aliases = TableShape(
        "aliases", "entity TEXT, alias TEXT, mentions INTEGER, reason TEXT", key: "entity, alias")
    /// What is not in the analysis, and why.
    static let leftOut = TableShape(
        "left_out", "document TEXT, stage TEXT, reason TEXT, hint TEXT, code TEXT", key: "document, stage")

    /// Every table that is stored as it is queried, but those of custom layers.
    static let tables = [entities, aliases, leftOut] + StatisticsTable.all.map(\.shape)

    /// What reports ask of these tables: the first rows in some order.
    private static let tableIndexes = [
        "create index entities_by_documents on entities (documents desc, mentions desc, name)",
        "create index entities_by_mentions on entities (mentions desc, name)",
        "create index entity_forms_by_entity on entity_forms (entity, form)",
        "create index term_counts_by_publisher on term_counts (publisher, class, documents + repeats desc, term)",
        "create index collocation_counts_by_node on collocation_counts (kind, node, together desc) where together > 1",
        """
        create index cooccurrence_counts_by_size on cooccurrence_counts
            (sentences desc, documents desc, entity_a, entity_b)
        """,
        """
        create index readability_counts_by_lix on readability_counts
            (round(1.0 * words / sentences + 100.0 * long_words / words) desc, document) where words > 0
        """,
    ]

    /// What the database keeps for itself, and the facts of the run: without a digest, since they name digests.
    static let bookkeeping = [
        "create table about (n integer primary key, key text not null, value text not null)",
        "create table digests (name text primary key, rows integer, digest text not null) without rowid",
        "create table paths (d integer primary key, document text not null unique)",
        "create table document_sums (d integer primary key, sums blob not null)",
        "create table epoch (key text not null)",
        "create table moment (now blob not null, before blob)",
        "create table marks (name text primary key, moment blob not null) without rowid",
        "create table moved (d integer primary key)",
        "create table namespaces (prefix text primary key) without rowid",
        """
        create table entity_forms (key blob primary key, form text not null, entity text not null, name text not null,
            type text not null, reason text not null) without rowid
        """,
    ]

    /// The names that no layer of a user's own may take.
    static let ownTables = Set(
        documentTables.flatMap { [$0.name, $0.logical] } + tables.map(\.name) + KeptTable.all.map(\.name)
            + [
                "about", "digests", "document_sums", "entity_forms", "epoch", "marks", "moment", "moved",
                "namespaces", "paths",
            ]
            + StatisticsView.all.map(\.name) + ["repeats"])

    /// The views that `docs/results.md` names.
    static let documentedViews =
        documentTables.filter { $0.logical != $0.name && !$0.isAppendix }.map(\.logical) + ["repeats"]
        + StatisticsView.all.map(\.name)
    /// The tables that `docs/results.md` names, but those of the user's own layers.
    static let documentedTables =
        tables.map(\.name) + KeptTable.all.map(\.name) + [
            "about", "digests",
        ]

    private static let paths = "join paths p using (d)"
    private static let places = #"t.start, t."end", t.source_start, t.source_end, t.line"#
    private static let text = #"substr(x.text, t.start + 1, t."end" - t.start)"#
    private static let textJoin = "left join document_texts x on x.d = t.d"

    /// The tables of documents, with the path in the place of the number. Long text stands apart and is joined only
    /// where a query asks for it.
    private static let views = [
        """
        create view documents as select p.document, t.title, t.date, t.publisher, t.author, t.language, t.words,
            t.sentences, t.bytes, t.sha256, x.text
            from document_rows t join paths p on p.d = t.d left join document_texts x on x.d = t.d
        """,
        "create view metadata as select p.document, t.key, t.value, t.place from metadata_rows t \(paths)",
        """
        create view blocks as select p.document, t.n as block, t.kind, t.kept, t.reason, \(places),
            case when t.kept then \(text) else t.removed_text end as text from block_rows t \(paths) \(textJoin)
        """,
        """
        create view sentences as select p.document, t.n as sentence, t.block, \(places), \(text) as text
            from sentence_rows t \(paths) \(textJoin)
        """,
        """
        create view quotations as select p.document, t.n as quotation, \(places), t.form, t.closed, t.depth,
            \(text) as text from quotation_rows t \(paths) \(textJoin)
        """,
        """
        create view mentions as select t.mention, p.document, t.n, t.sentence, \(places), t.text, t.type, t.entity
            from mention_rows t \(paths)
        """,
        """
        create view quantities as select m.mention, p.document, t.n, t.number, t.lower, t.upper, t.unit, t.noun,
            t.approximate, t.event, t.holder from quantity_rows t \(paths) join mention_rows m using (d, n)
        """,
        """
        create view dates as select m.mention, p.document, t.n, t.value, t.lower, t.upper, t.anchor
            from date_rows t \(paths) join mention_rows m using (d, n)
        """,
        """
        create view claims as select t.claim, p.document, t.n, t.sentence, \(places), t.text, t.source,
            (select mention from mention_rows m where m.d = t.d and m.n = t.source_mention)
            as source_mention, t.source_entity, t.cue, t.content, t.form, t.stance, t.negated, t.kind, t.voice,
            (select claim from claim_rows w where w.d = t.d and w.n = t.within) as within, t.source_description,
            t.reported, t.date from claim_rows t \(paths)
        """,
        """
        create view statements as select c.claim, p.document, t.k as n, \(places), t.text, t.negated, t.hedged, t.figures
            from statement_rows t \(paths) join claim_rows c using (d, n)
        """,
        """
        create view questions as select t.question, t.kind, t.heading, t.entities, t.first, t.last, t.statements,
            t.sources, t.publishers, t.versions, t.disputed, t.updated, t.agreed from question_rows t
            where t.question is not null
        """,
        """
        create view answers as select t.question, t.k as answer, t.answer as text, t.lower, t.upper, t.holders,
            t.statements, t.publishers, t.first, t.last from answer_rows t
        """,
        """
        create view question_claims as select t.question, t.claim, t.statement, t.answer, p.document
            from question_claim_rows t \(paths)
        """,
        """
        create view claim_links as select c.claim as claim_a, t.statement as statement_a, t.claim_b, t.statement_b,
            t.relation, t.score, t.reason, p.document as document_a, o.document as document_b
            from link_rows t \(paths) join claim_rows c using (d, n) join paths o on o.d = t.other
        """,
        "create view repeats as select claim, documents, score from repeat_rows where claim is not null",
    ]
}
