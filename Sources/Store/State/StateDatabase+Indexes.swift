internal import GRDB
import StageKit

extension StateDatabase {
    static let documentIndex = IndexCheck.Index(table: "documents", columns: ["id"], number: "number")
    static let pageIndex = IndexCheck.Index(table: "pages", columns: ["name", "start"])

    private static let indexes = "indexes"

    /// That something in it is not as it was written.
    package var damage: StoreProblem { .damaged(path: path) }

    /// Keeps what the indexes lead to, for the next run; within the transaction of this one.
    ///
    /// A row has its check beside it, but one that is not found is not checked: it would be made a second time, and what it
    /// had counted would stay in the tables for ever.
    package func sealIndexes() throws(StoreProblem) { try set(Self.indexes, try indexSums()) }

    /// Throws where the indexes do not lead to what the last run left.
    package func holdIndexes() throws(StoreProblem) {
        let isEmpty = try access {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM (SELECT 1 FROM documents LIMIT 1)") == 0
        }
        let kept = try meta(Self.indexes)
        if kept == nil, isEmpty { return }
        let found = try indexSums()
        if kept != found { throw damage }
    }

    private func indexSums() throws(StoreProblem) -> [UInt8] {
        try access { db in
            var writer = ByteWriter()
            for index in [Self.documentIndex, Self.pageIndex] { writer.write(try IndexCheck(db, index).sum) }
            return writer.bytes
        }
    }
}
