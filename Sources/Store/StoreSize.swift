import Foundation
internal import GRDB
import StageKit

/// How much a store holds: rows and bytes by kind, and by the step that made them.
package struct StoreSize: Equatable, Sendable {
    /// Things of one kind.
    package struct Share: Equatable, Sendable {
        package var count = 0
        package var bytes = 0

        package init(count: Int = 0, bytes: Int = 0) {
            self.count = count
            self.bytes = bytes
        }

        mutating func add(_ bytes: Int) {
            count += 1
            self.bytes += bytes
        }
    }

    /// What one step made.
    package struct StepShare: Equatable, Sendable {
        package var results = Share()
        /// The objects that its results name. One that two steps gave counts for the first by name.
        package var objects = Share()
    }

    /// Objects in the database, and in files of their own.
    package var objects = Share()
    package var largeObjects = Share()
    package var results = Share()
    package var files = 0
    package var runs = 0
    /// What the files on the disk take, with the database's log.
    package var disk = 0
    /// By step.
    package var steps: [String: StepShare] = [:]
    /// Nodes of corpus trees, and whatever no result names any more.
    package var others = Share()
}

extension ResultStore {
    /// What the row of a result takes, with its place in the index.
    private static let rowSize = 100

    /// Counts what the store holds.
    package func size() throws(StoreProblem) -> StoreSize {
        var size = try access { db in
            var size = StoreSize()
            var lengths: [Int: Int] = [:]
            let objectShares = try PackShares(of: "objects", in: db)
            let objects = try RawRows(db, "SELECT digest, pack, length, file FROM objects")
            while try objects.next() {
                guard let digest = objects.integer(0) else { continue }
                if objects.isNull(1) {
                    let length = objects.digest(3).flatMap(path(of:)).flatMap { FileWriting.size(of: $0) } ?? 0
                    size.largeObjects.add(length)
                    lengths[digest] = length
                } else {
                    let length = objectShares.bytes(of: objects.integer(2) ?? 0, in: objects.integer(1))
                    size.objects.add(length)
                    lengths[digest] = length
                }
            }
            let resultShares = try PackShares(of: "results", in: db)
            var packs = PackSequence(db)
            var named: [(step: String, digests: [ContentDigest])] = []
            let results = try RawRows(db, "SELECT step, pack, start, length FROM results ORDER BY id")
            while try results.next() {
                let step = results.text(0).map { String(decoding: $0, as: UTF8.self) } ?? "?"
                let length = resultShares.bytes(of: results.integer(3) ?? 0, in: results.integer(1)) + Self.rowSize
                size.results.add(length)
                size.steps[step, default: .init()].results.add(length)
                guard let piece = try results.place(1).flatMap({ try packs.piece($0.pack, $0.range) }),
                    let stored = StoredResult(piece), let result = stored.result(of: stored.key)
                else { continue }
                named.append((step, result.outputs.map(\.digest)))
            }
            for (step, digests) in named.sorted(by: { $0.step < $1.step }) {
                for digest in digests {
                    guard let length = lengths.removeValue(forKey: Int(digest.short)) else { continue }
                    size.steps[step, default: .init()].objects.add(length)
                }
            }
            for length in lengths.values { size.others.add(length) }
            size.files = try Int.fetchOne(db, sql: "SELECT count(*) FROM files") ?? 0
            size.runs = try Int.fetchOne(db, sql: "SELECT count(*) FROM runs") ?? 0
            return size
        }
        size.disk = ["", "-wal", "-shm"].reduce(size.largeObjects.bytes) {
            $0 + (FileWriting.size(of: path + $1) ?? 0)
        }
        return size
    }
}
