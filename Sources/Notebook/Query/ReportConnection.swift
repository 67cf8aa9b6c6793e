import GRDB
import Results
import StageKit
import Words

/// The connection to a results database from which a report is made: all of it sees one state of the results.
final class ReportConnection {
    private let queue: DatabaseQueue
    /// What queries may read.
    let interface: ResultsInterface
    /// The texts, for the tables that count words.
    let words: WordSource
    /// The tables that are functions of their arguments, by name in small letters.
    private(set) var functions = WordTables.byName
    /// Named queries that stand in tables of their own, by name in small letters.
    var filled: Set<String> = []
    /// By the message of a problem with a query, the advice that was given; nil for none.
    var advice: [String: String?] = [:]

    init(_ database: ResultsDatabase) throws {
        queue = try DatabaseQueue(path: database.path, configuration: Self.configuration)
        // Cells go over the same tables, and most passages stand in pages that were read before.
        (interface, words) = try queue.unsafeRead { db in
            try db.execute(sql: "PRAGMA cache_size = -8192")
            let longest = try Int.fetchOne(db, sql: "select max(bytes) from _document_rows") ?? 0
            try QueryLimits().apply(to: db, longestDocument: longest)
            try db.execute(sql: "BEGIN")
            let words = try Self.prepare(db)
            return (try ResultsInterface(db), words)
        }
    }

    /// A connection to results without documents, in memory: queries are checked against it.
    init(emptyWith layers: [LayerName], statistics: [StatisticsNamespace]) throws {
        var configuration = Self.configuration
        configuration.readonly = false
        queue = try DatabaseQueue(configuration: configuration)
        (interface, words) = try queue.unsafeReentrantWrite { db in
            try ResultsInterface.create(in: db, layers: layers, statistics: statistics)
            try QueryLimits().apply(to: db, longestDocument: 0)
            let words = try Self.prepare(db)
            return (try ResultsInterface(db), words)
        }
    }

    /// Reads from the database.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try queue.unsafeRead(body) }

    /// Makes more tables that are no tables of the database. One that can't be made throws what SQLite says.
    func add(_ tables: [TableFunction]) throws {
        try queue.unsafeRead { db in
            guard let database = db.sqliteConnection else { throw DatabaseError(message: "there is no connection") }
            for table in tables {
                TableModule.register(table, on: database, source: words)
                _ = try db.makeStatement(sql: "select count(*) from \(table.name)")
                functions[table.name] = table
            }
        }
    }

    /// Makes the tables that are functions of their arguments: SQLite declares them when they are first named, which a
    /// guard would take for a change.
    private static func prepare(_ db: Database) throws -> WordSource {
        guard let database = db.sqliteConnection else { throw DatabaseError(message: "there is no connection") }
        let words = WordSource(database)
        for function in WordTables.all { TableModule.register(function, on: database, source: words) }
        for name in ["json_each", "json_tree"] + WordTables.all.map(\.name) {
            _ = try db.makeStatement(sql: "select count(*) from \(name)('[]')")
        }
        return words
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        // One transaction as long as the connection lives: to open one for each of thousands of passages costs more than
        // to read them.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            db.add(function: ExcerptFunction.function)
            db.add(function: FileNameFunction.function)
            db.add(function: RegexpFunction.function)
            db.add(function: FormattedFunction.function)
            for function in EvidenceAggregate.functions + CountedFunction.functions + SteadyDates.functions
                + UnicodeFunctions.functions + PrintfFunction.functions + MeasureFunctions.functions
            {
                db.add(function: function)
            }
        }
        return configuration
    }
}
