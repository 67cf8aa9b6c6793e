import Digests
import Foundation
internal import GRDB
package import StageKit
import Text

/// What looking at every byte of a store found.
package struct StoreCheckup: Equatable, Sendable {
    /// How many objects, results and other rows were held against their digests and checks, and how many bytes that were.
    package var objects = 0
    package var results = 0
    package var records = 0
    package var bytes = 0
    /// Damaged objects, each with its row.
    package var damagedObjects: [Int: ContentDigest?] = [:]
    /// Damaged results, with the step that each belongs to.
    package var damagedResults: [Int: String] = [:]
    /// Files of the file table, and run records, that are not as they were written.
    package var damagedFiles: [[UInt8]] = []
    package var damagedRuns: [Int] = []
    /// Notes of what runs retired.
    package var damagedNotes: [Int] = []
    /// Tables whose index does not lead to their rows.
    package var lostIndexes: [String] = []

    /// Whether all is as it was written.
    package var isSound: Bool { problems.isEmpty }

    /// What is damaged, in words, in order.
    package var problems: [String] {
        lostIndexes.sorted().map { "the index of '\($0)' is incomplete" }
            + damagedObjects.sorted { $0.key < $1.key }.map { row, digest in
                "object \(digest.map { String($0.description.prefix(12)) } ?? "in row \(row)") does not match its digest"
            } + damagedResults.sorted { $0.key < $1.key }.map { "a result of '\($0.value)' is damaged" }
            + damagedFiles.map {
                "the entry of the file '\(String(decoding: $0, as: UTF8.self))' is damaged"
            } + damagedRuns.map { "the record of run \($0) is damaged" }
            + damagedNotes.map { "the note \($0) about replaced results is damaged" }
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
        damagedNotes += other.damagedNotes
        lostIndexes += other.lostIndexes
    }
}

extension ResultStore {
    private static let objectIndex = IndexCheck.Index(table: "objects", columns: ["digest"])
    private static let resultIndex = IndexCheck.Index(table: "results", columns: ["key"])

