import GRDB
import GRDBSQLite

/// `printf` and `format` as SQLite has them, but for texts beyond the limit: SQLite's own give nothing then, and say
/// nothing.
enum PrintfFunction {
    /// The functions, to be added to a connection.
    static let functions = ["printf", "format"].map { name in
        DatabaseFunction(name, pure: true) { arguments in
            guard let format = arguments.first, !format.isNull else { return nil }
            let places = Array(repeating: "?", count: arguments.count).joined(separator: ", ")
            let text = try own.read { db in
                // A letter in front tells an empty text from none.
                return try String.fetchOne(
                    db, sql: "select \(name)('x' || \(places))", arguments: StatementArguments(arguments))
            }
            guard let text else {
                throw DatabaseError(
                    resultCode: .SQLITE_TOOBIG, message: "'\(name)' makes a text that is too long")
            }
            return String(text.dropFirst())
        }
    }

    /// The connection on which the functions are SQLite's.
    private static let own = PlainConnection(valueBytes: QueryLimits().valueBytes)
}

/// A connection to nothing, on which functions are SQLite's own.
struct PlainConnection: Sendable {
    private let queue: DatabaseQueue?

    /// Opens it. No value is longer than `valueBytes`; SQLite's own limit where that is nil.
    init(valueBytes: Int? = nil) {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            if let valueBytes, let connection = db.sqliteConnection {
                sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, Int32(clamping: valueBytes))
            }
        }
        queue = try? DatabaseQueue(configuration: configuration)
    }

    /// Reads.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        guard let queue else { throw DatabaseError(message: "no connection can be opened") }
        return try queue.read(body)
    }
}
