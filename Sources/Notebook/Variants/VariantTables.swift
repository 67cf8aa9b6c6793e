import Results
import Words

/// The tables that tell of variants. They are empty where a pipeline has none.
enum VariantTables {
    /// All of them over `source`; without one they have no rows.
    static func all(of source: VariantSource?) -> [TableFunction] {
        [
            TableFunction("variants", columns: [VariantSource.column, "n", "settings", "as_written"]) {
                source?.list ?? []
            },
            TableFunction("variant_settings", columns: [VariantSource.column, "setting", "value"]) {
                source?.settings ?? []
            },
            TableFunction(
                "variant_changes",
                columns: [VariantSource.column, "subject", "change", "id", "name", "document", "detail"]
            ) { try source?.changes() ?? [] },
        ]
    }

    /// How many rows a query over variants may have that others read like a table.
    static let most = 100_000

    /// A value of a query as a value of such a table; evidence stays with its own results.
    static func value(_ value: QueryValue) throws -> ResultsValue {
        switch value {
        case .null: .null
        case .integer(let number): .integer(Int64(number))
        case .real(let number): .real(number)
        case .text(let text): .text(text)
        case .evidence, .blob:
            throw WordReadingError(
                message: "a query over variants that others read gives texts and numbers, and no evidence")
        }
    }
}
