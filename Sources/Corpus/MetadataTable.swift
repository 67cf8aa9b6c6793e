package import StageKit

/// The metadata file: one row a document, in CSV (RFC 4180) with a header, in UTF-8.
package struct MetadataTable: Sendable {
    /// A row: the line on which it begins, from 1, and its cells that are not empty, in order of the columns.
    package struct Row: Sendable {
        package var line: Int
        package var fields: [MetadataField]
    }

    /// What is wrong with the file, with its line.
    package struct Problem: Error, Hashable, Sendable {
        package var line: Int
        package var summary: String
        package var hint: String?
        package var code: String
    }

    /// The rows by the document's id.
    package private(set) var rows: [String: Row] = [:]
    /// What is wrong, in order of the lines; rows in question are left out.
    package private(set) var problems: [Problem] = []

    /// The table in `bytes`.
    package init(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let line = 1 + bytes.prefix(Self.validPrefix(bytes)).count { $0 == 0x0A }
            problems = [
                Problem(
                    line: line, summary: "the metadata file is not UTF-8", hint: "Save it as UTF-8.", code: "not-utf8")
            ]
            return
        }
        var records = CSV.records(text.hasPrefix("\u{FEFF}") ? Array(text.utf8.dropFirst(3)) : Array(text.utf8))
        guard !records.isEmpty else {
            problems = [
                Problem(
                    line: 1, summary: "the metadata file is empty", hint: "Its first line has to name the columns.",
                    code: "empty-metadata")
            ]
            return
        }
        let header = records.removeFirst()
        let columns = header.cells.map { $0.lowercased() }
        guard let key = columns.firstIndex(of: "document") else {
            problems = [
                Problem(
                    line: header.line, summary: "the metadata file has no column 'document'",
                    hint: "Name the column that holds each document's path 'document'.", code: "no-document-column")
            ]
            return
        }
        if let twice = columns.first(where: { name in columns.count { $0 == name } > 1 }) {
            problems.append(
                Problem(
                    line: header.line, summary: "two columns are named '\(twice)'", hint: "Rename one of them.",
                    code: "duplicate-column"))
        }
        for record in records where record.cells != [""] {
            if let line = record.openQuote {
                problems.append(
                    Problem(
                        line: line, summary: "a quotation mark is opened and never closed",
                        hint: "Close it; a quotation mark inside a quoted cell is written twice.", code: "open-quote"))
                continue
            }
            guard record.cells.count == columns.count else {
                problems.append(
                    Problem(
                        line: record.line,
                        summary: "the row has \(Self.cells(record.cells.count)), the header \(columns.count)",
                        hint: "Put cells that hold a comma in quotation marks.", code: "ragged-row"))
                continue
            }
            let id = CSV.canonical(record.cells[key])
            if let first = rows[id] {
                problems.append(
                    Problem(
                        line: record.line, summary: "'\(id)' already has a row in line \(first.line)",
                        hint: "Remove one of them.", code: "duplicate-row"))
                continue
            }
            var fields = zip(columns, record.cells).enumerated().filter { $0.offset != key && !$0.element.1.isEmpty }
                .map { MetadataField($0.element.0, $0.element.1) }
            if let date = fields.first(where: { $0.key == "date" })?.value, !Self.mayBeDate(date) {
                problems.append(
                    Problem(
                        line: record.line, summary: "the date '\(date)' of '\(id)' is no day, and is left out",
                        hint: "write year, month and day: 2024-12-31", code: "bad-date"))
                fields.removeAll { $0.key == "date" }
            }
            rows[id] = Row(line: record.line, fields: fields)
        }
    }

    private static func cells(_ count: Int) -> String { count == 1 ? "1 cell" : "\(count) cells" }

    /// Whether a date that is written in numbers, the year first, has a month and a day that there are. What is written
    /// otherwise is for the stages to read.
    private static func mayBeDate(_ text: String) -> Bool {
        let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
        guard let year = parts.first, year.count == 4, let year = Int(year), parts.count > 1 else { return true }
        guard let month = Int(parts[1]), (1...12).contains(month) else { return false }
        guard parts.count > 2 else { return true }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        return Int(parts[2]).map { (1...days).contains($0) } ?? false
    }

    private static func validPrefix(_ bytes: [UInt8]) -> Int {
        var low = 0
        var high = bytes.count
        while low < high {
            let middle = (low + high + 1) / 2
            // A cut inside a scalar is no fault: up to three more bytes may complete it.
            let isValid = (0...3).contains {
                middle + $0 <= bytes.count && String(validating: bytes[..<(middle + $0)], as: UTF8.self) != nil
            }
            if isValid { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
