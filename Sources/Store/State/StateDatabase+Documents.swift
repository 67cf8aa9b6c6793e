import Foundation
internal import GRDB
package import StageKit

extension StateDatabase {
    /// What the last run knew about these documents; those it did not know are missing from the answer.
    package func documents(_ ids: [String]) throws(StoreProblem) -> [String: DocumentState] {
        try access { db in
            var states: [String: DocumentState] = [:]
            let statement = try db.cachedStatement(sql: "SELECT state FROM documents WHERE id = ?")
            for id in ids {
                guard let bytes = try Data.fetchOne(statement, arguments: [id]) else { continue }
                states[id] = try state(of: id, bytes)
            }
            return states
        }
    }

    /// Every document of the last run with its state, in no particular order.
    package func eachDocument(_ body: (String, DocumentState) throws -> Void) throws(StoreProblem) {
        try access { db in
            let rows = try Row.fetchCursor(db, sql: "SELECT id, state FROM documents ORDER BY number")
            while let row = try rows.next() {
                let id = try row.decode(String.self, atIndex: 0)
                try body(id, try state(of: id, row.decode(Data.self, atIndex: 1)))
            }
        }
    }

    /// Every document of the last run with its state, by id.
    package func allDocuments() throws(StoreProblem) -> [String: DocumentState] {
        var states: [String: DocumentState] = [:]
        try eachDocument { states[$0] = $1 }
        return states
    }

    private func state(of id: String, _ bytes: Data) throws -> DocumentState {
        guard let bytes = Checked.opened(bytes, place: place(id)) else { throw DamagedState() }
        return try DocumentState(encoded: bytes)
    }

    /// Replaces what is known about documents.
    package func put(_ states: [(id: String, state: DocumentState)]) throws(StoreProblem) {
        try access { db in
            let insert = try db.cachedStatement(
                sql: """
                    INSERT INTO documents(id, state) VALUES (?, ?) ON CONFLICT(id) DO UPDATE SET state = excluded.state
                    """)
            for (id, state) in states {
                try insert.execute(arguments: [id, Data(Checked.sealed(state.encoded, place: place(id)))])
            }
        }
    }

    /// Forgets documents.
    package func remove(_ ids: [String]) throws(StoreProblem) {
        try access { db in
            let delete = try db.cachedStatement(sql: "DELETE FROM documents WHERE id = ?")
            for id in ids { try delete.execute(arguments: [id]) }
        }
    }

    private static func asked(by step: StepID) -> String { "asked \(step.key)" }

    /// Brings the index of what joins asked for up to date: `pile` holds lists of ``askedEntry(_:by:count:)``.
    package func add(asked pile: EntryPile, step: StepID) throws(StoreProblem) {
        let runs = pile.take()
        try access { db in
            try table(Self.asked(by: step), in: db).add(EntryMerge(runs: runs)) { _ in }
        }
    }

    /// That `document` asks for the key with this hash, or with -1, that it does so no more.
    package static func askedEntry(_ hash: UInt64, by document: String, count: Int) -> SummaryEntry {
        SummaryEntry(key(of: hash), Array(document.utf8), count)
    }

    private static func key(of hash: UInt64) -> FoldKey {
        FoldKey((0..<8).map { UInt8(truncatingIfNeeded: hash >> (56 - 8 * $0)) })
    }

    /// The documents whose join `step` asked for one of these keys.
    package func documents(asking hashes: some Sequence<UInt64>, step: StepID) throws(StoreProblem) -> Set<String> {
        try access { db in
            var ids: Set<String> = []
            try table(Self.asked(by: step), in: db).entries(
                of: hashes.sorted().map { Self.key(of: $0).bytes }
            ) {
                ids.insert(String(decoding: $1.element, as: UTF8.self))
            }
            return ids
        }
    }
}
