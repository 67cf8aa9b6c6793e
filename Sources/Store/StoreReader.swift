import Digests
import Foundation
internal import GRDB
package import StageKit

/// Reads objects and results in one snapshot.
package struct StoreReader {
    let db: Database
    let store: ResultStore

    /// An object, checked against its digest; nil if there is none that is sound.
    package func object(_ digest: ContentDigest) throws -> [UInt8]? {
        let statement = try db.cachedStatement(sql: "SELECT bytes FROM objects WHERE digest = ?")
        // A row that is read in place, as long as its cursor lives, is copied once; one that is fetched, three times.
        let rows = try Row.fetchCursor(statement, arguments: [Data(digest.bytes)])
        let row = try rows.next().map { row in try withExtendedLifetime(rows) { try Self.blob(in: row) } }
        guard let row else { return nil }
        let bytes = store.bytes(of: digest, inline: row)
        guard let bytes, ContentDigest(of: bytes) == digest else {
            store.reportDamaged(object: digest)
            return nil
        }
        return bytes
    }

    /// The bytes in the first column of `row`; nil where there are none, or something else.
    private static func blob(in row: Row) throws -> [UInt8]? {
        guard case .blob = (row[0] as DatabaseValue).storage else { return nil }
        return try row.withUnsafeData(atIndex: 0) { $0.map { [UInt8]($0) } }
    }

    /// The result of a key; nil if there is none that is sound.
    package func result(_ key: ContentDigest) throws -> StepResult? {
        let statement = try db.cachedStatement(sql: "SELECT result, digest, step FROM results WHERE key = ?")
        guard let row = try Row.fetchOne(statement, arguments: [Data(key.bytes)]) else { return nil }
        guard let result = ResultStore.result(of: key, in: row) else {
            store.reportDamaged(result: key, step: String.fromDatabaseValue(row[2] as DatabaseValue) ?? "?")
            return nil
        }
        return result
    }

    /// Whether the store has every object that the result of `key` names. If not, the result makes way for the next one.
    package func hasAll(of result: StepResult, _ key: ContentDigest) throws -> Bool {
        for output in result.outputs where try object(output.digest) == nil {
            store.makeWay(for: key)
            return false
        }
        return true
    }

    /// The parts of a key that the store holds a result for.
    package func parts(_ key: ContentDigest) throws -> KeyFields? {
        let statement = try db.cachedStatement(sql: "SELECT parts FROM results WHERE key = ?")
        guard let row = try Row.fetchOne(statement, arguments: [Data(key.bytes)]),
            let data = Data.fromDatabaseValue(row[0] as DatabaseValue)
        else { return nil }
        let bytes = [UInt8](data)
        // The parts are what was hashed to make the key, so the key is their check.
        guard ContentDigest(of: bytes) == key else { return nil }
        return try? KeyFields(encoded: bytes)
    }
}

extension ResultStore {
    /// The bytes of an object that stand in the row, or else in a file of their own; not held against the digest yet.
    func bytes(of digest: ContentDigest, inline: [UInt8]?) -> [UInt8]? {
        if let inline { return inline }
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
