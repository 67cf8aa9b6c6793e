import Formats
package import StageKit
import Text

/// The metadata file: one row a document, in CSV (RFC 4180) with a header, in UTF-8. Commas, semicolons, tabs or
/// strokes stand between the cells.
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

    /// The names of the columns, in small letters.
    package private(set) var columns: [String] = []
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
        let (found, separator) = Self.records(Array(text.utf8))
        var records = found
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
        self.columns = columns.filter { !$0.isEmpty }
        guard let key = columns.firstIndex(of: "document") else {
            problems = [
                Problem(
                    line: header.line, summary: "the metadata file has no column 'document'",
                    hint: Self.noKeyHint(columns, separator), code: "no-document-column")
            ]
            return
        }
        if let twice = columns.first(where: { name in !name.isEmpty && columns.count { $0 == name } > 1 }) {
            problems.append(
                Problem(
                    line: header.line, summary: "two columns are named '\(twice)'", hint: "Rename one of them.",
                    code: "duplicate-column"))
        }
        for record in records where record.openQuote != nil || !record.cells.allSatisfy(\.isEmpty) {
            if let line = record.openQuote {
                problems.append(
                    Problem(
                        line: line, summary: "a quotation mark is opened and never closed",
                        hint: "Close it; a quotation mark inside a quoted cell is written twice.", code: "open-quote"))
                continue
            }
            // spreadsheets fill rows up with empty cells
            guard record.cells.count >= columns.count, record.cells[columns.count...].allSatisfy(\.isEmpty) else {
                problems.append(
                    Problem(
                        line: record.line,
                        summary: "the row has \(Self.cells(record.cells.count)), the header \(columns.count)",
                        hint: "Put cells that hold a \(Self.name(of: separator)) in quotation marks.",
                        code: "ragged-row"))
                continue
            }
            let id = Glob.canonicalID(record.cells[key])
            if let first = rows[id] {
                problems.append(
                    Problem(
                        line: record.line, summary: "'\(id)' already has a row in line \(first.line)",
                        hint: "Remove one of them.", code: "duplicate-row"))
                continue
            }
            var fields: [MetadataField] = []
            for (k, (name, cell)) in zip(columns, record.cells).enumerated()
            where k != key && !name.isEmpty && !cell.isEmpty {
                guard name == "date" else {
                    fields.append(MetadataField(name, cell))
                    continue
                }
                switch WrittenDay(cell) {
                case .read(let day): fields.append(MetadataField(name, day))
                case .ambiguous(let days): problems.append(Self.ambiguous(cell, days, of: id, line: record.line))
                case .none:
                    problems.append(
                        Problem(
                            line: record.line, summary: "the date '\(cell)' of '\(id)' is no day, and is left out",
                            hint: "Write year, month and day: 2024-12-31.", code: "bad-date"))
                }
            }
            rows[id] = Row(line: record.line, fields: fields)
        }
    }

    private static func ambiguous(_ cell: String, _ days: [String], of id: String, line: Int) -> Problem {
        let readings =
            days.isEmpty
            ? "Write the year in full and in front: 2024-12-31." : "Write \(days.joined(separator: " or "))."
        return Problem(
            line: line, summary: "the date '\(cell)' of '\(id)' can be read in more than one way, and is left out",
            hint: readings, code: "ambiguous-date")
    }

    private static func cells(_ count: Int) -> String { count == 1 ? "1 cell" : "\(count) cells" }

    /// The signs that may stand between cells, in the order in which they are tried.
    private static let separators: [(byte: UInt8, name: String)] = [
        (UInt8(ascii: ","), "comma"), (UInt8(ascii: ";"), "semicolon"), (0x09, "tab"), (UInt8(ascii: "|"), "stroke"),
    ]

    private static func name(of separator: UInt8) -> String {
        separators.first { $0.byte == separator }?.name ?? String(Unicode.Scalar(separator))
    }

    /// The records, and the sign between their cells: the one that a first line `sep=;` names, else the one by which
    /// the header has a column `document`, else the one by which it has most columns.
    private static func records(_ bytes: [UInt8]) -> ([CSV.Record], UInt8) {
        var bytes = bytes[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        let lineEnd = bytes.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.endIndex
        let first = bytes[..<lineEnd].filter { $0 != UInt8(ascii: "\"") }
        if first.count == 5, String(decoding: first.prefix(4), as: UTF8.self).lowercased() == "sep=" {
            var records = CSV.records(Array(bytes), separator: first[4])
            // the line itself, which its own separator cuts
            records.removeFirst()
            return (records, first[4])
        }
        var best: (header: [String], byte: UInt8) = ([], separators[0].byte)
        for (byte, _) in separators {
            let header = CSV.records(Array(bytes[..<lineEnd]), separator: byte).first?.cells ?? []
            if header.contains(where: { $0.lowercased() == "document" }) {
                best.byte = byte
                break
            }
            if header.count > best.header.count { best = (header, byte) }
        }
        return (CSV.records(Array(bytes), separator: best.byte), best.byte)
    }

    private static func noKeyHint(_ columns: [String], _ separator: UInt8) -> String {
        let names = columns.filter { !$0.isEmpty }.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
        let rest = columns.count > 8 ? " and others" : ""
        return "Name the column that holds each document's path 'document'. "
            + "The columns are \(names)\(rest), with a \(name(of: separator)) between them."
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
