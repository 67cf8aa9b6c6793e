import Foundation
internal import GRDB
package import StageKit

/// What is known of a file without reading it.
package struct FileStamp: Hashable, Sendable {
    package var size: Int
    /// Nanoseconds since 1970.
    package var modified: Int
    package var changed: Int
    package var inode: UInt64

    package init(size: Int, modified: Int, changed: Int, inode: UInt64) {
        self.size = size
        self.modified = modified
        self.changed = changed
        self.inode = inode
    }
}

/// A file's stamp and digest as of an earlier run.
package struct FileRecord: Hashable, Sendable {
    package var stamp: FileStamp
    /// The file system's time when the digest was taken.
    package var seen: Int
    package var digest: ContentDigest

    package init(stamp: FileStamp, seen: Int, digest: ContentDigest) {
        self.stamp = stamp
        self.seen = seen
        self.digest = digest
    }

    /// Whether the digest may stand for a file with this stamp: the stamp is the same, and old enough when the digest
    /// was taken that a later write would have moved it (as in git's index).
    package func answers(for stamp: FileStamp) -> Bool {
        self.stamp == stamp && max(stamp.modified, stamp.changed) < seen - Self.tick
    }

    /// How coarse a file system's clock may be: 100 ms.
    private static let tick = 100_000_000
}

extension ResultStore {
    /// The file table, by path.
    package func fileRecords() throws(StoreProblem) -> [String: FileRecord] {
        try access { db in
            var records: [String: FileRecord] = [:]
            let rows = try Row.fetchCursor(
                db, sql: "SELECT path, size, modified, changed, inode, seen, digest FROM files")
            while let row = try rows.next() {
                guard let digest = ContentDigest(row[6] as Data) else { continue }
                let stamp = FileStamp(
                    size: row[1], modified: row[2], changed: row[3], inode: UInt64(bitPattern: row[4] as Int64))
                records[row[0]] = FileRecord(stamp: stamp, seen: row[5], digest: digest)
            }
            return records
        }
    }

    /// Adds to the file table.
    package func update(fileRecords: [(path: String, record: FileRecord)]) throws(StoreProblem) {
        guard !fileRecords.isEmpty else { return }
        try access(write: true) { db in
            let insert = try db.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO files(path, size, modified, changed, inode, seen, digest)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """)
            for (path, record) in fileRecords {
                try insert.execute(arguments: [
                    path, record.stamp.size, record.stamp.modified, record.stamp.changed,
                    Int64(bitPattern: record.stamp.inode), record.seen, Data(record.digest.bytes),
                ])
            }
        }
    }

    /// Adds the record of a run, and gives its number.
    package func append(run record: String, of pipeline: String) throws(StoreProblem) -> Int {
        try access(write: true) { db in
            try db.execute(sql: "INSERT INTO runs(pipeline, record) VALUES (?, ?)", arguments: [pipeline, record])
            return Int(db.lastInsertedRowID)
        }
    }

    /// The records of the last runs, the newest first; of one pipeline, or of all.
    package func runs(of pipeline: String?, limit: Int) throws(StoreProblem) -> [(number: Int, record: String)] {
        try access { db in
            try Row.fetchAll(
                db, sql: "SELECT id, record FROM runs WHERE pipeline = ?1 OR ?1 IS NULL ORDER BY id DESC LIMIT ?2",
                arguments: [pipeline, limit]
            ).map { (number: $0[0], record: $0[1]) }
        }
    }
}
