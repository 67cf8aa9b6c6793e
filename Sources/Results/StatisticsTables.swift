import Digests
import GRDB
import StageKit

/// Writes the rows of the fold of `summarize-statistics`, each into the table that its key names.
final class StatisticsTables {
    private var writers: [String: (table: StatisticsTable, writer: TableWriter)] = [:]
    private var removed: [String: SetDigest] = [:]

    init(in db: Database) throws {
        for table in StatisticsTable.all { writers[table.name] = (table, try TableWriter(table.shape, in: db)) }
    }

    /// Puts in a row in the place of what was there under its key. A table that is not known is left alone.
    func put(_ row: FoldRow, in db: Database) throws {
        try remove(row.key, in: db)
        let parts = try row.key.parts()
        guard let (table, writer) = parts.first.flatMap({ writers[$0] }) else { return }
        for k in table.key.indices { writer.text(k + 1 < parts.count ? parts[k + 1] : "") }
        for measure in table.measures { writer.integer(row.count(of: Array(measure.name.utf8))) }
        try writer.endRow()
    }

    /// Takes a row out.
    func remove(_ key: FoldKey, in db: Database) throws {
        let parts = try key.parts()
        guard let name = parts.first, let (table, writer) = writers[name] else { return }
        let condition = table.key.map { "\(SQL.name($0.name)) = ?" }.joined(separator: " and ")
        let arguments = StatementArguments(table.key.indices.map { $0 + 1 < parts.count ? parts[$0 + 1] : "" })
        let select = try db.cachedStatement(sql: "select * from \(SQL.name(name)) where \(condition)")
        guard let old = try Row.fetchOne(select, arguments: arguments) else { return }
        var stored = StoredRows(writer.shape)
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
