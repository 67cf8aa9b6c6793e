import Foundation
internal import GRDB
package import StageKit
import Text

/// What is to stay when a store is cleared of what nobody needs.
package struct Reachable: Sendable {
    /// Keys of results.
    package var results: Set<ContentDigest>
    /// Objects that stay for another reason than that a result which stays names them.
    package var objects: Set<ContentDigest>

    package init(results: Set<ContentDigest> = [], objects: Set<ContentDigest> = []) {
        self.results = results
        self.objects = objects
    }
}

extension ResultStore {
    /// What was thrown away.
    package struct Collected: Equatable, Sendable {
        package var results = 0
        package var objects = StoreSize.Share()
        /// How many of them the last runs reach: they are computed again when they are asked for.
        package var needed = 0
        package var files = 0
    }

    /// Keeps for ``collect(keeping:maxBytes:isGone:)`` that the last run of a pipeline has other results in the place of
    /// these.
    package func retire(_ keys: [ContentDigest]) throws(StoreProblem) {
        guard !keys.isEmpty else { return }
        try access(write: true) { db in
            let run = (try Int.fetchOne(db, sql: "SELECT max(id) FROM runs") ?? 0) + 1
            let insert = try db.cachedStatement(sql: "INSERT INTO retired(run, key, seal) VALUES (?, ?, ?)")
            for key in keys {
                try insert.execute(arguments: [run, Data(key.bytes), Self.seal(retired: key.bytes, run)])
            }
        }
    }

    /// A check over a key that was retired and the run that did so.
    static func seal(retired key: some Sequence<UInt8>, _ run: Int) -> Int {
        var hash = StableHash()
        hash.combine(UInt64(bitPattern: Int64(run)))
        hash.combine(key)
        return Int(Int64(bitPattern: hash.value))
    }

    /// Keys of results that were in use before the last `runs` runs of some pipeline took others.
    package func retired(keepingRuns runs: Int) throws(StoreProblem) -> Set<ContentDigest> {
        try access { db in
            var first = Int.max
            for pipeline in try String.fetchAll(db, sql: "SELECT DISTINCT pipeline FROM runs") {
                // The last run's own results are those of the state; the one before it had what the last run retired.
                let run = try Int.fetchOne(
                    db, sql: "SELECT id FROM runs WHERE pipeline = ? ORDER BY id DESC LIMIT 1 OFFSET ?",
                    arguments: [pipeline, max(0, runs - 2)])
                first = min(first, runs < 2 ? Int.max : run ?? 0)
            }
            var keys: Set<ContentDigest> = []
            let rows = try Row.fetchCursor(db, sql: "SELECT key FROM retired WHERE run >= ?", arguments: [first])
            while let row = try rows.next() {
                if let key = (row[0] as Data?).flatMap({ ContentDigest($0) }) { keys.insert(key) }
            }
            return keys
        }
    }

    /// Lets nobody else use the store while `body` runs, which it waits for.
    package func alone<Value>(waiting: () -> Void, _ body: () async throws -> Value) async throws -> Value {
        guard let lock else { return try await body() }
        return try await lock.alone(waiting: waiting, body)
    }

    /// Throws away results and objects that are not `reachable`, then, if what is left has more than `maxBytes` bytes,
    /// the oldest of the others. `isGone` tells of a path of the file table whether there is no such file any more.
    ///
    /// To be called within ``alone(waiting:_:)``.
    package func collect(
        keeping reachable: Reachable, maxBytes: Int?, isGone: (String) -> Bool
    ) throws -> Collected {
        var collected = Collected()
        var named = reachable.objects
        let results = try access { db in
            var unneeded: [Int64] = []
            var packs = PackSequence(db)
            let rows = try RawRows(db, "SELECT id, key, pack, start, length FROM results ORDER BY id")
            while try rows.next() {
                let piece = try rows.place(2).flatMap { try packs.piece($0.pack, $0.range) }
                if let piece = piece.flatMap(StoredResult.init), case let key = piece.key,
                    rows.integer(1) == Int(key.short), reachable.results.contains(key),
                    let result = piece.result(of: key)
                {
                    named.formUnion(result.outputs.map(\.digest))
                } else {
                    unneeded.append(Int64(rows.integer(0) ?? 0))
                }
            }
            return unneeded
        }
        collected.results = results.count
        try delete(results, from: "results")

        var kept: [Stored] = []
        var free: [Stored] = []
        let names = Set(named.map { Int($0.short) })
        for object in try objects() {
            if let digest = object.digest, names.contains(digest) { kept.append(object) } else { free.append(object) }
        }
        if let maxBytes {
            var total = kept.reduce(0) { $0 + $1.bytes + Self.overhead }
            // The oldest first; what is asked for again is computed again.
            let needed = kept.prefix { object in
                defer { total -= object.bytes + Self.overhead }
                return total > maxBytes
            }
            free += needed
            collected.needed = needed.count
        }
        for object in free { collected.objects.add(object.bytes) }
        try delete(free.map(\.id), from: "objects")
        for object in free { if let path = object.file.flatMap(path(of:)) { unlink(path) } }

        for part in (try? FileManager.default.contentsOfDirectory(atPath: (folder ?? "") + "/objects")) ?? [] {
            FileWriting.removeAsides(in: "\(folder ?? "")/objects/\(part)")
        }

        let files = try rows(of: "SELECT path FROM files") { row in
            (row[0] as String?).flatMap { isGone($0) ? $0 : nil }
        }
        collected.files = files.count
        try forget(files: files)
        try access(write: true) { db in
            for table in ["objects", "results"] { try clearPacks(of: table, in: db) }
            try PackSequence.deleteUnused(in: db)
        }
        try tidy()
        return collected
    }

