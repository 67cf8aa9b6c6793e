import Foundation
internal import GRDB
import Model

/// Opens the store's databases: makes new ones, puts damaged ones aside, refuses those of a later release.
enum SQLiteFile {
    /// The number that tells a database of Colophon from others (`PRAGMA application_id`): "Colo".
    static let application = 0x436F_6C6F

    /// Opens the database at `path`, or makes it with `schema`. A file that is no sound database of this kind is moved
    /// to `<path>.damaged`, and `note` is told; one of an earlier release is emptied, and `renewed` is told.
    static func open<Connection: DatabaseWriter>(
        _ path: String, version: Int, schema: String, note: (String) -> Void, renewed: () -> Void,
        connect: () throws -> Connection
    ) throws(StoreProblem) -> Connection {
        if isCut(path) { note(DamagedFile.cut(path)) }
        do {
            return try patiently { try prepared(path, version: version, schema: schema, renewed: renewed, connect()) }
        } catch {
            let folder = Pipeline.folder(of: path)
            // SQLite can't even read where it has no place for its log, and says of it only that it can't open the file.
            if (error as? DatabaseError)?.resultCode == .SQLITE_CANTOPEN, access(folder, W_OK) != 0 {
                throw .readOnly(path: path)
            }
            // The tables were compared with the schema just now, which is a check.
            guard StoreProblem.isDamage(error) || StoreProblem.isSuspect(error) else {
                throw StoreProblem(error, path: path)
            }
            note(DamagedFile.note(path))
            do {
                try DamagedFile.putAside(path)
                return try patiently {
                    try prepared(path, version: version, schema: schema, renewed: renewed, connect())
                }
            } catch {
                throw StoreProblem(error, path: path)
            }
        }
    }

    /// Tries again while others are in the way. Where processes make one database at the same moment, or mend it after one
    /// that was killed, SQLite says so at once instead of waiting: each might wait for the other for ever.
    private static func patiently<Value>(_ body: () throws -> Value) throws -> Value {
        let end = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try body()
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < end {
                usleep(20_000)
            }
        }
    }

    /// Whether there is a database without a byte, which SQLite takes for a new one.
    private static func isCut(_ path: String) -> Bool {
        guard FileWriting.size(of: path) == 0, (FileWriting.size(of: path + "-wal") ?? 0) == 0 else { return false }
        // Another process may have made the file just now, and be about to fill it.
        usleep(50_000)
        return FileWriting.size(of: path) == 0
    }

    private static func prepared<Connection: DatabaseWriter>(
        _ path: String, version: Int, schema: String, renewed: () -> Void, _ connection: Connection
    ) throws -> Connection {
        try connection.writeWithoutTransaction { db in
            let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            if application == Self.application, found == version { return try check(db, schema) }
            // Of another kind is what has none of these tables: a store in the place of a state, say.
            let names = Set(statements(schema).map { entry($0)[2] })
            let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
            let isOurs = application == Self.application && !names.isDisjoint(with: tables)
            if isOurs, found > version { throw StoreProblem.newer(path: path, version: found) }
            guard tables.isEmpty || isOurs else {
                throw DatabaseError(resultCode: .SQLITE_NOTADB, message: "a database of something else")
            }
            if !tables.isEmpty { renewed() }
            // Two processes may make a new store at the same moment: the second finds it made.
            try db.inTransaction(.immediate) {
                guard try Int.fetchOne(db, sql: "PRAGMA user_version") != version else { return .commit }
                for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'") {
                    try db.execute(sql: "DROP TABLE \"\(name)\"")
                }
                try create(db, version: version, schema: schema)
                return .commit
            }
        }
        return connection
    }

    /// Makes the tables of an empty database.
    static func create(_ db: Database, version: Int, schema: String) throws {
        try db.execute(sql: schema)
        try db.execute(sql: "PRAGMA application_id = \(application); PRAGMA user_version = \(version)")
    }

    /// Holds the tables of a database to those that it was made with: a flipped bit in the name of a table would show
    /// only when somebody asks for it.
    private static func check(_ db: Database, _ schema: String) throws {
        let rows = try Row.fetchAll(
            db, sql: "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        let found = rows.map { row in (0..<4).map { row[$0] as String? ?? "" } }
        guard Set(found) == Set(statements(schema).map(entry)) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "its tables are not those that were made")
        }
    }

    private static func statements(_ schema: String) -> [String] {
        schema.split(separator: ";").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
    }

    /// What SQLite keeps of a statement that makes a table or an index: kind, name, table, statement.
    private static func entry(_ statement: String) -> [String] {
        let words = statement.split { $0.isWhitespace || $0 == "(" }.map(String.init)
        let name = words.firstIndex { $0 == "TABLE" || $0 == "INDEX" }.map { words[$0 + 1] } ?? ""
        let on = words.firstIndex(of: "ON").map { words[$0 + 1] }
        return [on == nil ? "table" : "index", name, on ?? name, statement]
    }
}
