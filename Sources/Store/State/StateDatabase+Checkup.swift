import Digests
internal import GRDB
import StageKit

/// What looking at every byte of a state found.
package struct StateCheckup: Equatable, Sendable {
    /// How many rows were held against their checks, and how many bytes that were.
    package var records = 0
    package var bytes = 0
    /// What is wrong, in words.
    package var problems: [String] = []
}

extension StateDatabase {
    /// Holds every row to its check, `jobs` portions at a time.
    package func checkup(jobs: Int) async throws -> StateCheckup {
        do {
            return try await checkup(CheckupReading(path, queue), jobs: jobs)
        } catch StoreProblem.damaged {
            return StateCheckup(problems: ["it is damaged"])
        } catch StoreProblem.suspect(_, let reason) {
            return StateCheckup(problems: ["it can't be read: \(reason)"])
        }
    }

    private func checkup(_ reading: CheckupReading, jobs: Int) async throws -> StateCheckup {
        var tasks: [@Sendable (Database) throws -> (StateCheckup, IndexCheck)] = [
            { db in
                let isSound = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok"
                return (StateCheckup(problems: isSound ? [] : ["it is damaged"]), IndexCheck())
            },
            { db in (StateCheckup(), try IndexCheck(db, Self.documentIndex)) },
            { db in (StateCheckup(), try IndexCheck(db, Self.pageIndex)) },
            checkFacts,
        ]
        tasks += try reading.read { try RowRange.all(of: "pages", in: $0) }.map { ids in
            { try self.checkPages($0, ids) }
        }
        tasks += try reading.read { try RowRange.all(of: "documents", by: "number", in: $0) }.map { ids in
            { try self.checkDocuments($0, ids) }
        }
        var checkup = StateCheckup()
        var indexes = IndexCheck()
        for (part, index) in try await concurrentMap(
            tasks, jobs: jobs,
            { task in
                try Task.checkCancellation()
                return try reading.read(task)
            })
        {
            checkup.records += part.records
            checkup.bytes += part.bytes
            checkup.problems += part.problems
            indexes.add(index)
        }
        for index in indexes.suspects where try reading.read({ try IndexCheck.isLost($0, index) }) {
            checkup.problems.append("the index of '\(index.table)' is incomplete")
        }
        return checkup
    }

    /// How many documents the last run had.
    package func documentCount() throws(StoreProblem) -> Int {
        try access { try Int.fetchOne($0, sql: "SELECT count(*) FROM documents") ?? 0 }
    }

    private func checkPages(_ db: Database, _ ids: RowRange) throws -> (StateCheckup, IndexCheck) {
        var (checkup, index) = (StateCheckup(), IndexCheck(rowsOf: Self.pageIndex))
        let rows = try RawRows(db, "SELECT id, name, start, bytes FROM pages WHERE id BETWEEN ? AND ?", ids.arguments)
        while try rows.next() {
            index.add(rows)
            check(rows.blob(3), &checkup, "a page of a table") { stream in
                stream.update(rows.text(1) ?? .empty)
                withUnsafeBytes(of: UInt8(0)) { stream.update($0) }
                stream.update(rows.blob(2) ?? .empty)
            }
        }
        return (checkup, index)
    }

    private func checkDocuments(_ db: Database, _ ids: RowRange) throws -> (StateCheckup, IndexCheck) {
        var (checkup, index) = (StateCheckup(), IndexCheck(rowsOf: Self.documentIndex))
        let rows = try RawRows(
            db, "SELECT number, id, state FROM documents WHERE number BETWEEN ? AND ?", ids.arguments)
        while try rows.next() {
            index.add(rows)
            check(rows.blob(2), &checkup, "the entry of a document") { $0.update(rows.text(1) ?? .empty) }
        }
        return (checkup, index)
    }

    @Sendable
    private func checkFacts(_ db: Database) throws -> (StateCheckup, IndexCheck) {
        var checkup = StateCheckup()
        let rows = try RawRows(db, "SELECT name, value FROM meta")
        while try rows.next() {
            check(rows.blob(1), &checkup, "a fact about the last run") { $0.update(rows.text(0) ?? .empty) }
        }
        return (checkup, IndexCheck())
    }

    /// Holds a sealed value to its check; `place` adds where it stands.
    private func check(
        _ value: UnsafeRawBufferPointer?, _ checkup: inout StateCheckup, _ what: String,
        place: (inout DigestStream) -> Void
    ) {
        checkup.records += 1
        checkup.bytes += value?.count ?? 0
        let isSound =
            value.map { value in
                Checked.isSound(value) { stream in
                    identity.withUnsafeBytes { stream.update($0) }
                    place(&stream)
                }
            } ?? false
        if isSound { return }
        checkup.problems.append("\(what) is damaged")
    }
}

extension Checked {
    /// Whether bytes are as they were sealed, at the place that `place` adds to the digest.
    static func isSound(_ data: UnsafeRawBufferPointer, place: (inout DigestStream) -> Void) -> Bool {
        guard data.count >= length else { return false }
        var stream = DigestStream()
        stream.update(UnsafeRawBufferPointer(rebasing: data[..<(data.count - length)]))
        place(&stream)
        return stream.begins(with: UnsafeRawBufferPointer(rebasing: data.suffix(length)))
    }
}
