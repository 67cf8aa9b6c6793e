import StageKit
import Text

/// The tables and views of a results database: an interface whose names and meanings hold.
enum ResultsSchema {
    /// Another one for each set of tables and views, and of those that have digests: a database with others is written anew.
    static let version = Int(StableHash.of((creation + digested).joined(separator: "\n").utf8) & 0x7FFF_FFFF)
    /// What has a digest beside the tables that are hashed row by row.
    private static let digested = documentTables.map(\.logical) + KeptTable.digested.map(\.name)
    /// The statements that make an empty database.
    static let creation = tableCreation + indexCreation + KeptTable.all.flatMap(\.indexCreation)
    /// The tables and views without what makes queries fast: rows that come by the million are put in before that.
    static let tableCreation =
        documentTables.map(\.creation) + SharedTexts.Kind.allCases.map(\.creation) + simpleTables.map(\.creation)
        + counts.flatMap(\.creation) + bookkeeping + KeptTable.all.map(\.creation)
        + documentTables.compactMap(\.view) + StatisticsView.all.map(\.statement)
    /// The indexes of what is no kept table: those follow when these are there.
    static let indexCreation = documentTables.flatMap(\.indexCreation) + tableIndexes
    /// Whether a table is one that people do not look at.
    static func isHidden(_ table: String) -> Bool { table.hasPrefix("_") }
    /// Tells a results database from other SQLite files: `Colo` in ASCII.
    static let applicationID = 0x436F_6C6F

    /// Who is who, over the corpus.
    static let entities = TableShape(
        "entities", "somebody or something",
        "entity TEXT, name TEXT, type TEXT, documents INTEGER, mentions INTEGER, country TEXT", key: "entity")
    static let aliases = TableShape(
        "aliases", "a form under which it is mentioned", "entity TEXT, alias TEXT, mentions INTEGER, reason TEXT",
        key: "entity, alias")
    /// What is not in the analysis, and why.
    static let leftOut = TableShape(
        "left_out", "a document or file that is not in the analysis",
        "document TEXT, stage TEXT, reason TEXT, hint TEXT, code TEXT", key: "document, stage")

    /// Every table that is hashed row by row, but those of custom layers.
    static let tables = simpleTables + counts.map(\.shape)
    /// Those of them that are no statistics.
    static let simpleTables = [entities, aliases, leftOut]
    /// The tables of `summarize-statistics`.
    static let counts = StatisticsNamespace.plain.tables

    /// What reports ask of these tables: the first rows in some order.
    private static let tableIndexes = [
        "create index entities_by_documents on entities (documents desc, mentions desc, name)",
        "create index entity_forms_by_entity on _entity_forms (entity, form)",
        """
        create index term_counts_by_publisher
            on _term_counts_rows (publisher_number, class, documents + repeats desc, term)
            where documents + repeats > 2
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
        "create table _paths (d integer primary key, document text not null unique)",
        "create table _document_sums (d integer primary key, sums blob not null)",
        "create table _epoch (key text not null)",
        "create table _moment (now blob not null, before blob)",
        "create table _marks (name text primary key, moment blob not null) without rowid",
        "create table _moved (d integer primary key, passages integer not null)",
        "create table _namespaces (prefix text primary key) without rowid",
        """
        create table _entity_forms (key blob primary key, form text not null, entity text not null, name text not null,
            type text not null, reason text not null, country text) without rowid
        """,
    ]

    /// The names that no layer of a user's own may take.
    static let ownTables = Set(
        documentTables.flatMap { [$0.name, $0.logical] } + tables.map(\.name) + counts.map(\.stored)
            + KeptTable.all.map(\.name)
            + [
                "about", "digests", "_document_sums", "_entity_forms", "_epoch", "_marks", "_moment", "_moved",
                "_namespaces", "_paths",
            ]
            + SharedTexts.Kind.allCases.map(\.rawValue)
            + StatisticsView.all.map(\.name))

    /// The views that `docs/results.md` names.
    static let documentedViews =
        documentTables.filter { $0.view != nil }.map(\.logical) + StatisticsView.all.map(\.name)
    /// A table or view as `docs/results.md` describes it.
    struct Documented: Sendable {
        let name: String
        /// What a row is.
        let summary: String
        let columns: [String]
    }

    /// What `docs/results.md` describes, but the layers of a user's own.
    static let documented =
        documentTables.filter { $0.view != nil }.map {
            Documented(name: $0.logical, summary: $0.summary, columns: $0.shownNames)
        }
        + tables.map { Documented(name: $0.name, summary: $0.summary, columns: $0.columns.map(\.name)) }
        + StatisticsView.all.map { Documented(name: $0.name, summary: $0.summary, columns: $0.columns.map(\.name)) }
        + KeptTable.all.map {
            Documented(name: $0.name, summary: $0.summary, columns: $0.key + $0.counts + $0.derived.map(\.column))
        } + [
            Documented(name: "about", summary: "a fact about the run", columns: ["n", "key", "value"]),
            Documented(name: "digests", summary: "a table", columns: ["name", "rows", "digest"]),
        ]

    /// The tables that `docs/results.md` names, but those of the user's own layers.
    static let documentedTables =
        tables.map(\.name) + KeptTable.all.map(\.name) + [
            "about", "digests",
        ]
}
