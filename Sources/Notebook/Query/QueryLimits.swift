import GRDB
import GRDBSQLite

/// What a query may cost: steps, bytes and depth, the same on every computer.
struct QueryLimits: Sendable {
    /// How many instructions of SQLite's machine a query may take.
    var steps = 1_000_000_000
    /// How many bytes the values of a cell may have together; the ids behind figures are not counted.
    var cellBytes = 4_000_000
    /// How long a value may be, in bytes; longer where a document of the corpus is.
    var valueBytes = 4_000_000
    /// How many seconds a query may take. Only one whose every step goes over very long values gets there before it
    /// has taken its steps.
    var seconds = 300

    /// How many bytes SQLite may use in the process: sorting and grouping take place in memory.
    private static let heapBytes: Int64 = 512 << 20

    /// Puts the limits on a connection that reads results, whose longest document has so many bytes.
    func apply(to db: Database, longestDocument: Int) throws {
        guard let connection = db.sqliteConnection else { return }
        // A text in another encoding may be three times as long in UTF-8.
        let longest = max(valueBytes, longestDocument.multipliedReportingOverflow(by: 4).partialValue)
        for (limit, value) in [
            (SQLITE_LIMIT_LENGTH, longest), (SQLITE_LIMIT_SQL_LENGTH, 200_000), (SQLITE_LIMIT_EXPR_DEPTH, 200),
            (SQLITE_LIMIT_COMPOUND_SELECT, 100), (SQLITE_LIMIT_VDBE_OP, 200_000), (SQLITE_LIMIT_FUNCTION_ARG, 100),
            (SQLITE_LIMIT_COLUMN, 1000), (SQLITE_LIMIT_ATTACHED, 0), (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000),
            (SQLITE_LIMIT_VARIABLE_NUMBER, 100), (SQLITE_LIMIT_WORKER_THREADS, 0),
        ] {
            sqlite3_limit(connection, limit, Int32(clamping: value))
        }
        // What is sorted or grouped stays in memory, where it is bounded; in a file it would not be.
        try db.execute(sql: "PRAGMA temp_store = MEMORY")
        sqlite3_hard_heap_limit64(max(Self.heapBytes, 8 * Int64(clamping: longest)))
    }

    /// What SQLite says when a limit is reached, in our words; nil for any other message.
    static func problem(_ code: Int32, on connection: OpaquePointer) -> QueryProblem? {
        switch code & 0xFF {
        case SQLITE_TOOBIG:
            let longest = Int(sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, -1))
            return QueryProblem(
                "a value of the query is longer than \(NumberText.grouped(longest)) bytes", hint: less, id: "sql-limit")
        case SQLITE_NOMEM:
            return QueryProblem(
                "the query needs more memory than \(heapBytes >> 20) MiB", hint: less, id: "sql-limit")
        default: return nil
        }
    }

    static let less = "Ask for less: a narrower 'where', a shorter text, or a table that is counted already."
}
