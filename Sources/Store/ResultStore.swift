import Digests
import Foundation
internal import GRDB
package import StageKit
import Synchronization

/// The content-addressed cache: objects by the digest of their bytes, results by the digest of their key.
///
/// Processes may use one side by side (SQLite's WAL mode); whoever throws results away waits until nobody else does.
/// Reading an object compares it with its digest, and reading a result with a check of its own: damage is told, and the
/// damaged row is thrown away and made anew.
package final class ResultStore: Sendable {
    /// The folder of the store; nil for one in memory.
    package let folder: String?
    /// The path of the database.
    let path: String

    /// Where the database of the store in `folder` is.
    package static func path(in folder: String) -> String { folder + "/store.sqlite" }

    let database: any DatabaseWriter
    /// The share in the store that this process has; nil for one in memory.
    let lock: StoreLock?
    private let damage = Mutex<[String]>([])
    private let doubled = Mutex(0)

    /// Objects longer than this stand in files of their own.
    private static let largest = 1 << 20
    private static let version = 5
    private static let schema = """
        CREATE TABLE objects(id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, bytes BLOB);
        CREATE TABLE results(id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, step TEXT NOT NULL, parts BLOB NOT NULL,
            result BLOB NOT NULL, digest BLOB NOT NULL);
        CREATE TABLE files(path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL,
            changed INTEGER NOT NULL, inode INTEGER NOT NULL, seen INTEGER NOT NULL, digest BLOB NOT NULL,
            seal INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE runs(id INTEGER PRIMARY KEY, pipeline TEXT NOT NULL, record TEXT NOT NULL, seal INTEGER NOT NULL);
        CREATE TABLE retired(id INTEGER PRIMARY KEY, run INTEGER NOT NULL, key BLOB NOT NULL, seal INTEGER NOT NULL);
        """

    /// The store in `folder`, which is made if need be; without one, a store in memory.
    /// `renewed` is called where that of an earlier release was there, of which nothing can be used.
    package init(
        folder: String?, note: (String) -> Void = { _ in }, renewed: () -> Void = {}
    ) throws(StoreProblem) {
        self.folder = folder
        var configuration = Configuration()
        configuration.busyMode = .timeout(60)
        configuration.maximumReaderCount = 16
        configuration.prepareDatabase { db in
            try db.execute(
                sql: "PRAGMA page_size = 16384; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; "
                    + "PRAGMA cache_size = -16384")
        }
        path = folder.map(Self.path(in:)) ?? "memory"
        let path = path
        if let folder {
            do throws(FileWriteProblem) {
                try FileWriting.makeFolder(folder)
            } catch {
                throw StoreProblem(error, path: folder)
            }
            do throws(FileWriteProblem) {
                lock = try StoreLock(sharing: folder) { note("waiting for 'colophon cache' to end") }
            } catch {
                throw StoreProblem(error, path: folder)
            }
            database = try SQLiteFile.open(
                path, version: Self.version, schema: Self.schema, note: note, renewed: renewed
            ) {
                try DatabasePool(path: path, configuration: configuration)
            }
        } else {
            lock = nil
            database = try SQLiteFile.open(
                "memory", version: Self.version, schema: Self.schema, note: note, renewed: renewed
            ) {
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

    /// How many results that were written since the last call had been written by another process in the meantime.
    package func takeDoubled() -> Int {
        doubled.withLock { count in
            defer { count = 0 }
            return count
        }
    }

    /// What reads its objects and results.
    package var reader: StoreReader { StoreReader(store: self) }

    /// An object, or nil if the store has none that is sound.
    package func object(_ digest: ContentDigest) throws(StoreProblem) -> [UInt8]? { try reader.object(digest) }

    /// Adds objects and results in one transaction.
    package func write(_ batch: WriteBatch) throws(StoreProblem) {
        guard !batch.isEmpty else { return }
        let damaged = takeDropped()
        // Nobody waits for the database meanwhile.
        let objects = batch.objects.map { object -> (digest: ContentDigest, bytes: [UInt8], isLarge: Bool) in
            let isLarge = object.bytes.count > Self.largest && folder != nil
            return (object.digest, isLarge ? object.bytes : Packing.packed(object.bytes), isLarge)
        }
        do {
            let known = try database.write { db in
                for digest in damaged.objects {
                    try db.execute(sql: "DELETE FROM objects WHERE digest = ?", arguments: [Data(digest.bytes)])
                }
                for key in damaged.results {
                    try db.execute(sql: "DELETE FROM results WHERE key = ?", arguments: [Data(key.bytes)])
                }
                let object = try db.cachedStatement(sql: "INSERT OR IGNORE INTO objects(digest, bytes) VALUES (?, ?)")
                for (digest, bytes, isLarge) in objects {
                    if isLarge, let path = path(of: digest) {
                        try FileWriting.write(bytes, to: path)
                        try object.execute(arguments: [Data(digest.bytes), nil])
                    } else {
                        try object.execute(arguments: [Data(digest.bytes), Data(bytes)])
                    }
                }
                let result = try db.cachedStatement(
                    sql: """
                        INSERT INTO results(key, step, parts, result, digest) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT(key) DO NOTHING
                        """)
                var known = 0
                for kept in batch.results {
                    var writer = ByteWriter()
                    kept.result.encode(into: &writer)
                    let parts = kept.parts.encoded
                    try result.execute(arguments: [
                        Data(kept.key.bytes), kept.step.description, Data(parts), Data(writer.bytes),
                        Data(Self.check(kept.key, writer.bytes)),
                    ])
                    if db.changesCount == 0 { known += 1 }
                }
                return known
            }
            doubled.withLock { $0 += known }
        } catch {
            dropped.withLock { waiting in
                waiting.objects += damaged.objects
                waiting.results += damaged.results
            }
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

    /// Runs a query that needs no snapshot with others.
    func look<Value>(_ body: (Database) throws -> Value) throws(StoreProblem) -> Value {
        do { return try database.unsafeRead(body) } catch { throw StoreProblem(error, path: path) }
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
        damage.withLock { $0.append("object \(digest.description.prefix(12)) was damaged and is recomputed") }
        dropped.withLock { $0.objects.append(digest) }
    }

    /// Remembers damage that was found in one of the other tables, to be told.
    func reportDamage(_ what: String) { damage.withLock { $0.append(what) } }

    /// Has the next write throw away the result of a key.
    func makeWay(for key: ContentDigest) { dropped.withLock { $0.results.append(key) } }

    /// Remembers a damaged result.
    func reportDamaged(result key: ContentDigest, step: String) {
        damage.withLock { $0.append("a result of '\(step)' was damaged and is recomputed") }
        dropped.withLock { $0.results.append(key) }
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
