import GRDB

/// Puts rows into a table, many by one statement as long as there are many: the table's place is then looked up once for
/// all of them, and rows that come in order of their key are put behind each other.
struct RowInserter {
    private let width: Int
    private let one: BoundStatement
    private let many: BoundStatement

    /// How many rows are put in at once.
    private static let many = 32

    /// Of rows with `width` values into the table `name`.
    init(into name: String, width: Int, in db: Database) throws {
        self.width = width
        func statement(rows: Int) throws -> BoundStatement {
            let row = "(\(Array(repeating: "?", count: width).joined(separator: ", ")))"
            let rows = Array(repeating: row, count: rows).joined(separator: ", ")
            return BoundStatement(
                try db.makeStatement(sql: "insert into \(SQL.name(name)) values \(rows)"), table: name)
        }
        one = try statement(rows: 1)
        many = try statement(rows: Self.many)
    }

    /// Puts in `count` rows. `bind` binds the values of the next one, the first of them at the place that it is told;
    /// texts stay where they are until the call returns.
    func insert(_ count: Int, _ bind: (BoundStatement, _ place: Int) throws -> Void) throws {
        var left = count
        while left > 0 {
            let size = left < Self.many ? 1 : Self.many
            let statement = left < Self.many ? one : many
            for row in 0..<size { try bind(statement, row * width + 1) }
            try statement.step()
            left -= size
        }
    }
}
