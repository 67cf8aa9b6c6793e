import Foundation
import GRDB
import GRDBSQLite

/// The results as they stood before a writer, for as long as it writes.
///
/// A writer changes pages in memory and the file when it commits, so the file itself has them. A writer whose pages get too
/// many has to write some of them earlier: the file is copied before that, and the copy has them.
final class ResultsBefore {
    private let path: String
    /// A connection to the copy, which has no name any more.
    private var copy: DatabaseQueue?
    /// Bytes of pages that a writer holds in memory before it may write some of them into the file.
    private let room: Int32

    /// For a writer into the file at `path` itself.
    init(at path: String, of db: Database, room: Int32 = 48 << 20) throws {
        self.path = path
        self.room = room
        try db.execute(sql: "pragma cache_spill = off")
    }

    /// For a writer into another file: the one at `path` stays as it is. Nil where there are no results of this layout.
    init?(at path: String) {
        guard FileManager.default.fileExists(atPath: path), ResultsFile.state(path) == .current else { return nil }
        self.path = path
        room = .max
    }

    /// Is called between the writer's statements on `db`.
    func keep(_ db: Database) throws {
        guard copy == nil else { return }
        var (used, highest) = (Int32(0), Int32(0))
        sqlite3_db_status(db.sqliteConnection, SQLITE_DBSTATUS_CACHE_USED, &used, &highest, 0)
        guard used > room else { return }
        let aside = "\(path).\(getpid()).part"
        try? FileManager.default.removeItem(atPath: aside)
        defer { try? FileManager.default.removeItem(atPath: aside) }
        try FileManager.default.copyItem(atPath: path, toPath: aside)
        copy = try ResultsFile.open(aside, readonly: true)
        try db.execute(sql: "pragma cache_spill = on")
    }

    /// Reads them, and lets go of them before it returns.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let queue = try copy ?? ResultsFile.open(path, readonly: true)
        let value = try queue.inDatabase(body)
        try queue.close()
        copy = nil
        return value
    }
}
