internal import GRDB
import Digests
package import StageKit

/// Reads objects and results.
///
/// Each call looks for itself, so that nothing is held while steps compute: what stands under a digest or a key is the
/// same whenever it is read, and needs no snapshot. Packs that were read are kept for the next call, so a reader is for one
/// task and one portion of documents.
package struct StoreReader: Sendable {
    let store: ResultStore
    private let cache = PackCache()

    init(store: ResultStore) { self.store = store }

    /// An object, checked against its digest; nil if there is none that is sound.
    package func object(_ digest: ContentDigest) throws(StoreProblem) -> [UInt8]? { try objects([digest])[0] }

    /// Objects in the order of their digests, each checked; nil where there is none that is sound.
    package func objects(_ digests: [ContentDigest]) throws(StoreProblem) -> [[UInt8]?] {
        let found = try pieces(of: digests, "SELECT pack, start, length FROM objects WHERE digest = ?")
        return zip(digests, found).map { digest, found in
            let bytes: [UInt8]? =
                switch found {
                case .missing: nil
                case .file: store.path(of: digest).flatMap(FileWriting.contents(of:))
                case .piece(let piece): piece
                }
            if case .missing = found { return nil }
            guard let bytes, ContentDigest(of: bytes) == digest else {
                store.reportDamaged(object: digest)
                return nil
            }
            return bytes
        }
    }

    /// The result of a key; nil if there is none that is sound.
    package func result(_ key: ContentDigest) throws(StoreProblem) -> StepResult? { try results([key])[0] }

    /// The results of keys, in their order; nil where there is none that is sound.
    package func results(_ keys: [ContentDigest]) throws(StoreProblem) -> [StepResult?] {
        let found = try pieces(of: keys, Self.resultPlace)
        return zip(keys, found).map { key, found in
            if case .missing = found { return nil }
            if case .piece(let piece?) = found, let result = StoredResult(piece)?.result(of: key) { return result }
            store.reportDamaged(result: key, step: (try? step(of: key)) ?? "?")
            return nil
        }
    }

    /// Whether the store has every object that the result of `key` names. If not, the result makes way for the next one.
    package func hasAll(of result: StepResult, _ key: ContentDigest) throws(StoreProblem) -> Bool {
        guard try objects(result.outputs.map(\.digest)).contains(nil) else { return true }
        store.makeWay(for: key)
        return false
    }

    /// The parts of a key that the store holds a result for.
    package func parts(_ key: ContentDigest) throws(StoreProblem) -> KeyFields? {
        guard case .piece(let piece?) = try pieces(of: [key], Self.resultPlace)[0] else { return nil }
        return StoredResult(piece)?.parts(of: key)
    }

    /// Whether a result under one of `keys` is not there. Nothing is read.
    package func lacks(_ keys: [ContentDigest]) throws(StoreProblem) -> Bool {
        try store.look { db in
            try keys.contains { key in !(try RawRows(db, "SELECT 1 FROM results WHERE key = ?", key).next()) }
        }
    }

    static let resultPlace = "SELECT pack, start, length FROM results WHERE key = ?"

    private func step(of key: ContentDigest) throws(StoreProblem) -> String? {
        try store.look { db in
            let rows = try RawRows(db, "SELECT step FROM results WHERE key = ?", key)
            return try rows.next() ? rows.text(0).map { String(decoding: $0, as: UTF8.self) } : nil
        }
    }

    /// What the database has under a digest.
    enum Found {
        case missing
        /// It stands in a file of its own.
        case file
        /// The bytes, which were not compared with anything yet; nil where their pack is damaged.
        case piece([UInt8]?)
    }

    /// What a row tells of where a piece stands.
    private enum Place {
        case missing, file, damaged
        case pack(Int64, Range<Int>)
    }

    /// What `sql` leads to for each of `digests`: pack, start and length of a piece.
    func pieces(of digests: [ContentDigest], _ sql: String) throws(StoreProblem) -> [Found] {
        guard !digests.isEmpty else { return [] }
        let (places, held, packed) = try store.look { db in
            let places = try digests.map { try Self.place(db, sql, $0) }
            var held: [Int64: [UInt8]] = [:]
            var packed: [Int64: [UInt8]] = [:]
            for case .pack(let pack, _) in places where held[pack] == nil && packed[pack] == nil {
                if let bytes = cache.bytes(of: pack) {
                    held[pack] = bytes
                } else {
                    let rows = try RawRows(db, "SELECT bytes FROM packs WHERE id = ?", [pack])
                    if try rows.next(), let bytes = rows.blob(0) { packed[pack] = Array(bytes) }
                }
            }
            return (places, held, packed)
        }
        var packs = held
        for (id, packed) in packed {
            guard let bytes = Packing.unpacked(packed) else { continue }
            packs[id] = bytes
            cache.hold(bytes, of: id)
        }
        return places.map { place in
            switch place {
            case .missing: return .missing
            case .file: return .file
            case .damaged: return .piece(nil)
            case .pack(let pack, let range):
                guard let bytes = packs[pack], range.upperBound <= bytes.count else { return .piece(nil) }
                return .piece(Array(bytes[range]))
            }
        }
    }

    private static func place(_ db: Database, _ sql: String, _ digest: ContentDigest) throws -> Place {
        let rows = try RawRows(db, sql, digest)
        guard try rows.next() else { return .missing }
        if rows.isNull(0) { return .file }
        guard let place = rows.place(0) else { return .damaged }
        return .pack(place.pack, place.range)
    }
}

extension RawRows {
    /// A whole digest.
    func digest(_ column: Int) -> ContentDigest? {
        blob(column).flatMap { $0.count == ContentDigest.count ? ContentDigest($0) : nil }
    }

    /// Pack, start and length of a piece, in three columns from `column` on; nil for what no piece can have.
    func place(_ column: Int) -> (pack: Int64, range: Range<Int>)? {
        guard let pack = integer(column), let start = integer(column + 1), let length = integer(column + 2),
            start >= 0, length >= 0, length <= Int.max - start
        else { return nil }
        return (Int64(pack), start..<start + length)
    }
}
