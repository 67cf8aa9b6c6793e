import GRDBSQLite

/// Watches over a query: it may only read, not look at the clock or at chance, and takes at most so many steps.
final class QueryGuard {
    private let stepLimit: Int
    private var steps = 0
    /// Why a statement was refused.
    private(set) var refusal: QueryProblem?
    /// The tables and views that a statement reads, in small letters.
    private(set) var tables: Set<String> = []

    /// How many steps SQLite takes between two looks at the count.
    private static let stride = 1000

    init(stepLimit: Int) { self.stepLimit = stepLimit }

    /// Puts the hooks on; this object has to outlive them.
    func attach(to connection: OpaquePointer) {
        let address = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_set_authorizer(
            connection,
            { address, action, first, second, _, _ in
                guard let address else { return SQLITE_DENY }
                return Unmanaged<QueryGuard>.fromOpaque(address).takeUnretainedValue()
                    .allows(action, first.map { String(cString: $0) }, second.map { String(cString: $0) })
                    ? SQLITE_OK : SQLITE_DENY
            }, address)
        sqlite3_progress_handler(
            connection, Int32(Self.stride),
            { address in
                guard let address else { return 1 }
                return Unmanaged<QueryGuard>.fromOpaque(address).takeUnretainedValue().mayGoOn() ? 0 : 1
            }, address)
    }

    /// Takes the hooks off.
    func detach(from connection: OpaquePointer) {
        sqlite3_set_authorizer(connection, nil, nil)
        sqlite3_progress_handler(connection, 0, nil, nil)
    }

    private func mayGoOn() -> Bool {
        steps += Self.stride
        return steps <= stepLimit
    }

    private func allows(_ action: Int32, _ first: String?, _ second: String?) -> Bool {
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: return true
        case SQLITE_READ:
            if let first { tables.insert(first.lowercased()) }
            return true
        case SQLITE_FUNCTION:
            guard let name = second?.lowercased(), Self.unsteady.contains(name) else { return true }
            refusal = QueryProblem(
                "'\(name)' gives another answer each time",
                hint: "A report is a function of its inputs: it knows neither clock nor chance.", id: "sql-unsteady")
        default:
            refusal = QueryProblem(
                "a cell may only read\(Self.deed(action, first).map { ", not \($0)" } ?? "")", id: "sql-writes")
        }
        return false
    }

    /// What SQLite says of a view that a statement was about to change, in our words; nil for any other message.
    static func refusal(of message: String) -> QueryProblem? {
        let parts = message.split(separator: " ")
        guard message.hasPrefix("cannot modify "), parts.count > 2 else { return nil }
        return QueryProblem("a cell may only read, not change '\(parts[2])'", id: "sql-writes")
    }

    /// Functions whose answer is no function of the database.
    private static let unsteady: Set<String> = [
        "random", "randomblob", "current_date", "current_time", "current_timestamp", "load_extension", "sqlite_version",
        "sqlite_source_id", "sqlite_compileoption_get", "sqlite_compileoption_used", "changes", "total_changes",
        "last_insert_rowid",
    ]

    /// What a statement was about to do.
    private static func deed(_ action: Int32, _ name: String?) -> String? {
        let name = name.map { "'\($0)'" } ?? "a table"
        return switch action {
        case SQLITE_INSERT: "put rows into \(name)"
        case SQLITE_UPDATE: "change rows of \(name)"
        case SQLITE_DELETE: "take rows out of \(name)"
        case SQLITE_ATTACH, SQLITE_DETACH: "attach another database"
        case SQLITE_PRAGMA: "set 'pragma' \(name)"
        case SQLITE_TRANSACTION, SQLITE_SAVEPOINT: "begin or end a transaction"
        default: "change the database"
        }
    }
}
