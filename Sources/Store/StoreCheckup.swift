import Digests
import Foundation
internal import GRDB
package import StageKit
import Synchronization

/// What looking at every byte of a store found.
package struct StoreCheckup: Equatable, Sendable {
    /// How many objects, results and other rows were held against their digests and checks, and how many bytes that were.
    package var objects = 0
    package var results = 0
    package var records = 0
    package var bytes = 0
    /// Damaged objects, each with its row.
    package var damagedObjects: [Int64: ContentDigest?] = [:]
    /// Damaged results, with the step that each belongs to.
    package var damagedResults: [Int64: String] = [:]
    /// Files of the file table, and run records, that are not as they were written.
    package var damagedFiles: [String] = []
    package var damagedRuns: [Int64] = []

    /// Whether all is as it was written.
    package var isSound: Bool {
        damagedObjects.isEmpty && damagedResults.isEmpty && damagedFiles.isEmpty && damagedRuns.isEmpty
    }

    /// What is damaged, in words, in order.
    package var problems: [String] {
        damagedObjects.sorted { $0.key < $1.key }.map { row, digest in
            "object \(digest.map { String($0.description.prefix(12)) } ?? "in row \(row)") is not what its digest says"
        } + damagedResults.sorted { $0.key < $1.key }.map { "a result of '\($0.value)' is not as it was written" }
            + damagedFiles.map { "what is known of the file '\($0)' is not as it was written" }
            + damagedRuns.map { "the record of run \($0) is not as it was written" }
    }

    mutating func add(_ other: StoreCheckup) {
        objects += other.objects
        results += other.results
        records += other.records
        bytes += other.bytes
        damagedObjects.merge(other.damagedObjects) { first, _ in first }
        damagedResults.merge(other.damagedResults) { first, _ in first }
        damagedFiles += other.damagedFiles
        damagedRuns += other.damagedRuns
    }
}

extension ResultStore {
    /// Rows that a task takes at once.
    private static let portion: Int64 = 2048

    /// Holds every object to its digest and every other row to its check, `jobs` portions at a time.
    package func checkup(jobs: Int) async throws -> StoreCheckup {
        let problem = try access { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
        guard problem == "ok" else { throw StoreProblem.damaged(path: path) }
        var checkup = StoreCheckup()
        for part in try await portions("objects", jobs: jobs, { try self.checkObjects($0, $1) }) { checkup.add(part) }
        for part in try await portions("results", jobs: jobs, { try self.checkResults($0, $1) }) { checkup.add(part) }
        checkup.add(try access { try checkRecords($0) })
        return checkup
    }

    private func portions(
        _ table: String, jobs: Int, _ body: @escaping @Sendable (Database, ClosedRange<Int64>) throws -> StoreCheckup
    ) async throws -> [StoreCheckup] {
        let ends = try access { db in
            (
                try Int64.fetchOne(db, sql: "SELECT min(id) FROM \(table)"),
                try Int64.fetchOne(db, sql: "SELECT max(id) FROM \(table)")
            )
        }
        guard case (let first?, let last?) = ends else { return [] }
        return try await concurrentMap(
            Array(stride(from: first, through: last, by: Int64.Stride(Self.portion))), jobs: jobs
        ) { start in
            try Task.checkCancellation()
            return try self.access { try body($0, start...start + Self.portion - 1) }
        }
    }

    private func checkObjects(_ db: Database, _ ids: ClosedRange<Int64>) throws -> StoreCheckup {
        var checkup = StoreCheckup()
        let statement = try db.cachedStatement(
            sql: "SELECT id, digest, bytes FROM objects WHERE id BETWEEN ? AND ?")
        let rows = try Row.fetchCursor(statement, arguments: [ids.lowerBound, ids.upperBound])
        while let row = try rows.next() {
            checkup.objects += 1
            let id = row[0] as Int64? ?? 0
            guard let digest = (row[1] as Data?).flatMap({ ContentDigest($0) }) else {
                checkup.damagedObjects[id] = .some(nil)
                continue
            }
            // Hashed where SQLite has them, without a copy.
            let found: ContentDigest? = try row.withUnsafeData(atIndex: 2) { data in
                var stream = DigestStream()
                if let data {
                    checkup.bytes += data.count
                    data.withUnsafeBytes { stream.update($0) }
                } else {
                    guard let bytes = path(of: digest).flatMap(FileWriting.contents(of:)) else { return nil }
                    checkup.bytes += bytes.count
                    bytes.withUnsafeBytes { stream.update($0) }
                }
                return stream.finish()
            }
            if found != digest { checkup.damagedObjects[id] = .some(digest) }
        }
        return checkup
    }

    private func checkResults(_ db: Database, _ ids: ClosedRange<Int64>) throws -> StoreCheckup {
        var checkup = StoreCheckup()
        let statement = try db.cachedStatement(
            sql: "SELECT result, digest, key, step, parts, id FROM results WHERE id BETWEEN ? AND ?")
        let rows = try Row.fetchCursor(statement, arguments: [ids.lowerBound, ids.upperBound])
        while let row = try rows.next() {
            checkup.results += 1
            let parts = (row[4] as Data?).map { [UInt8]($0) } ?? []
            checkup.bytes += parts.count + 64
            guard let key = (row[2] as Data?).flatMap({ ContentDigest($0) }), ContentDigest(of: parts) == key,
                Self.result(of: key, in: row) != nil
            else {
                checkup.damagedResults[row[5] as Int64? ?? 0] = row[3] as String? ?? "?"
                continue
            }
        }
        return checkup
    }

    private func checkRecords(_ db: Database) throws -> StoreCheckup {
        var checkup = StoreCheckup()
        let files = try Row.fetchCursor(
            db, sql: "SELECT path, size, modified, changed, inode, seen, digest, seal FROM files")
        while let row = try files.next() {
            checkup.records += 1
            if Self.fileRecord(row) == nil { checkup.damagedFiles.append(row[0] as String? ?? "?") }
        }
        let runs = try Row.fetchCursor(db, sql: "SELECT id, pipeline, record, seal FROM runs")
        while let row = try runs.next() {
            checkup.records += 1
            if !Self.isSound(run: row) { checkup.damagedRuns.append(row[0] as Int64? ?? 0) }
        }
        return checkup
    }

    /// Throws away what a checkup found damaged, so that the next run makes it anew.
    package func repair(_ checkup: StoreCheckup) throws(StoreProblem) {
        try access(write: true) { db in
            for (table, ids) in [
                ("objects", Array(checkup.damagedObjects.keys)), ("results", Array(checkup.damagedResults.keys)),
                ("runs", checkup.damagedRuns),
            ] {
                let delete = try db.cachedStatement(sql: "DELETE FROM \(table) WHERE id = ?")
                for id in ids { try delete.execute(arguments: [id]) }
            }
            for path in checkup.damagedFiles {
                try db.execute(sql: "DELETE FROM files WHERE path = ?", arguments: [path])
            }
        }
        for digest in checkup.damagedObjects.values.compactMap({ $0 }) {
            if let path = path(of: digest) { unlink(path) }
        }
    }
}
