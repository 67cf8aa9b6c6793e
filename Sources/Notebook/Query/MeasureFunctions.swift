import GRDB
import Words

/// Measures of words in SQL, for counts of one's own: `g2(a, of, b, of)` and others, `p_value` and `median`.
enum MeasureFunctions {
    /// The functions, to be added to a connection.
    static let functions =
        [
            table("g2", \.g2), table("chi2", \.chiSquared), table("log_ratio", \.logRatio),
            table("percent_diff", \.percentDifference),
            DatabaseFunction("p_value", argumentCount: 1, pure: true) { values in
                values.first.flatMap(real).flatMap { number(ContingencyTable.probability(of: $0)) }
            },
            DatabaseFunction("median", argumentCount: 1, pure: true, aggregate: MedianAggregate.self),
        ]

    /// A measure of how often something occurs here and elsewhere: `name(occurrences, size, occurrences, size)`. Null
    /// where the numbers give none.
    private static func table(
        _ name: String, _ measure: @escaping @Sendable (ContingencyTable) -> Double
    ) -> DatabaseFunction {
        DatabaseFunction(name, argumentCount: 4, pure: true) { values in
            let numbers = values.compactMap(real)
            guard numbers.count == 4 else { return nil }
            return number(measure(ContingencyTable(numbers[0], of: numbers[1], elsewhere: numbers[2], of: numbers[3])))
        }
    }

    private static func number(_ value: Double) -> Double? { value.isNaN ? nil : value }
}

/// The number that a value of SQL gives. It is not inlined: the optimizer of Swift 6.3 stops with an error where it is.
@inline(never)
private func real(_ value: DatabaseValue) -> Double? { Double.fromDatabaseValue(value) }

/// The SQL aggregate `median(number)`: the middle of the numbers that are not null.
private struct MedianAggregate: DatabaseAggregate {
    private var values: [Double] = []
    private static let most = 5_000_000

    mutating func step(_ arguments: [DatabaseValue]) throws {
        guard let value = arguments.first.flatMap(real), !value.isNaN else { return }
        guard values.count < Self.most else {
            throw DatabaseError(message: "'median' was given more than \(NumberText.grouped(Self.most)) numbers")
        }
        values.append(value)
    }

    func finalize() throws -> (any DatabaseValueConvertible)? { Median.of(values) }
}