    /// Holds every object to its digest and every other row to its check, `jobs` portions at a time.
    package func checkup(jobs: Int) async throws -> StoreCheckup {
        let reading = try CheckupReading(path, database)
        // What takes long comes first, so that no processor waits for another at the end.
        var tasks: [@Sendable (Database) throws -> (StoreCheckup, IndexCheck)] = [
            { db in
                guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
                    throw StoreProblem.damaged(path: self.path)
                }
                return (StoreCheckup(), IndexCheck())
            },
            { db in (StoreCheckup(), try IndexCheck(db, Self.objectIndex)) },
            { db in (StoreCheckup(), try IndexCheck(db, Self.resultIndex)) },
            { db in (try self.checkRecords(db), IndexCheck()) },
        ]
        tasks += try reading.read { try RowRange.all(of: "objects", in: $0) }.map { ids in
            { try self.checkObjects($0, ids) }
        }
        tasks += try reading.read { try RowRange.all(of: "results", in: $0) }.map { ids in
            { try self.checkResults($0, ids) }
        }
        var checkup = StoreCheckup()
        var indexes = IndexCheck()
        for (part, index) in try await concurrentMap(
            tasks, jobs: jobs,
            { task in
                try Task.checkCancellation()
                return try reading.read(task)
            })
        {
            checkup.add(part)
            indexes.add(index)
        }
        for index in indexes.suspects where try reading.read({ try IndexCheck.isLost($0, index) }) {
            checkup.lostIndexes.append(index.table)
        }
        return checkup
    }

    private func checkObjects(_ db: Database, _ ids: RowRange) throws -> (StoreCheckup, IndexCheck) {
        var (checkup, index) = (StoreCheckup(), IndexCheck(rowsOf: Self.objectIndex))
        let rows = try RawRows(db, "SELECT id, digest, bytes FROM objects WHERE id BETWEEN ? AND ?", ids.arguments)
        while try rows.next() {
            checkup.objects += 1
            index.add(rows)
            let id = rows.integer(0) ?? 0
            guard let raw = rows.blob(1), raw.count == 32 else {
                checkup.damagedObjects[id] = .some(nil)
                continue
            }
            var stream = DigestStream()
            if let bytes = rows.blob(2) {
                checkup.bytes += bytes.count
                Packing.unpacked(bytes)?.withUnsafeBytes { stream.update($0) }
            } else if rows.isNull(2),
                let bytes = ContentDigest(raw).flatMap(path(of:)).flatMap(FileWriting.contents(of:))
            {
                checkup.bytes += bytes.count
                bytes.withUnsafeBytes { stream.update($0) }
            } else {
                checkup.damagedObjects[id] = .some(ContentDigest(raw))
                continue
            }
            if !stream.begins(with: raw) { checkup.damagedObjects[id] = .some(ContentDigest(raw)) }
        }
        return (checkup, index)
    }

    private func checkResults(_ db: Database, _ ids: RowRange) throws -> (StoreCheckup, IndexCheck) {
        var (checkup, index) = (StoreCheckup(), IndexCheck(rowsOf: Self.resultIndex))
        let rows = try RawRows(
            db, "SELECT id, key, step, parts, result, digest FROM results WHERE id BETWEEN ? AND ?", ids.arguments)
        while try rows.next() {
            checkup.results += 1
            index.add(rows)
            if !Self.isSound(rows, &checkup.bytes) {
                checkup.damagedResults[rows.integer(0) ?? 0] =
                    rows.text(2).map { String(decoding: $0, as: UTF8.self) } ?? "?"
            }
        }
        return (checkup, index)
    }

    /// Whether a row of `results` (number, key, step, parts, result, check) is as it was written.
    private static func isSound(_ row: borrowing RawRows, _ bytes: inout Int) -> Bool {
        guard let key = row.blob(1), let step = row.text(2), let parts = row.blob(3), let result = row.blob(4),
            let check = row.blob(5)
        else { return false }
        bytes += parts.count + result.count
        var stream = DigestStream()
        stream.update(parts)
        guard key.count == 32, stream.begins(with: key) else { return false }
        stream = DigestStream()
        stream.update(key)
        stream.update(result)
        guard check.count == 16, stream.begins(with: check) else { return false }
        // The parts begin with the name of the step, tagged and with its length before it.
        let tagged = parts.dropFirst(1)
        let tag = [UInt8(4)] + Array("step".utf8)
        guard tagged.starts(with: tag) else { return true }
        let name = tagged.dropFirst(tag.count)
        return name.first == UInt8(truncatingIfNeeded: step.count) && name.dropFirst().starts(with: step)
    }

    private func checkRecords(_ db: Database) throws -> StoreCheckup {
        var checkup = StoreCheckup()
        let files = try RawRows(db, "SELECT \(Self.fileColumns) FROM files")
        while try files.next() {
            checkup.records += 1
            if Self.fileRecord(files) == nil {
                checkup.damagedFiles.append((files.text(0) ?? files.blob(0)).map { Array($0) } ?? [])
            }
        }
        let runs = try Row.fetchCursor(db, sql: "SELECT id, pipeline, record, seal FROM runs")
        while let row = try runs.next() {
            checkup.records += 1
            if !Self.isSound(run: row) { checkup.damagedRuns.append(row[0] as Int? ?? 0) }
        }
        let notes = try RawRows(db, "SELECT id, run, key, seal FROM retired")
        while try notes.next() {
            checkup.records += 1
            if let run = notes.integer(1), let key = notes.blob(2), notes.integer(3) == Self.seal(retired: key, run) {
                continue
            }
            checkup.damagedNotes.append(notes.integer(0) ?? 0)
        }
        return checkup
    }

    /// Makes the indexes anew. Where rows came in twice behind a damaged index, none can be made: the store is begun anew.
    private func remakeIndexes(_ db: Database) throws {
        do {
            try db.execute(sql: "REINDEX")
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw StoreProblem.damaged(path: path)
        }
    }

    /// Throws away what a checkup found damaged, so that the next run makes it anew.
    package func repair(_ checkup: StoreCheckup) throws(StoreProblem) {
        try access(write: true) { db in
            if !checkup.lostIndexes.isEmpty { try remakeIndexes(db) }
            for (table, ids) in [
                ("objects", Array(checkup.damagedObjects.keys)), ("results", Array(checkup.damagedResults.keys)),
                ("runs", checkup.damagedRuns), ("retired", checkup.damagedNotes),
            ] {
                let delete = try db.cachedStatement(sql: "DELETE FROM \(table) WHERE id = ?")
                for id in ids { try delete.execute(arguments: [id]) }
            }
        }
        try forget(checkup.damagedFiles)
        for digest in checkup.damagedObjects.values.compactMap({ $0 }) {
            if let path = path(of: digest) { unlink(path) }
        }
    }
}
