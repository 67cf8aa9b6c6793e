import Digests
import GRDB

/// Writes the rows of `aliases` and `entities` whose counts have changed, in order of the entities.
final class EntityRows {
    /// By table, the digests of the rows that were put in.
    var added: [String: SetDigest] { ["aliases": aliases.sum, "entities": entities.sum] }
    /// By table, the digests of the rows that were taken out.
    private(set) var removed: [String: SetDigest] = [:]
    /// Whether an entity has another name than it had, where a document tells of it that has not moved.
    private(set) var hasRenamed = false

    private let db: Database
    private let isFresh: Bool
    private let moved: Set<Int>
    private let forms: EntityForms
    private let aliases: TableWriter
    private let entities: TableWriter
    private let oldAlias: Statement
    private let oldEntity: Statement

    init(in db: Database, fresh: Bool, moved: Set<Int>) throws {
        self.db = db
        isFresh = fresh
        self.moved = moved
        forms = try EntityForms(db)
        aliases = try TableWriter(ResultsSchema.aliases, in: db)
        entities = try TableWriter(ResultsSchema.entities, in: db)
        oldAlias = try db.makeStatement(sql: "select * from aliases where entity = ? and alias = ?")
        oldEntity = try db.makeStatement(sql: "select * from entities where entity = ?")
    }

    /// Adds to how often an entity is mentioned in these words.
    func put(_ name: EntityName, mentions change: Int) throws {
        let old = isFresh ? nil : try Row.fetchOne(oldAlias, arguments: [name.entity, name.words])
        if let old { removed["aliases", default: SetDigest()] += StoredRows.digest(old, of: ResultsSchema.aliases) }
        let count = (old?["mentions"] ?? 0) + change
        guard count > 0 else {
            guard old != nil else { return }
            return try db.cachedStatement(sql: "delete from aliases where entity = ? and alias = ?")
                .execute(arguments: [name.entity, name.words])
        }
        aliases.text(name.entity)
        aliases.text(name.words)
        aliases.integer(count)
        aliases.text(try forms.reason(name.words, means: name.entity))
        try aliases.endRow()
    }

    /// Adds to how often an entity is mentioned at all, and in how many documents.
    func put(_ entity: String, mentions: Int, documents: Int) throws {
        let old = isFresh ? nil : try Row.fetchOne(oldEntity, arguments: [entity])
        if let old { removed["entities", default: SetDigest()] += StoredRows.digest(old, of: ResultsSchema.entities) }
        let count = (old?["mentions"] ?? 0) + mentions
        guard count > 0 else {
            guard old != nil else { return }
            try db.cachedStatement(sql: "delete from entities where entity = ?").execute(arguments: [entity])
            hasRenamed = try hasRenamed || isTold(entity)
            return
        }
        let naming = try forms.naming(of: entity)
        if !isFresh, !hasRenamed, old?["name"] != naming?.name ?? entity {
            hasRenamed = try old != nil || isTold(entity)
        }
        entities.text(entity)
        entities.text(naming?.name ?? entity)
        entities.text(naming?.type)
        entities.integer((old?["documents"] ?? 0) + documents)
        entities.integer(count)
        entities.text(naming?.country)
        try entities.endRow()
    }

    /// Whether a document tells of `entity` that is not among those that were written.
    private func isTold(_ entity: String) throws -> Bool {
        for (table, column) in [("_claim_rows", "source_entity_number"), ("_mention_rows", "entity_number")] {
            let rows = try Int.fetchCursor(
                db.cachedStatement(
                    sql: "select d from \(table) where \(column) = (select k from _searched_texts where text = ?)"),
                arguments: [entity])
            while let document = try rows.next() { if !moved.contains(document) { return true } }
        }
        return false
    }
}
