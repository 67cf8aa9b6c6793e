import Results
import Text

/// A table as JSON Lines: an object a row, keys in the order of the columns.
enum JSONLines {
    static func table(_ name: String, of results: ResultsDatabase) throws -> [UInt8] {
        var output = JSONOutput()
        try results.forEachRow(of: name) { row in
            output.object { output in
                for (column, value) in zip(row.columns, row.values) {
                    output.key(column)
                    switch value {
                    case .null: output.null()
                    case .integer(let number): output.integer(Int(number))
                    case .real(let number): output.number(number)
                    case .text(let text): output.string(text)
                    }
                }
            }
            output.endLine()
        }
        return output.bytes
    }
}
