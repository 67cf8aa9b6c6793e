import GRDBSQLite
import Results
import Words

/// Watches over a query: it may only read, and only what the documentation of the results names; it may not look at the
/// clock or at chance; and it takes at most so many steps.
final class QueryGuard {
    private let interface: ResultsInterface
    private let functions: [String: TableFunction]
    /// Named queries that stand in tables.
    private let filled: Set<String>
    private let stepLimit: Int
    private let isLate: () -> Bool
    private var steps = 0
    /// Why a statement was refused.
    private(set) var refusal: QueryProblem?
    /// Whether a table that counts words reads what it counts: that may be anything.
    var isTrusted = false
    /// Whether the statement was stopped because of the time that it took.
    private(set) var wasLate = false
    /// The tables, columns and views that a statement reads, by the names that ``TableMarks`` has for them.
    private(set) var tables: Set<String> = []
    /// Names that the statement itself gives to queries: what is read under one is not read by a view of that name.
    private let ownNames: Set<String>
    /// All words of the statement.
    private let words: Set<String>

    /// How many steps SQLite takes between two looks at the count.
    private static let stride = 1000

    /// A guard of the statement `sql`. `isLate` says whether it has taken longer than any query should.
    init(
        _ interface: ResultsInterface, functions: [String: TableFunction], filled: Set<String> = [], sql: String,
        stepLimit: Int, isLate: @escaping () -> Bool = { false }
    ) {
        self.interface = interface
        self.functions = functions
        self.filled = filled
        let words = SQLWords(sql)
        ownNames = words.queries
        self.words = words.all
        self.stepLimit = stepLimit
        self.isLate = isLate
    }

    /// Puts the hooks on; this object has to outlive them.
    func attach(to connection: OpaquePointer) {
        let address = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_set_authorizer(
            connection,
            { address, action, first, second, _, view in
                guard let address else { return SQLITE_DENY }
                return Unmanaged<QueryGuard>.fromOpaque(address).takeUnretainedValue()
                    .allows(
                        action, first.map { String(cString: $0) }, second.map { String(cString: $0) },
                        in: view.map { String(cString: $0) })
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
        if isLate() { wasLate = true }
        return steps <= stepLimit && !wasLate
    }

    /// Counts text that a table goes over like steps, four bytes a step.
    func charge(bytes: Int) throws {
        steps += bytes / 4
        guard steps > stepLimit else { return }
        throw WordReadingError(
            message:
                "the query goes over more text than \(NumberText.grouped(4 * (stepLimit >> 20))) MiB: ask for fewer words"
        )
    }

    private func allows(_ action: Int32, _ first: String?, _ second: String?, in view: String?) -> Bool {
        if isTrusted { return true }
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: return true
        case SQLITE_READ: return mayRead(first?.lowercased() ?? "", column: second ?? "", in: view?.lowercased())
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

    /// Whether a column may be read. SQLite tells the view through which a table is read.
    ///
    /// A column without a name stands for the rows alone. Where a view was replaced by its query, SQLite asks for the
    /// tables of that without telling the view; but they do not stand in the statement then.
    private func mayRead(_ table: String, column: String, in view: String?) -> Bool {
        if Self.tableFunctions.contains(table) { return true }
        if filled.contains(table) {
            tables.insert(KeptReads.name(ofQuery: table))
            return true
        }
        if !interface.tables.contains(table), let function = functions[table] {
            tables.formUnion(function.reads)
            return true
        }
        // What stands behind a view of documents is told by the columns of it that are read.
        if let view, interface.views.contains(view), !ownNames.contains(view), TableMarks.isOfDocuments(view) {
            tables.formUnion(TableMarks.names(reading: "", of: view))
            return true
        }
        let isThroughView = view.map { interface.views.contains($0) && !ownNames.contains($0) } ?? false
        let isOwn = ownNames.contains(table) && !interface.hidden.contains(table)
        let isWithin = column.isEmpty && !words.contains(table)
        if interface.tables.contains(table) || isThroughView || isOwn || isWithin {
            if interface.tables.contains(table) || interface.hidden.contains(table) {
                tables.formUnion(TableMarks.names(reading: column, of: table))
            }
            return true
        }
        let hint: String =
            if let meant = interface.view(over: table) {
                "Read it as '\(meant)'."
            } else if let view, ownNames.contains(view), interface.views.contains(view) {
                "A query in 'with' has the name '\(view)' of a table of the results: give it another one."
            } else {
                "A cell reads the tables and views that docs/results.md describes."
            }
        refusal = QueryProblem("'\(table)' is not a table for reports", hint: hint, id: "sql-hidden")
        return false
    }

    /// Tables that are functions of their arguments.
    private static let tableFunctions: Set<String> = ["json_each", "json_tree"]

    /// What SQLite says of a view that a statement was about to change, in our words; nil for any other message.
    static func refusal(of message: String) -> QueryProblem? {
        let parts = message.split(separator: " ")
        guard message.hasPrefix("cannot modify "), parts.count > 2 else { return nil }
        return QueryProblem("a cell may only read, not change '\(parts[2])'", id: "sql-writes")
    }

    /// Functions whose answer is no function of the database.
    private static let unsteady: Set<String> = [
        "random", "randomblob", "current_date", "current_time", "current_timestamp", "load_extension", "sqlite_version",
        "sqlite_source_id", "sqlite_compileoption_get", "sqlite_compileoption_used", "sqlite_offset", "sqlite_log",
        "changes", "total_changes", "last_insert_rowid",
    ]

    /// What a statement was about to do.
    private static func deed(_ action: Int32, _ name: String?) -> String? {
        let name = name.map { "'\($0)'" } ?? "a table"
        return switch action {
        case SQLITE_INSERT: "put rows into \(name)"
        case SQLITE_UPDATE: "change rows of \(name)"
        case SQLITE_DELETE: "take rows out of \(name)"
        case SQLITE_ATTACH, SQLITE_DETACH: "attach another database"
        case SQLITE_PRAGMA: "use 'pragma' \(name)"
        case SQLITE_TRANSACTION, SQLITE_SAVEPOINT: "begin or end a transaction"
        default: "change the database"
        }
    }
}
