import GRDB

/// SQLite's functions on dates, without its clock and its time zone: a report is a function of its inputs.
///
/// Each stands in the place of SQLite's own of the same name, refuses what would look at the clock, and leaves the rest
/// to a connection of its own.
enum SteadyDates {
    /// The functions, to be added to a connection.
    static let functions = ["date", "time", "datetime", "julianday", "unixepoch", "strftime"].map(function)

    /// Arguments that ask for the clock, or for where the machine is.
    private static let unsteady: Set<String> = ["now", "localtime", "utc", "subsec", "subsecond"]

    private static func function(_ name: String) -> DatabaseFunction {
        DatabaseFunction(name, pure: true) { arguments in
            let least = name == "strftime" ? 2 : 1
            let words = arguments.compactMap { String.fromDatabaseValue($0)?.lowercased() }
            guard arguments.count >= least, !words.contains(where: unsteady.contains) else {
                throw DatabaseError(
                    message: "'\(name)' would look at the clock: a report is a function of its inputs alone")
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