    /// What a row costs beside its bytes.
    private static let overhead = 96

    private struct Stored {
        var id: Int64
        /// The beginning of its digest.
        var digest: Int?
        var bytes: Int
        /// All of its digest, where it stands in a file of its own.
        var file: ContentDigest?
    }

    /// The objects, the oldest first.
    private func objects() throws -> [Stored] {
        try access { db in
            let shares = try PackShares(of: "objects", in: db)
            var objects: [Stored] = []
            let rows = try RawRows(db, "SELECT id, digest, pack, length, file FROM objects ORDER BY id")
            while try rows.next() {
                let file = rows.digest(4)
                let size = file.flatMap(path(of:)).flatMap { FileWriting.size(of: $0) }
                objects.append(
                    Stored(
                        id: Int64(rows.integer(0) ?? 0), digest: rows.integer(1),
                        bytes: size ?? shares.bytes(of: rows.integer(3) ?? 0, in: rows.integer(2)), file: file))
            }
            return objects
        }
    }

    /// Takes out of the packs of `table` what none of its rows leads to any more.
    private func clearPacks(of table: String, in db: Database) throws {
        var open: (pack: Int64, pieces: [(id: Int64, range: Range<Int>)])?
        var packs = PackSequence(db)
        func close() throws {
            guard let open, let bytes = try packs.bytes(of: open.pack) else { return }
            let used = open.pieces.reduce(0) { $0 + $1.range.count }
            guard used < bytes.count, open.pieces.allSatisfy({ $0.range.upperBound <= bytes.count }) else { return }
            let move = try RawStatement(db, "UPDATE \(table) SET start = ? WHERE id = ?")
            var left: [UInt8] = []
            for piece in open.pieces {
                move.bind(left.count, at: 1)
                move.bind(piece.id, at: 2)
                try move.execute()
                left += bytes[piece.range]
            }
            let write = try RawStatement(db, "UPDATE packs SET bytes = ? WHERE id = ?")
            write.bind(Packing.packed(left), at: 1)
            write.bind(open.pack, at: 2)
            try write.execute()
        }
        // The rows of a pack were written one after the other.
        var places: [(id: Int64, pack: Int64, range: Range<Int>)] = []
        let rows = try RawRows(db, "SELECT id, pack, start, length FROM \(table) WHERE pack IS NOT NULL ORDER BY id")
        while try rows.next() {
            if let id = rows.integer(0), let place = rows.place(1) {
                places.append((Int64(id), place.pack, place.range))
            }
        }
        for place in places {
            if open?.pack != place.pack {
                try close()
                open = (place.pack, [])
            }
            open?.pieces.append((place.id, place.range))
        }
        try close()
    }

    private func rows<Value>(of sql: String, _ body: (Row) -> Value?) throws(StoreProblem) -> [Value] {
        try access { db in
            var values: [Value] = []
            let rows = try Row.fetchCursor(db, sql: sql)
            while let row = try rows.next() { if let value = body(row) { values.append(value) } }
            return values
        }
    }

    private func delete(_ ids: [Int64], from table: String) throws(StoreProblem) {
        try access(write: true) { db in
            let delete = try db.cachedStatement(sql: "DELETE FROM \(table) WHERE id = ?")
            for id in ids { try delete.execute(arguments: [id]) }
        }
    }

    /// Gives the room that became free back to the disk, as far as there is room to do so.
    private func tidy() throws {
        do {
            try database.writeWithoutTransaction { db in
                try db.execute(sql: "VACUUM")
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            // The room stays in the file, and what comes next takes it.
        }
    }

    /// Forgets what was retired before the runs that are kept.
    package func forgetRetired(except keys: Set<ContentDigest>) throws(StoreProblem) {
        let old = try rows(of: "SELECT id, key FROM retired") { row -> Int64? in
            guard let key = (row[1] as Data?).flatMap({ ContentDigest($0) }), keys.contains(key) else { return row[0] }
            return nil
        }
        try delete(old, from: "retired")
    }
}
