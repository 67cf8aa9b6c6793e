import GRDB

/// The SQL function `counted(number, noun [, plural])`: `1 document`, `12,345 documents`.
enum CountedFunction {
    /// The functions, to be added to a connection: with a plural in `s`, and with another.
    static let functions = [2, 3].map { count in
        DatabaseFunction("counted", argumentCount: count, pure: true) { values in
            let number = Int.fromDatabaseValue(values[0]) ?? 0
            let noun = String.fromDatabaseValue(values[1]) ?? ""
            let plural = values.count > 2 ? String.fromDatabaseValue(values[2]) ?? noun : noun + "s"
            return "\(NumberText.grouped(number)) \(number == 1 ? noun : plural)"
        }
    }
}
