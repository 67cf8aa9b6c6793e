import GRDB

/// SQLite's functions on dates, without its clock and its time zone: a report is a function of its inputs.
///
/// Each stands in the place of SQLite's own of the same name, refuses what would look at the clock, and leaves the rest
/// to a connection of its own.
enum SteadyDates {
    /// The functions, to be added to a connection.
    static let functions = names.map(function)

    /// Their names.
    static let names = ["date", "time", "datetime", "julianday", "unixepoch", "strftime"]

    /// Arguments that ask for the clock, or for where the machine is.
    private static let unsteady: Set<String> = ["now", "localtime", "utc", "subsec", "subsecond"]

    /// How many arguments a function needs: with fewer it would take the time of now.
    static func least(_ name: String) -> Int { name == "strftime" ? 2 : 1 }

    /// Whether an argument asks for the clock.
    static func isUnsteady(_ text: String) -> Bool { unsteady.contains(text.lowercased()) }

    /// What is said of a call that asks for the clock.
    static func refusal(_ name: String) -> String {
        "'\(name)' would look at the clock: a report is a function of its inputs alone"
    }

    private static func function(_ name: String) -> DatabaseFunction {
        DatabaseFunction(name, pure: true) { arguments in
            let words = arguments.compactMap { String.fromDatabaseValue($0) }
            guard arguments.count >= least(name), !words.contains(where: isUnsteady) else {
                throw DatabaseError(message: refusal(name))
            }
            let places = Array(repeating: "?", count: arguments.count).joined(separator: ", ")
            return try own.read { db in
                try DatabaseValue.fetchOne(
                    db, sql: "select \(name)(\(places))", arguments: StatementArguments(arguments))
            }
        }
    }

    /// The connection on which the functions are SQLite's.
    private static let own = PlainConnection()
}
