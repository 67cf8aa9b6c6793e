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

    /// A value of a query as a value of such a table.
    static func value(_ value: QueryValue) throws -> TableValue {
        switch value {
        case .null: .plain(.null)
        case .integer(let number): .plain(.integer(Int64(number)))
        case .real(let number): .plain(.real(number))
        case .text(let text): .plain(.text(text))
        case .evidence(let set): .evidence(set)
        case .blob:
            throw WordReadingError(message: "a query over variants that others read gives texts, numbers and evidence")
        }
    }
}
