import Foundation
internal import GRDB
import Model
import StageKit

/// Where the last run of one pipeline left off: what each document gave, the tables of the folds, the decisions of the
/// finishes. All of it moves from one corpus to the next in one transaction.
///
/// It is a cache as well: without it, everything is put together again from the results in the store.
package final class StateDatabase: Sendable {
    let queue: DatabaseQueue
    let path: String
    /// Whether nothing of it is kept.
    package let isInMemory: Bool
    /// What tells this state from others: the name of its file with that of its folder. Every seal is made over it, so
    /// that what belongs to another pipeline's state is not taken for this one's, however it got here: SQLite takes a
    /// write-ahead log that stands beside a database for that database's own.
    let identity: [UInt8]
    /// What the indexes lead to, where a run follows it.
    let followed = FollowedIndexes()

    package static let version = 7
    static let tables = ["meta", "documents", "pages"]
    /// Bytes of a page of SQLite's, in which several pages of tables have room.
    static let pageSize = 16384
    static let schema = """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE documents(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state BLOB NOT NULL);
        CREATE TABLE pages(id INTEGER PRIMARY KEY, name TEXT NOT NULL, start BLOB NOT NULL, bytes BLOB NOT NULL);
        CREATE UNIQUE INDEX pages_in_order ON pages(name, start);
        """

    /// The state at `path`, made if need be; without one, a state in memory.
    /// `renewed` is called where that of an earlier release was there, of which nothing can be used.
    package init(
        path: String?, note: (String) -> Void = { _ in }, renewed: () -> Void = {}
    ) throws(StoreProblem) {
        self.path = path ?? "memory"
        isInMemory = path == nil
        identity = Self.identity(of: path ?? "memory")
        var configuration = Configuration()
        // The transaction of a run is opened and closed by begin() and commit(), and lasts from the one to the other.
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(60)
        configuration.prepareDatabase { db in
            try db.execute(
                sql:
                    "PRAGMA page_size = \(Self.pageSize); PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; "
                    + "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY")
        }
        if let path {
            do throws(FileWriteProblem) {
                try FileWriting.makeFolder(Pipeline.folder(of: path))
            } catch {
                throw StoreProblem(error, path: path)
            }
        }
        queue = try SQLiteFile.open(
            path ?? "memory", version: Self.version, schema: Self.schema, note: note, renewed: renewed
        ) {
            if let path {
                try DatabaseQueue(path: path, configuration: configuration)
            } else {
                try DatabaseQueue(configuration: configuration)
            }
        }
    }

    static func identity(of path: String) -> [UInt8] {
        let parts = path.split(separator: "/").suffix(2).joined(separator: "/")
        return Array(parts.utf8) + [0]
    }

    /// The place of what stands under `name` in this state, for its seal.
    func place(_ name: String) -> [UInt8] { identity + Array(name.utf8) }

    /// The table `name` of this state.
    func table(_ name: String, in db: Database) -> PagedTable { PagedTable(db: db, name: name, identity: identity) }

    /// Adds `changes`, whose counts may be negative, to the table `name`, and tells each entry that they touch.
    func add(_ changes: EntryMerge, to name: String, each: (PagedTable.Change) -> Void) throws(StoreProblem) {
        guard try access({ try table(name, in: $0).isEmpty }) else {
            return try access { try table(name, in: $0).add(changes, each: each) }
        }
        do {
            try PagedTable.build(name, identity, from: changes, each: each) { pages in
                try access { try table(name, in: $0).write(pages) }
            }
        } catch {
            throw StoreProblem(error, path: path)
        }
    }

    /// The lists of a pile as one.
    func merge(of pile: EntryPile) throws(StoreProblem) -> EntryMerge {
        do { return try EntryMerge(runs: pile.take()) } catch { throw StoreProblem(error, path: path) }
    }

    /// Begins the transaction of a run.
    package func begin() throws(StoreProblem) { try access { try $0.execute(sql: "BEGIN IMMEDIATE") } }

    /// Makes everything since ``begin()`` lasting, in one step.
    package func commit() throws(StoreProblem) { try access { try $0.execute(sql: "COMMIT") } }

    /// Takes everything since ``begin()`` back.
    package func rollback() {
        followed.forget()
        try? access { try $0.execute(sql: "ROLLBACK") }
    }

    /// A fact about the run that left this state.
    package func meta(_ name: String) throws(StoreProblem) -> [UInt8]? {
        try access { db in
            let value = try Data.fetchOne(db, sql: "SELECT value FROM meta WHERE name = ?", arguments: [name])
            return try value.map { value in
                guard let packed = Checked.opened(value, place: place(name)), let bytes = Packing.unpacked(packed)
                else { throw DamagedState() }
                return bytes
            }
        }
    }

    /// Keeps a fact about this run; nil takes it out.
    package func set(_ name: String, _ value: [UInt8]?) throws(StoreProblem) {
        try access { db in
            if let value {
                try keep(name, value, in: db)
            } else {
                try db.execute(sql: "DELETE FROM meta WHERE name = ?", arguments: [name])
            }
        }
    }

    /// Keeps a fact, sealed for this state.
    func keep(_ name: String, _ value: [UInt8], in db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO meta VALUES (?, ?)",
            arguments: [name, Data(Checked.sealed(Packing.packed(value), place: place(name)))])
    }

    /// Takes everything out.
    package func clear() throws(StoreProblem) {
        try access { db in
            for table in Self.tables { try db.execute(sql: "DELETE FROM \(table)") }
        }
    }

    func access<Value>(_ body: (Database) throws -> Value) throws(StoreProblem) -> Value {
        do { return try queue.writeWithoutTransaction(body) } catch { throw StoreProblem(error, path: path) }
    }
}
