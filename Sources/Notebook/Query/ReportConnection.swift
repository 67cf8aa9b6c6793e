import GRDB
import Results

/// The connection to a results database from which a report is made: all of it sees one state of the results.
final class ReportConnection {
    private let queue: DatabaseQueue

    init(_ database: ResultsDatabase) throws {
        var configuration = Configuration()
        configuration.readonly = true
        // One transaction as long as the connection lives: to open one for each of thousands of passages costs more than
        // to read them.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            db.add(function: ExcerptFunction.function)
            for function in EvidenceAggregate.functions + CountedFunction.functions + SteadyDates.functions {
                db.add(function: function)
            }
        }
        queue = try DatabaseQueue(path: database.path, configuration: configuration)
        // Cells go over the same tables, and most passages stand in pages that were read before.
        try queue.unsafeRead { try $0.execute(sql: "PRAGMA cache_size = -8192; BEGIN") }
    }

    /// Reads from the database.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try queue.unsafeRead(body) }
}
