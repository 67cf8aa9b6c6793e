import GRDB

/// The numbers of some rows that follow each other, which one task looks at.
struct RowRange: Sendable {
    private let ids: ClosedRange<Int64>

    /// How many numbers a range has.
    private static let length: Int64 = 4096

    /// What a query `BETWEEN ? AND ?` takes.
    var arguments: StatementArguments { [ids.lowerBound, ids.upperBound] }

    /// Ranges that hold all rows of `table` together, by the column `number`.
    static func all(of table: String, by number: String = "id", in db: Database) throws -> [RowRange] {
        let first = try Int64.fetchOne(db, sql: "SELECT min(\(number)) FROM \(table)")
        let last = try Int64.fetchOne(db, sql: "SELECT max(\(number)) FROM \(table)")
        guard let first, let last else { return [] }
        // A damaged number may be as far off as numbers go; what is beyond it is looked at in one go.
        let (span, isFar) = last.subtractingReportingOverflow(first)
        guard !isFar, span / length < 1 << 20 else { return [RowRange(ids: first...last)] }
        return stride(from: first, through: last, by: Int64.Stride(length)).map { start in
            RowRange(ids: start...min(last, start.addingReportingOverflow(length - 1).partialValue))
        }
    }
}
