import Digests
import Foundation
internal import GRDB
package import StageKit
import Synchronization

/// The content-addressed cache: objects by the digest of their bytes, results by the digest of their key.
///
/// Processes may use one side by side (SQLite's WAL mode). Reading an object compares it with its digest, and reading a
/// result with a check of its own: damage is told, and the damaged row is thrown away and made anew.
package final class ResultStore: Sendable {
    /// The folder of the store; nil for one in memory.
    package let folder: String?
    /// The path of the database.
    private let path: String
    private let database: any DatabaseWriter
    private let damage = Mutex<[String]>([])

    /// Objects longer than this stand in files of their own.
    private static let largest = 1 << 20
    private static let version = 1
    private static let schema = """
        CREATE TABLE objects(id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, bytes BLOB);
        CREATE TABLE results(id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, step TEXT NOT NULL, parts BLOB NOT NULL,
            result BLOB NOT NULL, digest BLOB NOT NULL);
        CREATE TABLE files(path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL,
            changed INTEGER NOT NULL, inode INTEGER NOT NULL, seen INTEGER NOT NULL, digest BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE runs(id INTEGER PRIMARY KEY, pipeline TEXT NOT NULL, record TEXT NOT NULL);
        """

    /// The store in `folder`, which is made if need be; without one, a store in memory.
    package init(folder: String?, note: (String) -> Void = { _ in }) throws(StoreProblem) {
        self.folder = folder
        var configuration = Configuration()
        configuration.busyMode = .timeout(60)
        configuration.maximumReaderCount = 16
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16384")
        }
        path = folder.map { $0 + "/store.sqlite" } ?? "memory"
        let path = path
        if let folder {
            do throws(FileWriteProblem) {
                try FileWriting.makeFolder(folder)
            } catch {
                throw StoreProblem(error, path: folder)
            }
            database = try SQLiteFile.open(path, version: Self.version, schema: Self.schema, note: note) {
                try DatabasePool(path: path, configuration: configuration)
            }
        } else {
            database = try SQLiteFile.open("memory", version: Self.version, schema: Self.schema, note: note) {
                try DatabaseQueue(configuration: configuration)
            }
        }
    }

    /// What was found damaged since the last call, in words.
    package func takeDamage() -> [String] {
        damage.withLock { found in
            defer { found = [] }
            return found
        }
    }

    /// Reads in one snapshot of the store.
    package func read<Value>(_ body: (StoreReader) throws -> Value) throws -> Value {
        try database.read { db in try body(StoreReader(db: db, store: self)) }
    }

    /// An object, or nil if the store has none that is sound.
    package func object(_ digest: ContentDigest) throws(StoreProblem) -> [UInt8]? {
        do { return try read { try $0.object(digest) } } catch { throw StoreProblem(error, path: path) }
    }

    /// Adds objects and results in one transaction.
    package func write(_ batch: WriteBatch) throws(StoreProblem) {
        guard !batch.isEmpty else { return }
        let damaged = takeDropped()
        do {
            try database.write { db in
                for digest in damaged.objects {
                    try db.execute(sql: "DELETE FROM objects WHERE digest = ?", arguments: [Data(digest.bytes)])
                }
                for key in damaged.results {
                    try db.execute(sql: "DELETE FROM results WHERE key = ?", arguments: [Data(key.bytes)])
                }
                let object = try db.cachedStatement(sql: "INSERT OR IGNORE INTO objects(digest, bytes) VALUES (?, ?)")
                for (digest, bytes) in batch.objects {
                    if bytes.count > Self.largest, let path = path(of: digest) {
                        try FileWriting.write(bytes, to: path)
                        try object.execute(arguments: [Data(digest.bytes), nil])
                    } else {
                        try object.execute(arguments: [Data(digest.bytes), Data(bytes)])
                    }
                }
                let result = try db.cachedStatement(
                    sql: "INSERT OR REPLACE INTO results(key, step, parts, result, digest) VALUES (?, ?, ?, ?, ?)")
                for kept in batch.results {
                    var writer = ByteWriter()
                    kept.result.encode(into: &writer)
                    let parts = kept.parts.encoded
                    try result.execute(arguments: [
                        Data(kept.key.bytes), kept.step, Data(parts), Data(writer.bytes),
                        Data(Self.check(kept.key, writer.bytes)),
                    ])
                }
            }
        } catch {
            throw StoreProblem(error, path: path)
        }
    }

    /// Runs `body` on the database, for the tables that have a file of their own in this folder.
    func access<Value>(write: Bool = false, _ body: (Database) throws -> Value) throws(StoreProblem) -> Value {
        do {
            return write ? try database.write(body) : try database.read(body)
        } catch {
            throw StoreProblem(error, path: path)
        }
    }

    /// The check that stands beside a result: its key is in it, so that a row can't answer for another.
    static func check(_ key: ContentDigest, _ bytes: [UInt8]) -> [UInt8] {
        Array(ContentDigest(of: key.bytes + bytes).bytes.prefix(16))
    }

    /// Where an object stands that is too long for the database.
    func path(of digest: ContentDigest) -> String? {
        let name = digest.description
        return folder.map { "\($0)/objects/\(name.prefix(2))/\(name.dropFirst(2))" }
    }

    private struct Dropped {
        var objects: [ContentDigest] = []
        var results: [ContentDigest] = []
    }
    private let dropped = Mutex(Dropped())

    private func takeDropped() -> Dropped {
        dropped.withLock { found in
            defer { found = Dropped() }
            return found
        }
    }

    /// Remembers a damaged object: it is told once, and replaced by the next write.
    func reportDamaged(object digest: ContentDigest) {
        damage.withLock { $0.append("object \(digest.description.prefix(12)) was damaged and is computed again") }
        dropped.withLock { $0.objects.append(digest) }
    }

    /// Remembers a damaged result.
    func reportDamaged(result key: ContentDigest, step: String) {
        damage.withLock { $0.append("a result of '\(step)' was damaged and is computed again") }
        dropped.withLock { $0.results.append(key) }
    }
}

