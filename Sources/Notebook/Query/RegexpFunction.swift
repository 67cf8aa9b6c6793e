import GRDB
import Synchronization
import Words

/// `text regexp 'pattern'`: whether a regular expression of PCRE2 fits anywhere in the text. Capitals count, unless the
/// pattern begins with `(?i)`.
enum RegexpFunction {
    /// The function, to be added to a connection.
    static let function = DatabaseFunction("regexp", argumentCount: 2, pure: true) { values in
        guard let pattern = String.fromDatabaseValue(values[0]), var text = String.fromDatabaseValue(values[1]) else {
            return nil
        }
        do {
            let expression = try expression(pattern)
            return try text.withUTF8 { bytes throws(PatternProblem) in
                // an empty text may have no address
                bytes.isEmpty
                    ? try expression.fits([]) : try expression.firstMatch(in: bytes) != nil
            }
        } catch let problem as PatternProblem {
            throw DatabaseError(message: problem.message + (problem.hint.map { ". \($0)" } ?? ""))
        }
    }

    /// The expression that was asked for last: a query has one pattern for all rows.
    private static let last = Mutex<(pattern: String, expression: RegularExpression)?>(nil)

    private static func expression(_ pattern: String) throws(PatternProblem) -> RegularExpression {
        let known = last.withLock { $0?.pattern == pattern ? $0?.expression : nil }
        if let known { return known }
        let made = try RegularExpression(pattern, isFolded: false)
        last.withLock { $0 = (pattern, made) }
        return made
    }
}
