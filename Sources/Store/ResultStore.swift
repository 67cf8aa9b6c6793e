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
    private static let version = 7
    /// Objects and results are found by the beginnings of their digests (``ContentDigest/short``); an object in a file of
    /// its own has all of its digest in `file`.
    private static let schema = """
        CREATE TABLE packs(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
        CREATE TABLE objects(id INTEGER PRIMARY KEY, digest INTEGER NOT NULL UNIQUE, pack INTEGER,
            start INTEGER NOT NULL, length INTEGER NOT NULL, file BLOB);
        CREATE TABLE results(id INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, step TEXT NOT NULL,
            pack INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL);
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
            // Digests come in no order, so that each portion of documents changes a few hundred pages of the indexes: small
            // pages, and a log that is long enough for a page to change in it several times, write a third of the bytes.
            try db.execute(
                sql: "PRAGMA page_size = 4096; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; "
                    + "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 8000")
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

    /// Adds objects and results in one transaction. Of those that are `isForeign`, nobody computed any twice, and those are
    /// left that were found to be wrong.
    package func write(_ batch: WriteBatch, isForeign: Bool = false) throws(StoreProblem) {
        let batch = isForeign ? taken(of: batch) : batch
        guard !batch.isEmpty else { return }
        let damaged = takeDropped()
        // Nobody waits for the database meanwhile.
        let large = folder == nil ? [] : batch.objects.filter { $0.bytes.count > Self.largest }
        let objects = Self.packs(of: batch.objects.filter { folder == nil || $0.bytes.count <= Self.largest })
        var results = PackWriter<KeptResult>()
        for kept in batch.results { results.add(StoredResult.encoded(kept), of: kept) }
        let resultPacks = results.finish()
        do {
            let known = try database.write { db in
                for digest in damaged.objects {
                    try db.execute(sql: "DELETE FROM objects WHERE digest = ?", arguments: [digest.short])
                }
                for key in damaged.results {
                    try db.execute(sql: "DELETE FROM results WHERE key = ?", arguments: [key.short])
                }
                try write(objects, large, in: db)
                return try write(resultPacks, in: db)
            }
            if !isForeign { doubled.withLock { $0 += known } }
        } catch {
            dropped.withLock { waiting in
                waiting.objects += damaged.objects
                waiting.results += damaged.results
            }
            throw StoreProblem(error, path: path)
        }
    }

    /// Objects in packs, those of one kind together.
    private static func packs(of objects: [KeptObject]) -> [PackWriter<ContentDigest>.Pack] {
        var kinds: [LayerName] = []
        var digests: Set<ContentDigest> = []
        var writers: [LayerName: PackWriter<ContentDigest>] = [:]
        for object in objects where digests.insert(object.digest).inserted {
            if writers[object.kind] == nil { kinds.append(object.kind) }
            writers[object.kind, default: PackWriter()].add(object.bytes, of: object.digest)
        }
        return kinds.flatMap { writers[$0]?.finish() ?? [] }
    }

    private func write(
        _ packs: [PackWriter<ContentDigest>.Pack], _ large: [KeptObject], in db: Database
    ) throws {
        let insert = try RawStatement(
            db, "INSERT OR IGNORE INTO objects(digest, pack, start, length, file) VALUES (?, ?, ?, ?, ?)")
        for object in large {
            guard let path = path(of: object.digest) else { continue }
            try FileWriting.write(object.bytes, to: path)
            insert.bind(object.digest.short, at: 1)
            insert.bindNull(at: 2)
            insert.bind(0, at: 3)
            insert.bind(object.bytes.count, at: 4)
            insert.bind(object.digest.bytes, at: 5)
            try insert.execute()
        }
        insert.bindNull(at: 5)
        for pack in packs {
            try add(pack, in: db) { digest, id, place in
                insert.bind(digest.short, at: 1)
                insert.bind(id, at: 2)
                insert.bind(place.lowerBound, at: 3)
                insert.bind(place.count, at: 4)
                try insert.execute()
            }
        }
    }

    /// Returns how many of the results were there already.
    private func write(_ packs: [PackWriter<KeptResult>.Pack], in db: Database) throws -> Int {
        let insert = try RawStatement(
            db,
            """
            INSERT INTO results(key, step, pack, start, length) VALUES (?, ?, ?, ?, ?) ON CONFLICT(key) DO NOTHING
            """)
        var known = 0
        for pack in packs {
            try add(pack, in: db) { kept, id, place in
                insert.bind(kept.key.short, at: 1)
                insert.bind(kept.step.description, at: 2)
                insert.bind(id, at: 3)
                insert.bind(place.lowerBound, at: 4)
                insert.bind(place.count, at: 5)
                try insert.execute()
                if db.changesCount == 0 { known += 1 }
            }
        }
        return known
    }

    /// Writes a pack, and has `insert` write the row of each of its pieces. A pack of which every piece was there already
    /// is taken back.
    private func add<Owner>(
        _ pack: PackWriter<Owner>.Pack, in db: Database,
        _ insert: (Owner, _ pack: Int64, _ place: Range<Int>) throws -> Void
    ) throws {
        let write = try RawStatement(db, "INSERT INTO packs(bytes) VALUES (?)")
        write.bind(pack.packed, at: 1)
        try write.execute()
        let id = db.lastInsertedRowID
        var isUsed = false
        for piece in pack.pieces {
            try insert(piece.owner, id, piece.place)
            if db.changesCount > 0 { isUsed = true }
        }
        if !isUsed { try db.execute(sql: "DELETE FROM packs WHERE id = ?", arguments: [id]) }
    }

    /// Runs `body` on the database, for the tables that have a file of their own in this folder.
    func access<Value>(write: Bool = false, _ body: (Database) throws -> Value) throws(StoreProblem) -> Value {
        do {
            return write ? try database.write(body) : try database.read(body)
        } catch {
            throw StoreProblem(error, path: path)
        }
    }

    /// Runs queries that need no snapshot with others.
    func look<Value>(_ body: (Database) throws -> Value) throws(StoreProblem) -> Value {
        do {
            return try database.unsafeRead { db in
                // Together: by itself, each of them would take a lock of the file and give it back.
                try RawStatement(db, "BEGIN").execute()
                let found = Result { try body(db) }
                try RawStatement(db, "COMMIT").execute()
                return try found.get()
            }
        } catch {
            throw StoreProblem(error, path: path)
        }
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
    /// Changes the last byte of every pack, so that tests can see it found.
    package func damageEveryObject() throws(StoreProblem) {
        try access(write: true) { db in
            try db.execute(sql: "UPDATE packs SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'FF' AS BLOB)")
        }
    }
}
