import Foundation
import GRDB

/// Several readers of one database side by side, for looking at all of it.
struct CheckupReading: Sendable {
    private let database: any DatabaseReader
    private let path: String

    /// Readers of the database at `path`; of one in memory, its only connection.
    init(_ path: String, _ connection: any DatabaseReader) throws(StoreProblem) {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else {
            database = connection
            return
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(60)
        configuration.maximumReaderCount = 64
        do {
            database = try DatabasePool(path: path, configuration: configuration)
        } catch {
            throw StoreProblem(error, path: path)
        }
    }

    /// Reads in one snapshot.
    func read<Value>(_ body: (Database) throws -> Value) throws(StoreProblem) -> Value {
        do { return try database.read(body) } catch { throw StoreProblem(error, path: path) }
    }
}
