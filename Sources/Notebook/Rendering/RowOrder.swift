import Model

/// The field `order` of a table or a chart: columns (`words desc, publisher`), or texts of the first column between strokes
/// (`Courier | Wire`), whose rows come first in this order.
struct RowOrder {
    private enum Form {
        case columns([(name: String, isDescending: Bool)])
        case texts([String])
    }

    private let form: Form

    /// Reads what the field says.
    init(_ text: String) throws(QueryProblem) {
        if text.contains("|") {
            form = .texts(text.split(separator: "|").map(\.trimmed).filter { !$0.isEmpty })
            return
        }
        var columns: [(name: String, isDescending: Bool)] = []
        for part in text.split(separator: ",") {
            var name = part.trimmed
            let words = name.split(whereSeparator: \.isWhitespace)
            var isDescending = false
            if words.count > 1, let last = words.last, ["asc", "desc"].contains(last.lowercased()) {
                isDescending = last.lowercased() == "desc"
                name = name.dropLast(last.count).trimmed
            }
            columns.append((name, isDescending))
        }
        guard !columns.isEmpty else { throw QueryProblem("'order' names no column", id: "order") }
        form = .columns(columns)
    }

    /// The columns that it names.
    var names: [String] { if case .columns(let columns) = form { columns.map(\.name) } else { [] } }

    /// The texts that it names.
    var texts: [String] { if case .texts(let texts) = form { texts } else { [] } }

    /// The rows of a query in this order; rows that are equal in it stay as they were. What was cut could have stood before
    /// what is there.
    func sorted(_ result: QueryResult) throws(QueryProblem) -> QueryResult {
        guard result.further == 0 else {
            throw QueryProblem(
                "'order' needs all rows, and the cell shows only the first \(result.rows.count)",
                hint: "Put 'order by' into the query.", id: "order")
        }
        var sorted = result
        let rows = result.rows.enumerated()
        switch form {
        case .texts(let texts):
            let places = Dictionary(texts.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            func place(_ row: [QueryValue]) -> Int { row.first.flatMap { places[ValueText.plain($0)] } ?? texts.count }
            sorted.rows = rows.sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }.map(\.element)
        case .columns(let columns):
            var keys: [(column: Int, isDescending: Bool)] = []
            for column in columns {
                guard let number = result.columns.firstIndex(of: column.name) else {
                    throw Self.unknown(column.name, result)
                }
                keys.append((number, column.isDescending))
            }
            sorted.rows = rows.sorted { one, other in
                for key in keys {
                    let (a, b) = (one.element[key.column], other.element[key.column])
                    if Self.precedes(a, b) { return !key.isDescending }
                    if Self.precedes(b, a) { return key.isDescending }
                }
                return one.offset < other.offset
            }.map(\.element)
        }
        return sorted
    }

    static func unknown(_ name: String, _ result: QueryResult) -> QueryProblem {
        QueryProblem(
            "'order' names the column '\(name)', which the query does not give",
            hint: NearName.hint(name, among: result.columns), id: "unknown-column")
    }

    /// As SQLite orders values: nothing, numbers, texts by their bytes.
    private static func precedes(_ a: QueryValue, _ b: QueryValue) -> Bool {
        switch (a, b) {
        case (.text(let a), .text(let b)): return a.utf8.lexicographicallyPrecedes(b.utf8)
        default:
            if let a = a.number, let b = b.number { return a < b }
            return rank(a) < rank(b)
        }
    }

    private static func rank(_ value: QueryValue) -> Int {
        switch value {
        case .null: 0
        case .integer, .real: 1
        case .text: 2
        case .blob, .evidence: 3
        }
    }
}
