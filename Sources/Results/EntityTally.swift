import Digests
import GRDB
import StageKit

/// Keeps `entities` and `aliases` up to date by difference: counts change by what documents add and take away.
final class EntityTally {
    private var documents: [String: Int] = [:]
    private var mentions: [EntityName: Int] = [:]
    private var renamed: Set<String> = []

    /// Counts the names that a document mentions.
    func add(_ names: [EntityName: Int]) { count(names, sign: 1) }

    /// Takes away what the rows of a document say, before they go.
    func remove(document number: Int, in db: Database) throws {
        var names: [EntityName: Int] = [:]
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: "select entity, text from mention_rows where d = ? and entity is not null and type <> 'role'"),
            arguments: [number])
        while let row = try rows.next() {
            let words: String = row[1]
            names[EntityName(entity: row[0], text: Array(words.utf8)[...]), default: 0] += 1
        }
        count(names, sign: -1)
    }

    private func count(_ names: [EntityName: Int], sign: Int) {
        for (name, count) in names { mentions[name, default: 0] += sign * count }
        for entity in Set(names.keys.map(\.entity)) { documents[entity, default: 0] += sign }
    }

    /// Notes that a form means something else now, so that the row of `entity` is written again.
    func touch(_ entity: String) { renamed.insert(entity) }

    /// Writes the rows of the entities that were touched, and keeps `sums` in step. In a `fresh` database there are no
    /// rows yet.
    ///
    /// Returns whether an entity has got another name, or has come or gone, that a document tells of which is not among
    /// those that were `written`.
    func apply(
        in db: Database, fresh: Bool, written: Set<Int>, to sums: inout [String: SetDigest]
    ) throws -> Bool {
        var hasRenamed = false
        let forms = try EntityForms(db)
        try applyAliases(in: db, fresh: fresh, forms: forms, to: &sums)
        let writer = try TableWriter(ResultsSchema.entities, in: db)
        let select = try db.makeStatement(sql: "select * from entities where entity = ?")
        var counts: [String: Int] = [:]
        for (name, count) in mentions { counts[name.entity, default: 0] += count }
        for entity in Set(documents.keys).union(counts.keys).union(renamed).sorted(by: byBytes) {
            let old = fresh ? nil : try Row.fetchOne(select, arguments: [entity])
            if let old { sums["entities", default: SetDigest()] -= StoredRows.digest(old, of: ResultsSchema.entities) }
            let count = (old?["mentions"] ?? 0) + counts[entity, default: 0]
            guard count > 0 else {
                guard old != nil else { continue }
                try db.execute(sql: "delete from entities where entity = ?", arguments: [entity])
                hasRenamed = try hasRenamed || isTold(entity, beside: written, in: db)
                continue
            }
            let name = try forms.name(of: entity)
            if !fresh, !hasRenamed, old?["name"] != name?.name ?? entity {
                hasRenamed = try old != nil || isTold(entity, beside: written, in: db)
            }
            writer.text(entity)
            writer.text(name?.name ?? entity)
            writer.text(name?.type)
            writer.integer((old?["documents"] ?? 0) + documents[entity, default: 0])
            writer.integer(count)
            try writer.endRow()
        }
        sums["entities", default: SetDigest()] += writer.takeSum()
        return hasRenamed
    }

    /// Whether a document tells of `entity` that is not among those that were `written`.
    private func isTold(_ entity: String, beside written: Set<Int>, in db: Database) throws -> Bool {
        for (table, column) in [("claim_rows", "source_entity"), ("mention_rows", "entity")] {
            let rows = try Int.fetchCursor(
                db.cachedStatement(sql: "select d from \(table) where \(column) = ?"), arguments: [entity])
            while let document = try rows.next() { if !written.contains(document) { return true } }
        }
        return false
    }

    private func applyAliases(
        in db: Database, fresh: Bool, forms: EntityForms, to sums: inout [String: SetDigest]
    ) throws {
        for entity in fresh ? [] : renamed {
            let aliases = try String.fetchAll(
                db.cachedStatement(sql: "select alias from aliases where entity = ?"), arguments: [entity])
            for alias in aliases { mentions[EntityName(entity: entity, words: alias), default: 0] += 0 }
        }
        let writer = try TableWriter(ResultsSchema.aliases, in: db)
        let select = try db.makeStatement(sql: "select * from aliases where entity = ? and alias = ?")
        let order = mentions.sorted { a, b in
            a.key.entity == b.key.entity ? byBytes(a.key.words, b.key.words) : byBytes(a.key.entity, b.key.entity)
        }
        for (name, change) in order {
            let key: StatementArguments = [name.entity, name.words]
            let old = fresh ? nil : try Row.fetchOne(select, arguments: key)
            if let old { sums["aliases", default: SetDigest()] -= StoredRows.digest(old, of: ResultsSchema.aliases) }
            let count = (old?["mentions"] ?? 0) + change
            guard count > 0 else {
                if old != nil {
                    try db.execute(sql: "delete from aliases where entity = ? and alias = ?", arguments: key)
                }
                continue
            }
            writer.text(name.entity)
            writer.text(name.words)
            writer.integer(count)
            writer.text(try forms.reason(name.words, means: name.entity))
            try writer.endRow()
        }
        sums["aliases", default: SetDigest()] += writer.takeSum()
    }
}

extension EntityName {
    /// The name that a passage gives an entity.
    init(entity: String, text: ArraySlice<UInt8>) {
        let words = String(decoding: text, as: UTF8.self)
        let isOneLine =
            text.allSatisfy { (0x20..<0x7F).contains($0) } && text.first != 0x20 && text.last != 0x20
            && !zip(text, text.dropFirst()).contains { $0 == 0x20 && $1 == 0x20 }
        self.init(
            entity: entity,
            words: isOneLine ? words : words.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
}

private func byBytes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
