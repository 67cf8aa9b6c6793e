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
    /// Counts what the store holds.
    package func size() throws(StoreProblem) -> StoreSize {
        var size = try access { db in
            var size = StoreSize()
            var lengths: [ContentDigest: Int] = [:]
            let objects = try Row.fetchCursor(db, sql: "SELECT digest, length(bytes) FROM objects")
            while let row = try objects.next() {
                guard let digest = (row[0] as Data?).flatMap({ ContentDigest($0) }) else { continue }
                if let length = row[1] as Int? {
                    size.objects.add(length)
                    lengths[digest] = length
                } else {
                    let length = path(of: digest).flatMap { FileWriting.size(of: $0) } ?? 0
                    size.largeObjects.add(length)
                    lengths[digest] = length
                }
            }
            let results = try Row.fetchCursor(
                db, sql: "SELECT result, digest, key, step, length(parts) FROM results ORDER BY step, id")
            while let row = try results.next() {
                let step = row[3] as String? ?? "?"
                let length = (row[4] as Int? ?? 0) + ((row[0] as Data?)?.count ?? 0) + 64
                size.results.add(length)
                size.steps[step, default: .init()].results.add(length)
                guard let key = (row[2] as Data?).flatMap({ ContentDigest($0) }),
                    let result = Self.result(of: key, in: row)
                else { continue }
                for output in result.outputs {
                    guard let length = lengths.removeValue(forKey: output.digest) else { continue }
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