/// Reads objects and results in one snapshot.
package struct StoreReader {
    let db: Database
    let store: ResultStore

    /// An object, checked against its digest; nil if there is none that is sound.
    package func object(_ digest: ContentDigest) throws -> [UInt8]? {
        let statement = try db.cachedStatement(sql: "SELECT bytes FROM objects WHERE digest = ?")
        guard let row = try Row.fetchOne(statement, arguments: [Data(digest.bytes)]) else { return nil }
        var bytes = (row[0] as Data?).map { [UInt8]($0) }
        if bytes == nil, let path = store.path(of: digest) {
            bytes = FileManager.default.contents(atPath: path).map { [UInt8]($0) }
        }
        guard let bytes, ContentDigest(of: bytes) == digest else {
            store.reportDamaged(object: digest)
            return nil
        }
        return bytes
    }

    /// The result of a key; nil if there is none that is sound.
    package func result(_ key: ContentDigest) throws -> StepResult? {
        let statement = try db.cachedStatement(sql: "SELECT result, digest, step FROM results WHERE key = ?")
        guard let row = try Row.fetchOne(statement, arguments: [Data(key.bytes)]) else { return nil }
        let bytes = [UInt8](row[0] as Data)
        var reader = ByteReader(bytes)
        guard ResultStore.check(key, bytes) == [UInt8](row[1] as Data), let result = try? StepResult(decoding: &reader)
        else {
            store.reportDamaged(result: key, step: row[2])
            return nil
        }
        return result
    }

    /// The parts of a key that the store holds a result for.
    package func parts(_ key: ContentDigest) throws -> KeyFields? {
        let statement = try db.cachedStatement(sql: "SELECT parts FROM results WHERE key = ?")
        return try Row.fetchOne(statement, arguments: [Data(key.bytes)]).flatMap { row in
            try? KeyFields(encoded: [UInt8](row[0] as Data))
        }
    }
}

extension ResultStore {
    /// Flips a bit of every object, so that tests can see it found.
    package func damageEveryObject() throws(StoreProblem) {
        try access(write: true) { db in
            try db.execute(sql: "UPDATE objects SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'FF' AS BLOB)")
        }
    }
}
