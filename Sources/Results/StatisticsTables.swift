import GRDB
import StageKit

/// Writes the rows of the fold of `summarize-statistics`, each into the table that its key names.
final class StatisticsTables {
    private var writers: [String: (schema: StatisticsSchema, writer: TableWriter)] = [:]
    private var removed: [String: SetDigest] = [:]

    init(in db: Database) throws {
        for schema in StatisticsSchema.tables {
            writers[schema.shape.name] = (schema, try TableWriter(schema.shape, in: db))
        }
    }

    /// Puts in a row in the place of what was there under its key. A table that is not known is left alone.
    func put(_ row: FoldRow, in db: Database) throws {
        try remove(row.key, in: db)
        let parts = try row.key.parts()
        guard let (schema, writer) = parts.first.flatMap({ writers[$0] }) else { return }
        for (k, _) in schema.keys.enumerated() { writer.text(k + 1 < parts.count ? parts[k + 1] : "") }
        for measure in schema.measures { writer.integer(row.count(of: Array(measure.utf8))) }
        try writer.endRow()
    }

    /// Takes a row out.
    func remove(_ key: FoldKey, in db: Database) throws {
        let parts = try key.parts()
        guard let name = parts.first, let (schema, _) = writers[name] else { return }
        let condition = schema.keys.map { "\(SQL.name($0)) = ?" }.joined(separator: " and ")
        let arguments = StatementArguments(schema.keys.indices.map { $0 + 1 < parts.count ? parts[$0 + 1] : "" })
        let select = try db.cachedStatement(sql: "select * from \(SQL.name(name)) where \(condition)")
        guard let old = try Row.fetchOne(select, arguments: arguments) else { return }
        var stored = StoredRows(schema.shape)
        removed[name, default: SetDigest()] += stored.digest(old)
        try db.cachedStatement(sql: "delete from \(SQL.name(name)) where \(condition)").execute(arguments: arguments)
    }

    /// Brings the digests of the tables up to date.
    func apply(to sums: inout [String: SetDigest]) {
        for (name, entry) in writers {
            sums[name, default: SetDigest()] += entry.writer.takeSum()
            if let gone = removed[name] { sums[name, default: SetDigest()] -= gone }
        }
    }
}
