import Digests
import Foundation
internal import GRDB
package import StageKit

/// Reads objects and results.
///
/// Each call looks for itself, so that nothing is held while steps compute: what stands under a digest or a key is the
/// same whenever it is read, and needs no snapshot.
package struct StoreReader: Sendable {
    let store: ResultStore

    /// An object, checked against its digest; nil if there is none that is sound.
    package func object(_ digest: ContentDigest) throws(StoreProblem) -> [UInt8]? { try objects([digest])[0] }

    /// Objects in the order of their digests, each checked; nil where there is none that is sound.
    package func objects(_ digests: [ContentDigest]) throws(StoreProblem) -> [[UInt8]?] {
        guard !digests.isEmpty else { return [] }
        let stored: [Stored] = try store.look { db in
            let statement = try db.cachedStatement(sql: "SELECT bytes FROM objects WHERE digest = ?")
            return try digests.map { digest in
                // A row that is read in place, as long as its cursor lives, is copied once; one that is fetched, three times.
                let rows = try Row.fetchCursor(statement, arguments: [Data(digest.bytes)])
                guard let row = try rows.next() else { return .missing }
                return try withExtendedLifetime(rows) { .row(try Self.blob(in: row)) }
            }
        }
        return zip(digests, stored).map { digest, stored in
            guard case .row(let inline) = stored else { return nil }
            guard let bytes = store.bytes(of: digest, inline: inline), ContentDigest(of: bytes) == digest else {
                store.reportDamaged(object: digest)
                return nil
            }
            return bytes
        }
    }

    /// What the database has for an object: nothing, or a row that may hold its bytes.
    private enum Stored {
        case missing
        case row([UInt8]?)
    }

    /// The bytes in the first column of `row`; nil where there are none, or something else.
    private static func blob(in row: Row) throws -> [UInt8]? {
        guard case .blob = (row[0] as DatabaseValue).storage else { return nil }
        return try row.withUnsafeData(atIndex: 0) { $0.map { [UInt8]($0) } }
    }

    /// The result of a key; nil if there is none that is sound.
    package func result(_ key: ContentDigest) throws(StoreProblem) -> StepResult? {
        let row = try store.look { db in
            let statement = try db.cachedStatement(sql: "SELECT result, digest, step FROM results WHERE key = ?")
            return try Row.fetchOne(statement, arguments: [Data(key.bytes)])
        }
        guard let row else { return nil }
        guard let result = ResultStore.result(of: key, in: row) else {
            store.reportDamaged(result: key, step: String.fromDatabaseValue(row[2] as DatabaseValue) ?? "?")
            return nil
        }
        return result
    }

    /// Whether the store has every object that the result of `key` names. If not, the result makes way for the next one.
    package func hasAll(of result: StepResult, _ key: ContentDigest) throws(StoreProblem) -> Bool {
        guard try objects(result.outputs.map(\.digest)).contains(nil) else { return true }
        store.makeWay(for: key)
        return false
    }

    /// The parts of a key that the store holds a result for.
    package func parts(_ key: ContentDigest) throws(StoreProblem) -> KeyFields? {
        let row = try store.look { db in
            let statement = try db.cachedStatement(sql: "SELECT parts FROM results WHERE key = ?")
            return try Row.fetchOne(statement, arguments: [Data(key.bytes)])
        }
        guard let data = row.flatMap({ Data.fromDatabaseValue($0[0] as DatabaseValue) }) else { return nil }
        let bytes = [UInt8](data)
        // The parts are what was hashed to make the key, so the key is their check.
        guard ContentDigest(of: bytes) == key else { return nil }
        return try? KeyFields(encoded: bytes)
    }
}

extension ResultStore {
    /// The bytes of an object that stand in the row, or else in a file of their own; not held against the digest yet.
    func bytes(of digest: ContentDigest, inline: [UInt8]?) -> [UInt8]? {
        if let inline { return Packing.unpacked(inline) }
        return path(of: digest).flatMap(FileWriting.contents(of:))
    }

    /// What a row of `results` holds for `key`, with the result at `column` and its check behind it; nil if it is damaged.
    static func result(of key: ContentDigest, in row: Row, at column: Int = 0) -> StepResult? {
        guard let bytes = Data.fromDatabaseValue(row[column] as DatabaseValue).map({ [UInt8]($0) }),
            let check = Data.fromDatabaseValue(row[column + 1] as DatabaseValue),
            check.elementsEqual(Self.check(key, bytes))
        else { return nil }
        var reader = ByteReader(bytes)
        return try? StepResult(decoding: &reader)
    }
}
