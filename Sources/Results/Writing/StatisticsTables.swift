import Digests
import GRDB
import StageKit

/// Writes the rows of the folds of one use of `summarize-statistics`, each into the table that its key names.
final class StatisticsTables {
    private struct Entry {
        let table: CountTable
        let inserter: RowInserter
        /// The measures as they are called in the rows of folds.
        let elements: [[UInt8]]
    }

    private let db: Database
    private let texts: [SharedTexts]
    /// Whether ``KeptTable/terms`` follows each change; a new database fills it when all words are there.
    private let followsTerms: Bool
    private var entries: [[UInt8]: Entry] = [:]
    private var removed: [String: SetDigest] = [:]
    private var added: [String: SetDigest] = [:]

    init(_ namespace: StatisticsNamespace, in db: Database, texts: [SharedTexts], followsTerms: Bool) throws {
        self.db = db
        self.texts = texts
        self.followsTerms = followsTerms && namespace == .plain
        for table in namespace.tables {
            entries[Array(table.plain.name.utf8)] = Entry(
                table: table, inserter: try RowInserter(into: table.stored, width: table.width, in: db),
                elements: table.plain.measures.map { Array($0.name.utf8) })
        }
    }

    /// Puts in a row in the place of what was there under its key. A table that is not known is left alone.
    func put(_ row: FoldRow) throws {
        let parts = try Self.parts(of: row.key)
        guard let entry = parts.first.flatMap({ entries[$0] }) else { return }
        try remove(row.key)
        var hashed = RowBytes()
        var stored = RowBytes()
        hashed.begin(entry.table.name)
        for (k, column) in entry.table.plain.key.enumerated() {
            let text = k + 1 < parts.count ? parts[k + 1] : []
            hashed.append(text: text)
            stored.append(text: text, as: entry.table.tag(of: column.name))
        }
        let counts = entry.elements.map { row.count(of: $0) }
        for count in counts {
            hashed.append(count)
            stored.append(count)
        }
        try insert(stored.bytes, count: 1, entry)
        added[entry.table.name, default: SetDigest()] += hashed.digest()
        if followsTerms, entry.table.plain == .terms {
            try addToTerms(parts.dropFirst().map(Self.string), counts, sign: 1)
        }
    }

    /// Puts in rows whose keys are not there yet; they were read for this namespace.
    func put(_ rows: StatisticsRows) throws {
        for part in rows.parts {
            guard let entry = entries[Array(StatisticsTable.all[part.table].name.utf8)] else { continue }
            try insert(part.bytes, count: part.count, entry)
            added[entry.table.name, default: SetDigest()] += part.sum
        }
    }

    private func insert(_ bytes: [UInt8], count: Int, _ entry: Entry) throws {
        try bytes.withUnsafeBytes { bytes in
            var reader = ValueReader(bytes)
            try entry.inserter.insert(count) { statement, first in
                for place in first..<first + entry.table.width {
                    if try !reader.bindText(of: texts, to: statement, at: place) {
                        reader.bind(to: statement, at: place)
                    }
                }
            }
        }
    }

    /// Takes a row out.
    func remove(_ key: FoldKey) throws {
        let parts = try Self.parts(of: key)
        guard let entry = parts.first.flatMap({ entries[$0] }) else { return }
        let table = entry.table
        let columns = table.plain.key.map(\.name)
        let values = columns.indices.map { $0 + 1 < parts.count ? Self.string(parts[$0 + 1]) : "" }
        let shown = columns.map { "\(SQL.name($0)) = ?" }.joined(separator: " and ")
        let select = try db.cachedStatement(sql: "select * from \(SQL.name(table.name)) where \(shown)")
        guard let old = try Row.fetchOne(select, arguments: StatementArguments(values)) else { return }
        removed[table.name, default: SetDigest()] += StoredRows.digest(old, of: table.shape)
        let stored = columns.map { name in
            table.numbered.contains(name)
                ? "\(table.column(name)) = (select k from \(SharedTexts.Kind.searched.rawValue) where text = ?)"
                : "\(table.column(name)) = ?"
        }.joined(separator: " and ")
        if table.isView, let texts = texts.first(where: { $0.kind == .searched }) {
            let numbers = table.numbered.map(table.column).joined(separator: ", ")
            let select = try db.cachedStatement(sql: "select \(numbers) from \(table.stored) where \(stored)")
            if let row = try Row.fetchOne(select, arguments: StatementArguments(values)) {
                for value in row.databaseValues {
                    if let number = Int.fromDatabaseValue(value) { texts.release(number) }
                }
            }
        }
        try db.cachedStatement(sql: "delete from \(SQL.name(table.stored)) where \(stored)")
            .execute(arguments: StatementArguments(values))
        if followsTerms, table.plain == .terms {
            try addToTerms(values, table.plain.measures.map { old[$0.name] }, sign: -1)
        }
    }

    /// Brings the digests of the tables up to date.
    func apply(to sums: inout [String: SetDigest]) {
        for (name, sum) in added { sums[name, default: SetDigest()] += sum }
        for (name, sum) in removed { sums[name, default: SetDigest()] -= sum }
        added = [:]
        removed = [:]
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
