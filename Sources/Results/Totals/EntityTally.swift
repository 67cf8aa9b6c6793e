import Digests
import GRDB
import StageKit

/// Keeps `entities` and `aliases` up to date by difference: counts change by what documents add and take away.
final class EntityTally {
    private var documents: [String: Int] = [:]
    private var mentions: [EntityName: Int] = [:]
    /// Whether some of the counts stand in temporary tables, because there were too many for memory.
    private var hasSpilled = false

    /// How many names are counted in memory.
    private let most: Int

    init(most: Int = 100_000) { self.most = most }

    /// Counts the names that a document mentions.
    func add(_ names: [EntityName: Int], in db: Database) throws { try count(names, sign: 1, in: db) }

    /// Takes away what the rows of a document say, before they go.
    func remove(document number: Int, in db: Database) throws {
        var names: [EntityName: Int] = [:]
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    select \(ResultsSchema.mentions.value(of: "entity", in: "t")),
                        \(ResultsSchema.mentions.value(of: "text", in: "t")) from _mention_rows t
                        where d = ? and entity_number is not null and type not in ('role', 'modifier')
                    """), arguments: [number])
        while let row = try rows.next() {
            let words: String = row[1]
            names[EntityName(entity: row[0], text: Array(words.utf8)[...]), default: 0] += 1
        }
        try count(names, sign: -1, in: db)
    }

    private func count(_ names: [EntityName: Int], sign: Int, in db: Database) throws {
        for (name, count) in names { mentions[name, default: 0] += sign * count }
        for entity in Set(names.keys.map(\.entity)) { documents[entity, default: 0] += sign }
        if mentions.count > most { try spill(in: db) }
    }

    /// Notes that a form means something else now, so that the rows of `entity` are written again.
    func touch(_ entity: String, in db: Database) throws {
        for alias in try String.fetchAll(
            db.cachedStatement(sql: "select alias from aliases where entity = ?"), arguments: [entity])
        {
            mentions[EntityName(entity: entity, words: alias), default: 0] += 0
        }
    }

    /// Writes the rows of the entities that were touched, and keeps `sums` in step. In a `fresh` database there are no
    /// rows yet.
    ///
    /// Returns whether an entity has got another name, or has come or gone, that a document tells of which is not among
    /// those that have `moved`.
    func apply(
        in db: Database, fresh: Bool, moved: Set<Int>, to sums: inout [String: SetDigest]
    ) throws -> Bool {
        let rows = try EntityRows(in: db, fresh: fresh, moved: moved)
        var last: (entity: String, count: Int)?
        func endEntity() throws {
            guard let last else { return }
            try rows.put(last.entity, mentions: last.count, documents: documents(of: last.entity, in: db))
        }
        try eachName(in: db) { name, count in
            if last?.entity != name.entity {
                try endEntity()
                last = (name.entity, 0)
            }
            last?.count += count
            try rows.put(name, mentions: count)
        }
        try endEntity()
        for (table, sum) in rows.added { sums[table, default: SetDigest()] += sum }
        for (table, sum) in rows.removed { sums[table, default: SetDigest()] -= sum }
        return rows.hasRenamed
    }

    /// Every name with its count, in order of the entities and the words.
    private func eachName(in db: Database, _ body: (EntityName, Int) throws -> Void) throws {
        guard hasSpilled else {
            let order = mentions.sorted { a, b in
                a.key.entity == b.key.entity ? byBytes(a.key.words, b.key.words) : byBytes(a.key.entity, b.key.entity)
            }
            for (name, count) in order { try body(name, count) }
            return
        }
        try spill(in: db)
        let rows = try Row.fetchCursor(
            db, sql: "select entity, words, n from temp.tally_names order by entity, words")
        while let row = try rows.next() { try body(EntityName(entity: row[0], words: row[1]), row[2]) }
    }

    private func documents(of entity: String, in db: Database) throws -> Int {
        guard hasSpilled else { return documents[entity] ?? 0 }
        return try Int.fetchOne(
            db.cachedStatement(sql: "select n from temp.tally_entities where entity = ?"), arguments: [entity]) ?? 0
    }

    /// Adds the counts to those in the temporary tables.
    private func spill(in db: Database) throws {
        if !hasSpilled {
            try db.execute(
                sql: """
                    create temp table tally_names (entity text, words text, n integer, primary key (entity, words))
                        without rowid;
                    create temp table tally_entities (entity text primary key, n integer) without rowid
                    """)
            hasSpilled = true
        }
        let name = try db.cachedStatement(
            sql: "insert into temp.tally_names values (?, ?, ?) on conflict do update set n = n + excluded.n")
        for (key, count) in mentions { try name.execute(arguments: [key.entity, key.words, count]) }
        let entity = try db.cachedStatement(
            sql: "insert into temp.tally_entities values (?, ?) on conflict do update set n = n + excluded.n")
        for (key, count) in documents { try entity.execute(arguments: [key, count]) }
        mentions.removeAll(keepingCapacity: true)
        documents.removeAll(keepingCapacity: true)
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
