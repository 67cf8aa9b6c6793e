import Foundation
internal import GRDB
package import StageKit
import Text

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

extension FileRecord {
    /// A check over the record and the path it stands for, against damage of the file table.
    func seal(for path: String) -> Int {
        var hash = StableHash()
        hash.combine(path.utf8)
        for number in [stamp.size, stamp.modified, stamp.changed, seen] {
            hash.combine(UInt64(bitPattern: Int64(number)))
        }
        hash.combine(stamp.inode)
        hash.combine(digest.bytes)
        return Int(Int64(bitPattern: hash.value))
    }
}

extension ResultStore {
    /// The file table, by path. What is damaged is left out, as if the file had never been seen.
    package func fileRecords() throws(StoreProblem) -> [String: FileRecord] {
        try access { db in
            var records: [String: FileRecord] = [:]
            let rows = try Row.fetchCursor(
                db, sql: "SELECT path, size, modified, changed, inode, seen, digest, seal FROM files")
            while let row = try rows.next() {
                guard let (path, record) = Self.fileRecord(row) else { continue }
                records[path] = record
            }
            return records
        }
    }

    /// The record in a row of the file table; nil if it is damaged.
    static func fileRecord(_ row: Row) -> (path: String, record: FileRecord)? {
        guard let path = row[0] as String?, let size = row[1] as Int?, let modified = row[2] as Int?,
            let changed = row[3] as Int?, let inode = row[4] as Int64?, let seen = row[5] as Int?,
            let digest = (row[6] as Data?).flatMap({ ContentDigest($0) }), let seal = row[7] as Int?
        else { return nil }
        let stamp = FileStamp(size: size, modified: modified, changed: changed, inode: UInt64(bitPattern: inode))
        let record = FileRecord(stamp: stamp, seen: seen, digest: digest)
        return record.seal(for: path) == seal ? (path, record) : nil
    }

    /// Adds to the file table.
    package func update(fileRecords: [(path: String, record: FileRecord)]) throws(StoreProblem) {
        guard !fileRecords.isEmpty else { return }
        try access(write: true) { db in
            let insert = try db.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO files(path, size, modified, changed, inode, seen, digest, seal)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            for (path, record) in fileRecords {
                try insert.execute(arguments: [
                    path, record.stamp.size, record.stamp.modified, record.stamp.changed,
                    Int64(bitPattern: record.stamp.inode), record.seen, Data(record.digest.bytes),
                    record.seal(for: path),
                ])
            }
        }
    }

    /// Takes files out of the file table: they are gone, or what it says of them is not so.
    package func forget(files paths: [String]) throws(StoreProblem) {
        guard !paths.isEmpty else { return }
        try access(write: true) { db in
            let delete = try db.cachedStatement(sql: "DELETE FROM files WHERE path = ?")
            for path in paths { try delete.execute(arguments: [path]) }
        }
    }
}
