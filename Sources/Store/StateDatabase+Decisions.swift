import Foundation
internal import GRDB
package import StageKit

extension StateDatabase {
    /// Replaces the decisions that belong to `owners` by `decisions`, and tells the keys whose decision moved.
    package func replace(
        _ decisions: [Decision], ownedBy owners: some Sequence<FoldKey>, finish: String
    ) throws(StoreProblem) -> Set<FoldKey> {
        try access { db in
            var before: [FoldKey: [UInt8]] = [:]
            let select = try db.cachedStatement(sql: "SELECT key, value FROM decisions WHERE finish = ? AND owner = ?")
            let delete = try db.cachedStatement(sql: "DELETE FROM decisions WHERE finish = ? AND key = ?")
            for owner in owners {
                let rows = try Row.fetchCursor(select, arguments: [finish, Data(owner.bytes)])
                while let row = try rows.next() { before[FoldKey([UInt8](row[0] as Data))] = [UInt8](row[1] as Data) }
            }
            let after = Dictionary(decisions.map { ($0.key, $0.value) }, uniquingKeysWith: { a, _ in a })
            var moved: Set<FoldKey> = []
            for key in before.keys where after[key] == nil {
                try delete.execute(arguments: [finish, Data(key.bytes)])
                moved.insert(key)
            }
            try Self.put(decisions, finish: finish, in: db)
            for decision in decisions where before[decision.key] != decision.value { moved.insert(decision.key) }
            return moved
        }
    }

    /// Adds decisions on keys that have none.
    package func insert(_ decisions: [Decision], finish: String) throws(StoreProblem) {
        guard !decisions.isEmpty else { return }
        try access { try Self.put(decisions, finish: finish, in: $0) }
    }

    private static func put(_ decisions: [Decision], finish: String, in db: Database) throws {
        let insert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?)")
        for decision in decisions {
            try insert.execute(arguments: [
                finish, Data(decision.key.bytes), Data(decision.owner.bytes), Data(decision.value),
            ])
        }
    }

    /// The decisions on these keys; a key without one is missing from the answer.
    package func decisions(
        on keys: some Sequence<FoldKey>, finish: String
    ) throws(StoreProblem) -> [FoldKey: [UInt8]] {
        try access { db in
            var values: [FoldKey: [UInt8]] = [:]
            let select = try db.cachedStatement(sql: "SELECT value FROM decisions WHERE finish = ? AND key = ?")
            for key in keys {
                let value = try Data.fetchOne(select, arguments: [finish, Data(key.bytes)])
                if let value { values[key] = [UInt8](value) }
            }
            return values
        }
    }

    /// Every decision of a finish, in order of the keys.
    package func decisions(of finish: String) throws(StoreProblem) -> [Decision] {
        try access { db in
            try Row.fetchAll(
                db, sql: "SELECT key, value, owner FROM decisions WHERE finish = ? ORDER BY key", arguments: [finish]
            ).map { row in
                Decision(
                    FoldKey([UInt8](row[0] as Data)), [UInt8](row[1] as Data), owner: FoldKey([UInt8](row[2] as Data)))
            }
        }
    }

    /// Takes out all decisions of a finish.
    package func clear(finish: String) throws(StoreProblem) {
        try access { try $0.execute(sql: "DELETE FROM decisions WHERE finish = ?", arguments: [finish]) }
    }
}
