import Foundation
internal import GRDB
import StageKit
import Synchronization

extension StateDatabase {
    static let documentIndex = IndexCheck.Index(table: "documents", columns: ["id"], number: "number")
    static let pageIndex = IndexCheck.Index(table: "pages", columns: ["name", "start"])
    private static let all = [documentIndex, pageIndex]

    static let indexes = "indexes"

    /// That something in it is not as it was written.
    package var damage: StoreProblem { .damaged(path: path) }

    /// Keeps what the indexes lead to, for the next run; within the transaction of this one.
    ///
    /// A row has its check beside it, but one that is not found is not checked: it would be made a second time, and what it
    /// had counted would stay in the tables for ever.
    package func sealIndexes() throws(StoreProblem) {
        let sums = if let known = followed.sums() { known } else { try access(Self.indexSums) }
        try set(Self.indexes, Self.encoded(sums))
    }

    /// Throws where the indexes do not lead to what the last run left. From then on it is followed what comes and goes, so
    /// that the indexes of a large state are gone through once a run.
    package func holdIndexes() throws(StoreProblem) {
        let isEmpty = try access {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM (SELECT 1 FROM documents LIMIT 1)") == 0
        }
        let kept = try meta(Self.indexes)
        if kept == nil, isEmpty { return }
        let found = try access(Self.indexSums)
        if kept != Self.encoded(found) { throw damage }
        try access { db in
            followed.begin(with: found)
            try followed.follow(Self.all, in: db)
        }
    }

    /// Throws where the indexes do not lead to what the last run left.
    func checkIndexes() throws(StoreProblem) {
        let found = try access(Self.indexSums)
        if try meta(Self.indexes) != Self.encoded(found) { throw damage }
    }

    static func indexSums(_ db: Database) throws -> [UInt64] { try all.map { try IndexCheck(db, $0).sum } }

    static func encoded(_ sums: [UInt64]) -> [UInt8] {
        var writer = ByteWriter()
        for sum in sums { writer.write(sum) }
        return writer.bytes
    }
}

/// What the indexes of a state lead to while rows come and go, by difference.
final class FollowedIndexes: Sendable {
    /// Nil as long as it is not known what there was.
    private let known = Mutex<[UInt64]?>(nil)

    /// The sums over the entries; nil where they have to be found from all entries.
    func sums() -> [UInt64]? { known.withLock { $0 } }

    /// What the indexes lead to now.
    func begin(with sums: [UInt64]) { known.withLock { $0 = sums } }

    /// Changes were taken back: it is not known any more.
    func forget() { known.withLock { $0 = nil } }

    /// Has the connection tell of each row of the tables of `indexes` that comes, goes or gets another key.
    fileprivate func follow(_ indexes: [IndexCheck.Index], in db: Database) throws {
        db.add(
            function: DatabaseFunction("index_moved") { [self] values in
                let (index, sign) = (Int.fromDatabaseValue(values[0]) ?? 0, Int.fromDatabaseValue(values[1]) ?? 0)
                let columns = values.dropFirst(3).map { value in
                    (Data.fromDatabaseValue(value)).map(Array.init) ?? []
                }
                let hash = IndexCheck.hash(Int64.fromDatabaseValue(values[2]) ?? 0, columns)
                // an entry of an index counts negative: see IndexCheck
                known.withLock { sums in
                    guard let sum = sums?[index] else { return }
                    sums?[index] = sign > 0 ? sum &- hash : sum &+ hash
                }
                return nil
            })
        for (n, index) in indexes.enumerated() {
            func note(_ sign: Int, _ row: String) -> String {
                let columns = ([index.number] + index.columns).map { "\(row).\($0)" }.joined(separator: ", ")
                return "SELECT index_moved(\(n), \(sign), \(columns));"
            }
            let moved = ([index.number] + index.columns).joined(separator: ", ")
            for (name, event, body) in [
                ("come", "INSERT", note(1, "new")), ("go", "DELETE", note(-1, "old")),
                ("move", "UPDATE OF \(moved)", note(-1, "old") + note(1, "new")),
            ] {
                try db.execute(
                    sql:
                        "CREATE TEMP TRIGGER IF NOT EXISTS \(index.table)_\(name) AFTER \(event) ON main.\(index.table) "
                        + "BEGIN \(body) END")
            }
        }
    }
}
