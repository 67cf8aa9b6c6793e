import Digests
import GRDB
import StageKit

/// Keeps `entities` and `aliases` up to date by difference: counts change by what documents add and take away.
final class EntityTally {
    private struct Alias: Hashable {
        let entity: String
        let words: String
    }

    private var documents: [String: Int] = [:]
    private var mentions: [Alias: Int] = [:]
    private var renamed: Set<String> = []

    /// Counts the mentions that `layers` give, each text of a name as one alias.
    func add(_ layers: LayerSet) throws {
        guard let found = try layers.value(Mentions.self)?.mentions, !found.isEmpty else { return }
        let positions = try Positions(layers)
        var seen: Set<String> = []
        for mention in found {
            guard let entity = mention.entity, mention.kind.isName else { continue }
            let words = String(decoding: positions.words(mention.span), as: UTF8.self)
            mentions[Alias(entity: entity, words: Self.oneLine(words)), default: 0] += 1
            if seen.insert(entity).inserted { documents[entity, default: 0] += 1 }
        }
    }

    /// Takes away what the rows of a document say, before they go.
    func remove(document: String, in db: Database) throws {
        var seen: Set<String> = []
        let rows = try Row.fetchCursor(
            db, sql: "select entity, text from mentions where document = ? and entity is not null and type <> 'role'",
            arguments: [document])
        while let row = try rows.next() {
            let entity: String = row[0]
            mentions[Alias(entity: entity, words: Self.oneLine(row[1])), default: 0] -= 1
            if seen.insert(entity).inserted { documents[entity, default: 0] -= 1 }
        }
    }

    /// A name with one blank between its words, however they were set apart.
    private static func oneLine(_ words: String) -> String {
        words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Notes that a form means something else now, so that the row of `entity` is written again.
    func touch(_ entity: String) { renamed.insert(entity) }

    /// Writes the rows of the entities that were touched, and keeps `sums` in step.
    func apply(in db: Database, to sums: inout [String: SetDigest]) throws {
        let forms = try EntityForms(db)
        try applyAliases(in: db, forms: forms, to: &sums)
        let writer = try TableWriter(ResultsSchema.entities, in: db)
        var stored = StoredRows(ResultsSchema.entities)
        var counts: [String: Int] = [:]
        for (alias, count) in mentions { counts[alias.entity, default: 0] += count }
        for entity in Set(documents.keys).union(counts.keys).union(renamed).sorted(by: byBytes) {
            let old = try Row.fetchOne(db, sql: "select * from entities where entity = ?", arguments: [entity])
            if let old { sums[ResultsSchema.entities.logical, default: SetDigest()] -= stored.digest(old) }
            let count = (old?["mentions"] ?? 0) + counts[entity, default: 0]
            guard count > 0 else {
                try db.execute(sql: "delete from entities where entity = ?", arguments: [entity])
                continue
            }
            let name = try forms.name(of: entity)
            writer.text(entity)
            writer.text(name?.name ?? entity)
            writer.text(name?.type)
            writer.integer((old?["documents"] ?? 0) + documents[entity, default: 0])
            writer.integer(count)
            try writer.endRow()
        }
        sums[ResultsSchema.entities.logical, default: SetDigest()] += writer.takeSum()
    }

    private func applyAliases(in db: Database, forms: EntityForms, to sums: inout [String: SetDigest]) throws {
        for entity in renamed {
            let aliases = try String.fetchAll(
                db, sql: "select alias from aliases where entity = ?", arguments: [entity])
            for alias in aliases { mentions[Alias(entity: entity, words: alias), default: 0] += 0 }
        }
        let writer = try TableWriter(ResultsSchema.aliases, in: db)
        var stored = StoredRows(ResultsSchema.aliases)
        let order = mentions.sorted { a, b in
            a.key.entity == b.key.entity ? byBytes(a.key.words, b.key.words) : byBytes(a.key.entity, b.key.entity)
        }
        for (alias, change) in order {
            let key: StatementArguments = [alias.entity, alias.words]
            let old = try Row.fetchOne(
                db, sql: "select * from aliases where entity = ? and alias = ?", arguments: key)
            if let old { sums[ResultsSchema.aliases.logical, default: SetDigest()] -= stored.digest(old) }
            let count = (old?["mentions"] ?? 0) + change
            guard count > 0 else {
                try db.execute(sql: "delete from aliases where entity = ? and alias = ?", arguments: key)
                continue
            }
            writer.text(alias.entity)
            writer.text(alias.words)
            writer.integer(count)
            writer.text(try forms.reason(alias.words, means: alias.entity))
            try writer.endRow()
        }
        sums[ResultsSchema.aliases.logical, default: SetDigest()] += writer.takeSum()
    }
}

private func byBytes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
