import GRDB
import StageKit
package import Text

/// A value of a results table, as SQLite stores it.
package enum ResultsValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)

    /// The text; nil for a number or null.
    package var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The whole number; nil for anything else.
    package var integer: Int? { if case .integer(let number) = self { Int(exactly: number) } else { nil } }
}

/// A row, by column name in the order of the columns.
package struct ResultsRow: Sendable {
    /// The names of the columns; the same array for every row of a table.
    package let columns: [String]
    /// As many values as columns.
    package let values: [ResultsValue]

    /// A row of `columns` with these values.
    package init(columns: [String], values: [ResultsValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value of a column; null for one that the row does not have.
    package subscript(_ column: String) -> ResultsValue {
        columns.firstIndex(of: column).map { values[$0] } ?? .null
    }
}

extension JSONOutput {
    /// The columns of a row as members of the object that is being written.
    package mutating func members(of row: ResultsRow) {
        for (column, value) in zip(row.columns, row.values) {
            key(column)
            switch value {
            case .null: null()
            case .integer(let number): integer(Int(number))
            case .real(let real): number(real)
            case .text(let text): string(text)
            }
        }
    }
}

extension ResultsDatabase {
    /// The tables and views that `docs/results.md` documents and the tables of users' own layers, in a fixed order: what
    /// goes out to other programs. What the database keeps for itself is not among them.
    package func publicTables() throws(ResultsError) -> [String] { try read { try ResultsInterface($0).names } }

    /// Whether a document of this path is in the results.
    package func has(document: String) throws(ResultsError) -> Bool {
        try read {
            try Bool.fetchOne($0, sql: "select 1 from _paths where document = ?", arguments: [document]) ?? false
        }
    }

    /// The tables and views that `docs/results.md` documents, whose columns hold what it says.
    package static let documentedTables = Set(
        (ResultsSchema.documentedViews + ResultsSchema.documentedTables))

    /// The columns of a table or view of ``publicTables()``.
    package func columns(of table: String) throws(ResultsError) -> [String] {
        try read { db in try db.columns(in: table).map(\.name) }
    }

    /// Hands over each row of a table or view of ``publicTables()``, in the order of the documents and passages.
    package func forEachRow(of table: String, _ body: (ResultsRow) throws -> Void) throws(ResultsError) {
        try forEachRow(of: table, where: "true", [:], body)
    }

    /// Hands over these columns of each row of a table or view of ``publicTables()``; no other column is computed.
    package func forEachRow(
        of table: String, columns: [String], _ body: (ResultsRow) throws -> Void
    ) throws(ResultsError) {
        try read { db in
            let list = columns.map(SQL.name).joined(separator: ", ")
            let rows = try Row.fetchCursor(db, sql: "select \(list) from \(SQL.name(table))")
            while let row = try rows.next() {
                try body(ResultsRow(columns: columns, values: columns.indices.map { Self.value(row, at: $0) }))
            }
        }
    }

    /// Hands over the rows of a table or view of ``publicTables()`` in which any of `columns` is `value`, in order.
    package func forEachRow(
        of table: String, whereAnyOf columns: [String], is value: String, _ body: (ResultsRow) throws -> Void
    ) throws(ResultsError) {
        let condition = columns.map { "\(SQL.name($0)) = :value" }.joined(separator: " or ")
        try forEachRow(of: table, where: condition, ["value": value], body)
    }

    /// Hands over the rows of `document` in a table or view of ``publicTables()`` that come from `bytes` of its file or,
    /// where the way back is not known, begin in one of `lines`.
    package func forEachRow(
        of table: String, in document: String, bytes: Range<Int>, lines: ClosedRange<Int>,
        _ body: (ResultsRow) throws -> Void
    ) throws(ResultsError) {
        // a passage without length lies where it begins
        let condition = """
            document = :document and case when source_start is null then line between :first and :last
              else source_start < :end and max(source_end, source_start + 1) > :start end
            """
        try forEachRow(
            of: table, where: condition,
            [
                "document": document, "first": lines.lowerBound, "last": lines.upperBound, "start": bytes.lowerBound,
                "end": bytes.upperBound,
            ], body)
    }

    private func forEachRow(
        of table: String, where condition: String, _ arguments: StatementArguments, _ body: (ResultsRow) throws -> Void
    ) throws(ResultsError) {
        try read { db in
            let columns = try db.columns(in: table).map(\.name)
            let rows = try Row.fetchCursor(
                db, sql: "select * from \(SQL.name(table)) where \(condition)", arguments: arguments)
            while let row = try rows.next() {
                try body(ResultsRow(columns: columns, values: columns.indices.map { Self.value(row, at: $0) }))
            }
        }
    }

    static func value(_ row: Row, at index: Int) -> ResultsValue {
        let stored: DatabaseValue = row[index]
        return switch stored.storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .double(let number): .real(number)
        case .string(let text): .text(text)
        case .blob(let bytes): .text(bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
        }
    }
}
