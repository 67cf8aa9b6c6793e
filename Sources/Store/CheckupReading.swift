import Foundation
import GRDB

/// Several readers of one database side by side, for looking at all of it.
struct CheckupReading: Sendable {
    private let database: any DatabaseReader

    /// Readers of the database at `path`; of one in memory, its only connection.
    init(_ path: String, _ connection: any DatabaseReader) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            database = connection
            return
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(60)
        configuration.maximumReaderCount = 64
        database = try DatabasePool(path: path, configuration: configuration)
    }

    /// Reads in one snapshot.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try database.read(body) }
}
