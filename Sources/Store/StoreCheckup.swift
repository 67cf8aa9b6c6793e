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
    /// An object that is not what its digest says.
    package struct DamagedObject: Equatable, Sendable {
        /// The beginning of its digest, for messages; nil where that is lost.
        package var name: String?
        /// All of it, where the object stands in a file of its own.
        package var file: ContentDigest?
    }

    /// Damaged objects, each with its row.
    package var damagedObjects: [Int: DamagedObject] = [:]
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
            + damagedObjects.sorted { $0.key < $1.key }.map { row, object in
                "object \(object.name ?? "in row \(row)") does not match its digest"
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
        var packs = PackSequence(db)
        let rows = try RawRows(
            db, "SELECT id, digest, pack, start, length, file FROM objects WHERE id BETWEEN ? AND ?", ids.arguments)
        while try rows.next() {
            checkup.objects += 1
            index.add(rows)
            let id = rows.integer(0) ?? 0
            let file = rows.digest(5)
            let bytes: [UInt8]? =
                if rows.isNull(2) {
                    file.flatMap(path(of:)).flatMap(FileWriting.contents(of:))
                } else {
                    try rows.place(2).flatMap { try packs.piece($0.pack, $0.range) }
                }
            checkup.bytes += bytes?.count ?? 0
            let found = bytes.map { ContentDigest(of: $0) }
            guard let found, rows.integer(1) == Int(found.short), rows.isNull(2) ? file == found : rows.isNull(5)
            else {
                let name = rows.integer(1).map { ContentDigest.name(short: Int64($0)) }
                checkup.damagedObjects[id] = StoreCheckup.DamagedObject(name: name, file: file)
                continue
            }
        }
        return (checkup, index)
    }

    private func checkResults(_ db: Database, _ ids: RowRange) throws -> (StoreCheckup, IndexCheck) {
        var (checkup, index) = (StoreCheckup(), IndexCheck(rowsOf: Self.resultIndex))
        var packs = PackSequence(db)
        let rows = try RawRows(
            db, "SELECT id, key, step, pack, start, length FROM results WHERE id BETWEEN ? AND ?", ids.arguments)
        while try rows.next() {
            checkup.results += 1
            index.add(rows)
            let piece = try rows.place(3).flatMap { try packs.piece($0.pack, $0.range) }
            checkup.bytes += piece?.count ?? 0
            let step = rows.text(2)
            guard let key = rows.integer(1), let step, let result = piece.flatMap(StoredResult.init),
                result.isSound(key, step: step)
            else {
                checkup.damagedResults[rows.integer(0) ?? 0] = step.map { String(decoding: $0, as: UTF8.self) } ?? "?"
                continue
            }
        }
        return (checkup, index)
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
            try PackSequence.deleteUnused(in: db)
        }
        try forget(checkup.damagedFiles)
        for object in checkup.damagedObjects.values {
            if let path = object.file.flatMap(path(of:)) { unlink(path) }
        }
    }
}
