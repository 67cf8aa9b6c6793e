import GRDB
import Results
import StageKit

/// The connection to a results database from which a report is made: all of it sees one state of the results.
final class ReportConnection {
    private let queue: DatabaseQueue
    /// What queries may read.
    let interface: ResultsInterface

    init(_ database: ResultsDatabase) throws {
        queue = try DatabaseQueue(path: database.path, configuration: Self.configuration)
        // Cells go over the same tables, and most passages stand in pages that were read before.
        interface = try queue.unsafeRead { db in
            try db.execute(sql: "PRAGMA cache_size = -8192")
            let longest = try Int.fetchOne(db, sql: "select max(bytes) from document_rows") ?? 0
            try QueryLimits().apply(to: db, longestDocument: longest)
            try db.execute(sql: "BEGIN")
            try Self.warm(db)
            return try ResultsInterface(db)
        }
    }

    /// A connection to results without documents, in memory: queries are checked against it.
    init(emptyWith layers: [LayerName], statistics: [StatisticsNamespace]) throws {
        var configuration = Self.configuration
        configuration.readonly = false
        queue = try DatabaseQueue(configuration: configuration)
        interface = try queue.unsafeReentrantWrite { db in
            try ResultsInterface.create(in: db, layers: layers, statistics: statistics)
            try QueryLimits().apply(to: db, longestDocument: 0)
            try Self.warm(db)
            return try ResultsInterface(db)
        }
    }

    /// Reads from the database.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try queue.unsafeRead(body) }

    /// Makes the tables that are functions of their arguments: SQLite declares them when they are first named, which a
    /// guard would take for a change.
    private static func warm(_ db: Database) throws {
        _ = try Int.fetchOne(db, sql: "select count(*) from json_each('[]'), json_tree('[]')")
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        // One transaction as long as the connection lives: to open one for each of thousands of passages costs more than
        // to read them.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            db.add(function: ExcerptFunction.function)
            for function in EvidenceAggregate.functions + CountedFunction.functions + SteadyDates.functions
                + UnicodeFunctions.functions + PrintfFunction.functions
            {
                db.add(function: function)
            }
        }
        return configuration
    }
}
