import Digests
import GRDB
import StageKit

/// Writes the rows of the folds of one use of `summarize-statistics`, each into the table that its key names.
final class StatisticsTables {
    private struct Entry {
        let table: StatisticsTable
        let shape: TableShape
        let writer: TableWriter
        /// The measures as they are called in the rows of folds.
        let elements: [[UInt8]]
        let inserter: RowInserter
    }

    private let db: Database
    /// Whether ``KeptTable/terms`` follows each change; a new database fills it when all words are there.
    private let followsTerms: Bool
    private var entries: [[UInt8]: Entry] = [:]
    private var removed: [String: SetDigest] = [:]
    private var added: [String: SetDigest] = [:]

    init(_ namespace: StatisticsNamespace, in db: Database, followsTerms: Bool) throws {
        self.db = db
        self.followsTerms = followsTerms && namespace == .plain
        for (plain, table) in zip(StatisticsTable.all, namespace.tables) {
            let shape = table.shape
            entries[Array(plain.name.utf8)] = Entry(
                table: table, shape: shape, writer: try TableWriter(shape, in: db, replaces: false),
                elements: table.measures.map { Array($0.name.utf8) },
                inserter: try RowInserter(into: table.name, width: shape.columns.count, in: db))
        }
    }

    /// Puts in a row in the place of what was there under its key. A table that is not known is left alone.
    func put(_ row: FoldRow) throws {
        let parts = try Self.parts(of: row.key)
        guard let entry = parts.first.flatMap({ entries[$0] }) else { return }
        for k in entry.table.key.indices { entry.writer.text(k + 1 < parts.count ? parts[k + 1][...] : []) }
        let counts = entry.elements.map { row.count(of: $0) }
        for count in counts { entry.writer.integer(count) }
        try entry.writer.endRow(replacing: { try remove(row.key) })
        if followsTerms, entry.table == .terms { try addToTerms(parts.dropFirst().map(Self.string), counts, sign: 1) }
    }

    /// Puts in rows whose keys are not there yet; they were read for this namespace.
    func put(_ rows: StatisticsRows) throws {
        for part in rows.parts {
            guard let entry = entries[Array(StatisticsTable.all[part.table].name.utf8)] else { continue }
            let width = entry.shape.columns.count
            try part.bytes.withUnsafeBytes { bytes in
                var reader = ValueReader(bytes)
                try entry.inserter.insert(part.count) { statement, first in
                    for place in first..<first + width { reader.bind(to: statement, at: place) }
                }
            }
            added[entry.table.name, default: SetDigest()] += part.sum
        }
    }

    /// Takes a row out.
    func remove(_ key: FoldKey) throws {
        let parts = try Self.parts(of: key)
        guard let entry = parts.first.flatMap({ entries[$0] }) else { return }
        let condition = entry.table.key.map { "\(SQL.name($0.name)) = ?" }.joined(separator: " and ")
        let values = entry.table.key.indices.map { $0 + 1 < parts.count ? Self.string(parts[$0 + 1]) : "" }
        let select = try db.cachedStatement(sql: "select * from \(SQL.name(entry.table.name)) where \(condition)")
        guard let old = try Row.fetchOne(select, arguments: StatementArguments(values)) else { return }
        removed[entry.table.name, default: SetDigest()] += StoredRows.digest(old, of: entry.shape)
        try db.cachedStatement(sql: "delete from \(SQL.name(entry.table.name)) where \(condition)")
            .execute(arguments: StatementArguments(values))
        if followsTerms, entry.table == .terms {
            try addToTerms(values, entry.table.measures.map { old[$0.name] }, sign: -1)
        }
    }

    /// Brings the digests of the tables up to date.
    func apply(to sums: inout [String: SetDigest]) {
        for entry in entries.values {
            let name = entry.table.name
            sums[name, default: SetDigest()] += entry.writer.takeSum()
            if let more = added[name] { sums[name, default: SetDigest()] += more }
            if let gone = removed[name] { sums[name, default: SetDigest()] -= gone }
        }
    }

    /// Adds the counts of a word with a publisher, or takes them away: documents, and occurrences beyond the first.
    private func addToTerms(_ key: [String], _ counts: [Int], sign: Int) throws {
        guard key.count > 1, counts.count == 2 else { return }
        try KeptTable.terms.add(
            [sign * counts[0], sign * (counts[0] + counts[1])], to: key.prefix(2).map(\.databaseValue), in: db)
    }

    private static func parts(of key: FoldKey) throws(LayerError) -> [[UInt8]] {
        var reader = ByteReader(key.bytes)
        var parts: [[UInt8]] = []
        while !reader.isAtEnd { parts.append(try reader.blob()) }
        return parts
    }

    private static func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
