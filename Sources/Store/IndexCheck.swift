import GRDB

/// Whether the indexes of tables lead to all of their rows and to nothing else: sums over the entries of both sides, which
/// can be gathered in portions and in any order.
///
/// What SQLite can't find by an index is not there for whoever asks, though the row itself is sound.
struct IndexCheck: Sendable {
    /// A table, the columns of its index, and the column that numbers its rows.
    struct Index: Hashable, Sendable {
        var table: String
        var columns: [String]
        var number = "id"

        fileprivate var list: String { columns.joined(separator: ", ") }
    }

    /// The index whose entries, or whose table's rows, are taken in; and the sum so far.
    private let index: Index?
    private(set) var sum: UInt64 = 0
    /// What other portions found.
    private var sums: [Index: UInt64] = [:]

    /// Nothing yet, and nothing to come but what portions found.
    init() { index = nil }

    /// None of the rows of the index's table yet.
    init(rowsOf index: Index) { self.index = index }

    /// What stands in the index.
    init(_ db: Database, _ index: Index) throws {
        self.index = index
        // All that is asked for stands in the index, so the table itself is not looked at.
        let rows = try RawRows(
            db, "SELECT \(index.number), \(index.list) FROM \(index.table) ORDER BY \(index.list)")
        while try rows.next() { sum &-= Self.hash(rows, index.columns.count) }
    }

    /// Whether the index is not that of its table, both seen at one moment: sums that were gathered while somebody was
    /// writing may differ without any harm.
    static func isLost(_ db: Database, _ index: Index) throws -> Bool {
        var check = try IndexCheck(db, index)
        let rows = try RawRows(db, "SELECT \(index.number), \(index.list) FROM \(index.table) NOT INDEXED")
        while try rows.next() { check.add(rows) }
        return check.sum != 0
    }

    /// Takes in a row of the table: its number and the columns of the index come first, in this order.
    mutating func add(_ row: borrowing RawRows) { sum &+= Self.hash(row, index?.columns.count ?? 0) }

    /// Takes in what a portion found.
    mutating func add(_ portion: IndexCheck) {
        if let index = portion.index { sums[index, default: 0] &+= portion.sum }
    }

    /// The indexes whose entries are not those of the rows that portions took in.
    var suspects: [Index] { sums.filter { $0.value != 0 }.keys.sorted { $0.table < $1.table } }

    private static func hash(_ row: borrowing RawRows, _ columns: Int) -> UInt64 {
        var hash = UInt64(bitPattern: Int64(row.integer(0) ?? 0))
        for column in 0..<columns {
            if let number = row.integer(column + 1) {
                hash = mix(hash, UInt64(bitPattern: Int64(number)))
                continue
            }
            guard let bytes = row.blob(column + 1) ?? row.text(column + 1) else { continue }
            hash = mix(hash, bytes)
        }
        return hash
    }

    /// The hash of one entry: the number of its row and the columns of the index.
    static func hash(_ number: Int64, _ columns: [[UInt8]]) -> UInt64 {
        columns.reduce(UInt64(bitPattern: number)) { hash, column in column.withUnsafeBytes { mix(hash, $0) } }
    }

    private static func mix(_ hash: UInt64, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = mix(hash, UInt64(bytes.count))
        var place = 0
        while place + 8 <= bytes.count {
            hash = mix(hash, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        for byte in bytes[place...] { hash = mix(hash, UInt64(byte)) }
        return hash
    }

    /// One step of a hash that takes eight bytes at once: both halves of a product of 128 bits (after Wang Yi, wyhash, 2019).
    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: word ^ 0xE703_7ED1_A0B4_28DB)
        return product.high ^ product.low ^ hash
    }
}
