import Foundation
import GRDB
import StageKit

/// Opening the file of a results database.
enum ResultsFile {
    /// What stands in a results database's place.
    enum State {
        case current, otherVersion, foreign
    }

    /// A connection to the file. A write transaction stays open from one call to the next.
    static func open(_ path: String, readonly: Bool) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(10)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// What stands beside a database until its last transaction is in it, or out of it again.
    private static let logs = ["-journal", "-wal", "-shm"]

    /// Takes back what a process that was killed had begun to write: a connection that may only read can't, and SQLite
    /// then has it that the file can't be read at all.
    static func settle(_ path: String) {
        guard logs.contains(where: { FileManager.default.fileExists(atPath: path + $0) }) else { return }
        _ = try? open(path, readonly: false).read { try Int.fetchOne($0, sql: "select count(*) from sqlite_master") }
    }

    /// Moves the file at `path` away, or removes it, with the logs that belong to it and to no other file that comes to
    /// stand there.
    static func clear(_ path: String, movingTo aside: String? = nil) throws {
        let files = FileManager.default
        for suffix in [""] + logs where files.fileExists(atPath: path + suffix) {
            guard let aside else {
                try files.removeItem(atPath: path + suffix)
                continue
            }
            try? files.removeItem(atPath: aside + suffix)
            try files.moveItem(atPath: path + suffix, toPath: aside + suffix)
        }
    }

    /// What the file at `path` is.
    static func state(_ path: String) -> State {
        guard
            let marks = try? open(path, readonly: true).read({ db in
                (
                    try Int.fetchOne(db, sql: "pragma application_id"),
                    try Int.fetchOne(db, sql: "pragma user_version")
                )
            }), marks.0 == ResultsSchema.applicationID
        else { return .foreign }
        return marks.1 == ResultsSchema.version ? .current : .otherVersion
    }

    /// Makes the tables and views of an empty database, and leaves the indexes for when it is filled.
    static func create(in db: Database) throws {
        try db.execute(sql: "pragma application_id = \(ResultsSchema.applicationID)")
        try db.execute(sql: "pragma user_version = \(ResultsSchema.version)")
        for statement in ResultsSchema.tableCreation { try db.execute(sql: statement) }
    }

    /// Makes the indexes of a database that was filled.
    static func createIndexes(in db: Database) throws {
        // They and the sums that are made behind them go over the same tables one after another.
        try db.execute(sql: "pragma cache_size = -49152")
        for statement in ResultsSchema.indexCreation { try db.execute(sql: statement) }
    }
}

extension ResultsError {
    /// Runs `body` and says `what` failed, and why, in one line.
    static func wrapping<Value>(_ what: String, _ body: () throws -> Value) throws(ResultsError) -> Value {
        do {
            return try body()
        } catch let error as ResultsError {
            throw error
        } catch let error as DatabaseError {
            throw ResultsError("\(what): \(error.message ?? "\(error.resultCode)")", kind: kind(of: error))
        } catch let error as LayerError {
            throw ResultsError("\(what): \(error.message)")
        } catch {
            throw ResultsError("\(what): \(error.localizedDescription)")
        }
    }

    private static func kind(of error: DatabaseError) -> Kind {
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged
        case .SQLITE_FULL: .full
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
        default: .other
        }
    }
}
