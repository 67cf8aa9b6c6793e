import Digests
package import StageKit
import Text

/// Rows of the folds of `summarize-statistics`, read from the entries of folds and hashed: what can be done while others
/// are written.
package struct StatisticsRows: Sendable {
    /// Rows that follow each other in one table.
    struct Part: Sendable {
        /// Which of ``StatisticsTable/all`` it is.
        let table: Int
        /// The rows as they are stored.
        var bytes: [UInt8] = []
        var count = 0
        var sum = SetDigest()
    }

    /// Where they stand.
    let namespace: StatisticsNamespace
    private(set) var parts: [Part] = []
    private let tables: [CountTable]
    /// The only table whose rows are read.
    private let wanted: Int?
    private var row = RowBytes()
    private var stored = RowBytes()
    private var counts: [Int] = []

    private static let names = StatisticsTable.all.map { Array($0.name.utf8) }
    private static let elements = StatisticsTable.all.map { $0.measures.map { Array($0.name.utf8) } }

    /// The rows of `table` in `pages`, each a list of entries in canonical bytes; no row is in two of them. Rows of other
    /// tables are left alone.
    package init(
        pages: [[UInt8]], of table: StatisticsTable, in namespace: StatisticsNamespace = .plain
    ) throws(LayerError) {
        self.namespace = namespace
        wanted = StatisticsTable.all.firstIndex(of: table)
        tables = namespace.tables
        for page in pages {
            let cursor = EntryCursor(page)
            var key: [UInt8]?
            while try cursor.next() {
                if key.map({ cursor.order(toKey: $0) != 0 }) ?? true {
                    if let key { try end(key) }
                    key = cursor.key
                    try begin(cursor.key)
                }
                guard let table = wanted, !counts.isEmpty else { continue }
                let element = cursor.entry.element
                if let k = Self.elements[table].firstIndex(where: element.elementsEqual) { counts[k] = cursor.count }
            }
            if let key { try end(key) }
        }
    }

    private mutating func begin(_ key: [UInt8]) throws(LayerError) {
        var reader = PartReader(key)
        let name = try reader.next() ?? 0..<0
        counts.removeAll(keepingCapacity: true)
        guard let wanted, key[name].elementsEqual(Self.names[wanted]) else { return }
        if parts.isEmpty { parts.append(Part(table: wanted)) }
        counts.append(contentsOf: repeatElement(0, count: Self.elements[wanted].count))
    }

    private mutating func end(_ key: [UInt8]) throws(LayerError) {
        guard !counts.isEmpty, let table = wanted else { return }
        row.begin(tables[table].name)
        var reader = PartReader(key)
        _ = try reader.next()
        stored.removeAll()
        for column in tables[table].plain.key {
            let text = key[try reader.next() ?? 0..<0]
            row.append(text: text)
            stored.append(text: text, as: tables[table].tag(of: column.name))
        }
        for count in counts {
            row.append(count)
            stored.append(count)
        }
        let last = parts.count - 1
        parts[last].sum += row.digest()
        parts[last].bytes += stored.bytes
        parts[last].count += 1
    }
}

/// Finds the parts of a key of folds, each behind its length, without taking them out.
private struct PartReader {
    private let key: [UInt8]
    private var at = 0

    init(_ key: [UInt8]) { self.key = key }

    /// Where the next part stands; nil behind the last.
    mutating func next() throws(LayerError) -> Range<Int>? {
        guard at < key.count else { return nil }
        var length: UInt64 = 0
        for shift in stride(from: 0, to: 63, by: 7) {
            guard at < key.count else { break }
            let byte = key[at]
            at += 1
            length |= UInt64(byte & 0x7F) << UInt64(shift)
            guard byte >= 0x80 else {
                guard length <= UInt64(key.count - at) else { break }
                defer { at += Int(length) }
                return at..<at + Int(length)
            }
        }
        throw LayerError("a key is cut at byte \(at)")
    }
}
