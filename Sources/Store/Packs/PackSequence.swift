import GRDB

/// Reads packs one after the other, for looking at all of a store: the rows of a pack were written one behind the other,
/// so that each pack is unpacked once.
struct PackSequence {
    private let db: Database
    private var last: (id: Int64, bytes: [UInt8]?)?

    init(_ db: Database) { self.db = db }

    /// The bytes of a pack; nil for one that is damaged or not there.
    mutating func bytes(of pack: Int64) throws -> [UInt8]? {
        if let last, last.id == pack { return last.bytes }
        let rows = try RawRows(db, "SELECT bytes FROM packs WHERE id = ?", [pack])
        let bytes = try rows.next() ? rows.blob(0).flatMap { Packing.unpacked($0) } : nil
        last = (pack, bytes)
        return bytes
    }

    /// A piece of a pack.
    mutating func piece(_ pack: Int64, _ range: Range<Int>) throws -> [UInt8]? {
        guard let bytes = try bytes(of: pack), range.upperBound <= bytes.count else { return nil }
        return Array(bytes[range])
    }

    /// Throws away packs to which no row leads.
    static func deleteUnused(in db: Database) throws {
        try db.execute(
            sql: """
                DELETE FROM packs WHERE id NOT IN
                    (SELECT pack FROM objects WHERE pack IS NOT NULL UNION SELECT pack FROM results)
                """)
    }
}

/// Which part of the compressed bytes of its pack a piece accounts for.
struct PackShares {
    private var packed: [Int: Int] = [:]
    private var whole: [Int: Int] = [:]

    /// Of the packs to which rows of `table` lead.
    init(of table: String, in db: Database) throws {
        let sums = try RawRows(
            db, "SELECT pack, sum(length) FROM \(table) WHERE typeof(pack) = 'integer' GROUP BY pack")
        while try sums.next() { if let pack = sums.integer(0) { whole[pack] = sums.integer(1) } }
        let lengths = try RawRows(db, "SELECT id, length(bytes) FROM packs")
        while try lengths.next() { if let pack = lengths.integer(0) { packed[pack] = lengths.integer(1) } }
    }

    /// What a piece of this length takes in its pack.
    func bytes(of length: Int, in pack: Int?) -> Int {
        guard let pack, let packed = packed[pack], let whole = whole[pack], whole > 0 else { return 0 }
        let (product, overflow) = packed.multipliedReportingOverflow(by: length)
        return overflow ? 0 : product / whole
    }
}
