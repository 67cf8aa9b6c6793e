import StageKit

/// A value of a query's row.
enum QueryValue: Hashable, Sendable {
    case null
    case integer(Int)
    case real(Double)
    case text(String)
    case evidence(EvidenceSet)
    /// Bytes that are no text: how many.
    case blob(Int)

    /// The value as the parameter of a query.
    var option: OptionValue {
        switch self {
        case .null, .evidence, .blob: .null
        case .integer(let value): .integer(value)
        case .real(let value): .real(value)
        case .text(let text): .string(text)
        }
    }

    /// Whether it is a figure.
    var isNumber: Bool { number != nil }

    /// The value as a number; nil where it is none.
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value): value
        case .null, .text, .evidence, .blob: nil
        }
    }
}

/// The rows of a query.
struct QueryResult: Sendable {
    let columns: [String]
    var rows: [[QueryValue]] = []
    /// How many rows there were beyond those that are kept.
    var further = 0
    /// The tables and views that were read, in small letters.
    var tables: Set<String> = []
}
