import GRDB

/// The SQL function `formatted(value, format)`: a number, date or month as a `format` writes it.
enum FormattedFunction {
    /// The function, to be added to a connection.
    static let function = DatabaseFunction("formatted", argumentCount: 2, pure: true) { values in
        guard let pattern = String.fromDatabaseValue(values[1]), let format = ValueFormat(pattern) else {
            throw DatabaseError(message: "'formatted' has no such format. \(ValueFormat.examples)")
        }
        let value: QueryValue =
            switch values[0].storage {
            case .null: .null
            case .int64(let number): .integer(Int(number))
            case .double(let number): .real(number)
            case .string(let text): .text(text)
            case .blob(let bytes): .blob(bytes.count)
            }
        return format.text(value) ?? values[0]
    }
}
