/// A table of numbers in which a field of a stronger shade is a larger number: the first column names the rows, the second the
/// columns, the third gives the numbers.
struct HeatChart: Chart {
    /// A number with the row of the query that gives it.
    private struct Field {
        let value: Double
        let row: Int
    }

    private let rows: [String]
    private let columns: [String]
    private let fields: [[Field?]]
    private let measure: String
    let notes: [String]

    /// More rows or columns than these are too small to read.
    private static let limit = (rows: 40, columns: 16)

    init(_ result: QueryResult) throws(QueryProblem) {
        let shown = try ChartKind.heat.shown(
            of: result, "a heat chart needs three columns: names of rows, names of columns, and numbers")
        measure = result.columns[shown[2]].replacing("_", with: " ")
        var places: (rows: [String: Int], columns: [String: Int]) = ([:], [:])
        var names: (rows: [String], columns: [String]) = ([], [])
        var given: [(row: Int, column: Int, field: Field)] = []
        for (number, values) in result.rows.enumerated() {
            let row = Self.place(values[shown[0]], &places.rows, &names.rows)
            let column = Self.place(values[shown[1]], &places.columns, &names.columns)
            guard let value = values[shown[2]].number, value.isFinite else { continue }
            given.append((row, column, Field(value: value, row: number)))
        }
        rows = Array(names.rows.prefix(Self.limit.rows))
        columns = Array(names.columns.prefix(Self.limit.columns))
        var fields = [[Field?]](repeating: Array(repeating: nil, count: columns.count), count: rows.count)
        var doubled: [String] = []
        for (row, column, field) in given where row < rows.count && column < columns.count {
            if fields[row][column] != nil { doubled.append("\(rows[row]), \(columns[column])") }
            fields[row][column] = field
        }
        guard doubled.isEmpty else {
            throw QueryProblem(
                "several rows of the chart are for '\(doubled[0])'",
                hint: "Group the query by its first two columns, so that each pair has one row.", id: "chart-moments")
        }
        self.fields = fields
        var notes: [String] = []
        if names.rows.count > rows.count {
            notes.append("The picture shows the first \(rows.count) of \(NumberText.grouped(names.rows.count)) rows.")
        }
        if names.columns.count > columns.count {
            notes.append(
                "The picture shows the first \(columns.count) of \(NumberText.grouped(names.columns.count)) columns.")
        }
        self.notes = notes
    }

    private static func place(_ value: QueryValue, _ places: inout [String: Int], _ names: inout [String]) -> Int {
        let plain = ValueText.plain(value)
        let name = plain.isEmpty ? "none" : plain
        if let place = places[name] { return place }
        places[name] = names.count
        names.append(name)
        return names.count - 1
    }

    /// The largest number with its row and its column.
    private var description: String {
        let all = rows.indices.flatMap { row in
            columns.indices.compactMap { column in fields[row][column].map { (row, column, $0.value) } }
        }
        guard let most = all.max(by: { $0.2 < $1.2 }) else { return "" }
        return "Most \(measure): \(rows[most.0]), \(columns[most.1]) (\(NumberText.real(most.2)))"
    }

    func draw(title: String, highlighted: Set<String>, link: (Int) -> String?) -> Picture {
        var picture = Picture(title: title)
        picture.description = description
        let labels = rows.map { Picture.fitted($0, to: 180) }
        let heads = columns.map { Picture.fitted($0, to: 150) }
        let left = (labels.map(Picture.width).max() ?? 0) + 18
        let top = (heads.map(Picture.width).max() ?? 0) + 14
        // a number is not cut: a field is as wide as the widest, if there is room
        let widest =
            fields.joined().compactMap { $0.map { Picture.width(of: NumberText.real($0.value)) + 8 } }.max() ?? 0
        let width = min(max(64, widest), (Picture.width - 10 - left) / Double(max(1, columns.count)))
        picture.height = top + 22 * Double(rows.count) + 28
        let most = fields.joined().compactMap { $0?.value.magnitude }.max() ?? 0
        for (k, head) in heads.enumerated() {
            picture.text(head, left + width * (Double(k) + 0.5) + 4, top - 6, class: "note", turned: true)
        }
        for (row, label) in labels.enumerated() {
            let y = top + 22 * Double(row)
            picture.text(label, left - 8, y + 15, .end, class: highlighted.contains(rows[row]) ? "strong" : nil)
            for (column, field) in fields[row].enumerated() {
                guard let field else { continue }
                let x = left + width * Double(column)
                picture.field(
                    x + 1, y + 1, width - 2, 20, strength: most > 0 ? field.value.magnitude / most : 0,
                    label: "\(rows[row]), \(columns[column]): \(NumberText.real(field.value)) \(measure)",
                    link: link(field.row))
                let text = NumberText.real(field.value)
                if Picture.width(of: text) <= width - 4 { picture.text(text, x + width / 2, y + 15, .middle) }
            }
        }
        picture.text(
            Picture.fitted(
                "\(measure): the stronger the shade, the more; no field where there is none", to: Picture.width - 20),
            10,
            picture.height - 8, class: "note")
        return picture
    }
}
