import StageKit
import Text

/// The tables and views of a results database: an interface whose names and meanings hold.
enum ResultsSchema {
    /// Another one for each set of tables and views: a database with others is written anew.
    static let version = Int(StableHash.of(creation.joined(separator: "\n").utf8) & 0x7FFF_FFFF)
    /// The statements that make an empty database.
    static let creation = tables.flatMap(\.creation) + bookkeeping + views + StatisticsView.all.map(\.statement)
    /// Tells a results database from other SQLite files: `Colo` in ASCII.
    static let applicationID = 0x436F_6C6F

    private static let place = "start INTEGER, end INTEGER, source_start INTEGER, source_end INTEGER, line INTEGER"

    /// The rows of one document, replaced together.
    static let documentTables: [TableShape] = [
        TableShape(
            "document_rows", as: "documents",
            "document TEXT, title TEXT, date TEXT, publisher TEXT, author TEXT, language TEXT, words INTEGER, "
                + "sentences INTEGER, bytes INTEGER, sha256 TEXT",
            key: "document"),
        TableShape("document_texts", as: "documents", "document TEXT, text TEXT", key: "document"),
        TableShape("metadata", "document TEXT, key TEXT, value TEXT, place TEXT", key: "document, key"),
        TableShape(
            "block_rows", as: "blocks",
            "document TEXT, block INTEGER, kind TEXT, kept INTEGER, reason TEXT, \(place), removed_text TEXT",
            key: "document, block"),
        TableShape(
            "sentence_rows", as: "sentences", "document TEXT, sentence INTEGER, block INTEGER, \(place)",
            key: "document, sentence"),
        TableShape(
            "quotation_rows", as: "quotations",
            "document TEXT, quotation INTEGER, \(place), form TEXT, closed INTEGER, depth INTEGER",
            key: "document, quotation"),
        TableShape(
            "mentions",
            "mention TEXT, document TEXT, n INTEGER, sentence INTEGER, \(place), text TEXT, type TEXT, entity TEXT",
            key: "document, n", indexes: ["mention", "entity"]),
        TableShape(
            "quantities",
            "mention TEXT, document TEXT, n INTEGER, number REAL, lower REAL, upper REAL, unit TEXT, noun TEXT, "
                + "approximate INTEGER",
            key: "document, n"),
        TableShape(
            "dates",
            "mention TEXT, document TEXT, n INTEGER, value TEXT, lower TEXT, upper TEXT, anchor TEXT",
            key: "document, n"),
        TableShape(
            "claims",
            "claim TEXT, document TEXT, n INTEGER, sentence INTEGER, \(place), text TEXT, source TEXT, "
                + "source_mention TEXT, source_entity TEXT, cue TEXT, content TEXT, form TEXT, stance TEXT, negated INTEGER",
            key: "document, n", indexes: ["claim", "source_entity"]),
        TableShape(
            "claim_links",
            "claim_a TEXT, claim_b TEXT, relation TEXT, score REAL, reason TEXT, document_a TEXT, document_b TEXT",
            key: "document_a, claim_a, claim_b", indexes: ["claim_b", "claim_a"]),
    ]

    /// Who is who, over the corpus.
    static let entities = TableShape(
        "entities", "entity TEXT, name TEXT, type TEXT, documents INTEGER, mentions INTEGER", key: "entity")
    static let aliases = TableShape(
        "aliases", "entity TEXT, alias TEXT, mentions INTEGER, reason TEXT", key: "entity, alias")
    /// What is not in the analysis, and why.
    static let leftOut = TableShape(
        "left_out", "document TEXT, stage TEXT, reason TEXT, hint TEXT, code TEXT", key: "document, stage")

    /// Every table with a digest, but those of custom layers.
    static let tables = documentTables + [entities, aliases, leftOut] + StatisticsTable.all.map(\.shape)

    /// What the database keeps for itself, and the facts of the run: without a digest, since they name digests.
    static let bookkeeping = [
        "create table about (n integer primary key, key text not null, value text not null)",
        "create table digests (name text primary key, rows integer, digest text not null) without rowid",
        "create table document_sums (document text primary key, sums blob not null) without rowid",
        """
        create table entity_forms (key blob primary key, form text not null, entity text not null, name text not null,
            type text not null, reason text not null) without rowid
        """,
        "create index entity_forms_by_entity on entity_forms (entity, form)",
    ]

    /// The names that no layer of a user's own may take.
    static let ownTables = Set(
        tables.flatMap { [$0.name, $0.logical] } + ["about", "digests", "document_sums", "entity_forms"]
            + StatisticsView.all.map(\.name))

    /// Long text stands apart and is joined only where a query asks for it.
    static let views = [
        """
        create view documents as select document_rows.*, text
            from document_rows left join document_texts using (document)
        """,
        """
        create view blocks as select document, block, kind, kept, reason, start, "end", source_start, source_end, line,
            case when kept then substr(document_texts.text, start + 1, "end" - start) else removed_text end as text
            from block_rows left join document_texts using (document)
        """,
        """
        create view sentences as select sentence_rows.*, substr(text, start + 1, "end" - start) as text
            from sentence_rows left join document_texts using (document)
        """,
        """
        create view quotations as select quotation_rows.*, substr(text, start + 1, "end" - start) as text
            from quotation_rows left join document_texts using (document)
        """,
    ]
}
