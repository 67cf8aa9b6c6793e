import GRDB
package import Results

extension ResultsDatabase {
    /// Lets `body` read the words of the database through a connection of its own.
    package func searching<Value>(_ body: (WordSource) throws -> Value) throws -> Value {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        return try DatabaseQueue(path: path, configuration: configuration).read { db in
            guard let database = db.sqliteConnection else {
                throw WordReadingError(message: "the results can't be opened")
            }
            return try body(WordSource(database))
        }
    }
}
