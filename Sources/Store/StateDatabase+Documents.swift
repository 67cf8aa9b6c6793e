import Foundation
internal import GRDB
import StageKit

extension StateDatabase {
    /// What the last run knew about these documents; those it did not know are missing from the answer.
    package func documents(_ ids: [String]) throws(StoreProblem) -> [String: DocumentState] {
        try access { db in
            var states: [String: DocumentState] = [:]
            let statement = try db.cachedStatement(sql: "SELECT state FROM documents WHERE id = ?")
            for id in ids {
                guard let bytes = try Data.fetchOne(statement, arguments: [id]) else { continue }
                states[id] = try? DocumentState(encoded: [UInt8](bytes))
            }
            return states
        }
    }

    /// Every document of the last run with its state, in no particular order.
    package func eachDocument(_ body: (String, DocumentState) throws -> Void) throws(StoreProblem) {
        try access { db in
            let rows = try Row.fetchCursor(db, sql: "SELECT id, state FROM documents ORDER BY number")
            while let row = try rows.next() {
                guard let state = try? DocumentState(encoded: [UInt8](row[1] as Data)) else { continue }
                try body(row[0], state)
            }
        }
    }

    /// Replaces what is known about a document, and the index of what its joins asked for.
    package func put(_ states: [(id: String, old: DocumentState?, new: DocumentState)]) throws(StoreProblem) {
        try access { db in
            let insert = try db.cachedStatement(
                sql: """
                    INSERT INTO documents(id, state) VALUES (?, ?) ON CONFLICT(id) DO UPDATE SET state = excluded.state
                    RETURNING number
                    """)
            for (id, old, new) in states {
                let number = try Int64.fetchOne(insert, arguments: [id, Data(new.encoded)]) ?? 0
                try reindex(db, number, old: old?.asked ?? [:], new: new.asked)
            }
        }
    }

    /// Forgets documents.
    package func remove(_ ids: [String]) throws(StoreProblem) {
        let states = try documents(ids)
        try access { db in
            for id in ids {
                let number = try Int64.fetchOne(db, sql: "SELECT number FROM documents WHERE id = ?", arguments: [id])
                guard let number else { continue }
                try reindex(db, number, old: states[id]?.asked ?? [:], new: [:])
                try db.execute(sql: "DELETE FROM documents WHERE number = ?", arguments: [number])
            }
        }
    }

    /// The documents whose join `step` asked for one of these keys.
    package func documents(asking hashes: some Sequence<UInt64>, step: String) throws(StoreProblem) -> Set<String> {
        try access { db in
            var ids: Set<String> = []
            let statement = try db.cachedStatement(
                sql: """
                    SELECT id FROM asked JOIN documents ON number = document WHERE step = ? AND hash = ?
                    """)
            for hash in hashes {
                ids.formUnion(try String.fetchAll(statement, arguments: [step, Int64(bitPattern: hash)]))
            }
            return ids
        }
    }

    private func reindex(
        _ db: Database, _ number: Int64, old: [String: [UInt64]], new: [String: [UInt64]]
    ) throws {
        guard old != new else { return }
        let insert = try db.cachedStatement(sql: "INSERT OR IGNORE INTO asked VALUES (?, ?, ?)")
        let delete = try db.cachedStatement(sql: "DELETE FROM asked WHERE step = ? AND hash = ? AND document = ?")
        for step in Set(old.keys).union(new.keys) {
            let before = Set(old[step] ?? [])
            let after = Set(new[step] ?? [])
            for hash in before.subtracting(after) {
                try delete.execute(arguments: [step, Int64(bitPattern: hash), number])
            }
            for hash in after.subtracting(before).sorted() {
                try insert.execute(arguments: [step, Int64(bitPattern: hash), number])
            }
        }
    }
}
