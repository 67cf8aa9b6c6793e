import Results
import Text

/// A table as JSON Lines: an object a row, keys in the order of the columns.
enum JSONLines {
    static func table(_ name: String, of results: ResultsDatabase) throws -> [UInt8] {
        var output = JSONOutput()
        try results.forEachRow(of: name) { row in
            output.object { $0.members(of: row) }
            output.endLine()
        }
        return output.bytes
    }
}
