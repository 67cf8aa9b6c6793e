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
    func seal(for path: some Sequence<UInt8>) -> Int {
        var hash = StableHash()
        hash.combine(path)
        for number in [stamp.size, stamp.modified, stamp.changed, seen] {
            hash.combine(UInt64(bitPattern: Int64(number)))
        }
        hash.combine(stamp.inode)
        hash.combine(digest.bytes)
        return Int(Int64(bitPattern: hash.value))
    }
}

extension ResultStore {
    /// The columns of the file table, in the order in which ``fileRecord(_:)`` reads them.
    static let fileColumns = "path, size, modified, changed, inode, seen, digest, seal"

    /// What is known of `paths`, which come in the order of their bytes and stand behind `prefix` in the table; nil where
    /// a file was never seen. Damage is told, and taken for a file that was never seen.
    package func fileRecords(of paths: [String], prefix: String) throws(StoreProblem) -> [FileRecord?] {
        let (records, damaged) = try access { db in
            var records: [FileRecord?] = Array(repeating: nil, count: paths.count)
            var damaged: [[UInt8]] = []
            // The table has the same order, so that one walk along both does.
            let rows = try RawRows(
                db, "SELECT \(Self.fileColumns) FROM files WHERE path >= ? ORDER BY path", [prefix])
            var next = 0
            let start = Array(prefix.utf8)
            while try rows.next() {
                guard let path = rows.text(0) else {
                    damaged.append(Array(rows.blob(0) ?? .empty))
                    continue
                }
                guard path.starts(with: start) else { break }
                let name = UnsafeRawBufferPointer(rebasing: path[start.count...])
                while next < paths.count, Self.order(paths[next], name) < 0 { next += 1 }
                guard let record = Self.fileRecord(rows) else {
                    damaged.append(Array(path))
                    continue
                }
                if next < paths.count, Self.order(paths[next], name) == 0 { records[next] = record }
            }
            return (records, damaged)
        }
        if !damaged.isEmpty {
            try forget(damaged)
            reportDamage(
                "the cache entries of \(damaged.count) \(damaged.count == 1 ? "file" : "files") were damaged; they "
                    + "are read again")
        }
        return records
    }

    /// The order of a path and the bytes of another: negative, zero or positive.
    private static func order(_ path: String, _ other: UnsafeRawBufferPointer) -> Int {
        var path = path
        return path.withUTF8 { bytes in
            guard let a = bytes.baseAddress, let b = other.baseAddress else { return bytes.count - other.count }
            let order = Int(memcmp(a, b, min(bytes.count, other.count)))
            return order == 0 ? bytes.count - other.count : order
        }
    }

    /// The whole file table by path, without what is damaged.
    package func fileRecords() throws(StoreProblem) -> [String: FileRecord] {
        try access { db in
            var records: [String: FileRecord] = [:]
            let rows = try RawRows(db, "SELECT \(Self.fileColumns) FROM files")
            while try rows.next() {
                guard let path = rows.text(0), let record = Self.fileRecord(rows) else { continue }
                records[String(decoding: path, as: UTF8.self)] = record
            }
            return records
        }
    }

    /// The record in a row of the file table; nil if it is damaged.
    static func fileRecord(_ row: borrowing RawRows) -> FileRecord? {
        guard let path = row.text(0), let size = row.integer(1), let modified = row.integer(2),
            let changed = row.integer(3), let inode = row.integer(4), let seen = row.integer(5),
            let digest = row.blob(6).flatMap({ ContentDigest($0) }), let seal = row.integer(7)
        else { return nil }
        let stamp = FileStamp(size: size, modified: modified, changed: changed, inode: UInt64(bitPattern: Int64(inode)))
        let record = FileRecord(stamp: stamp, seen: seen, digest: digest)
        return record.seal(for: path) == seal ? record : nil
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
                    record.seal(for: path.utf8),
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

    /// Takes rows out of the file table whose path may be no text any more.
    func forget(_ paths: [[UInt8]]) throws(StoreProblem) {
        try access(write: true) { db in
            let delete = try db.cachedStatement(sql: "DELETE FROM files WHERE CAST(path AS BLOB) = ?")
            for path in paths { try delete.execute(arguments: [Data(path)]) }
        }
    }
}
