import Digests
import Foundation
import Project
import Results
import StageKit
import Text

/// Finds the rows of the results that name an id or come from a place.
struct Tracing {
    private let results: ResultsDatabase

    init(_ results: ResultsDatabase) { self.results = results }

    /// The rows of one table that were found.
    struct Group {
        let table: String
        let rows: [ResultsRow]
    }

    /// The columns that hold ids of other rows, or the row's own.
    private static func isIdentifier(_ column: String) -> Bool {
        ["claim", "mention", "entity", "source", "statement", "question", "answer"].contains {
            column == $0 || column.hasPrefix($0 + "_") && !column.hasSuffix("_start") && !column.hasSuffix("_end")
                || column.hasSuffix("_" + $0)
        }
    }

    /// Every row in which a column of ids is `id`.
    func rows(naming id: String) throws -> [Group] {
        try results.publicTables().compactMap { table in
            let columns = try results.columns(of: table).filter(Self.isIdentifier)
            guard !columns.isEmpty else { return nil }
            var rows: [ResultsRow] = []
            try results.forEachRow(of: table, whereAnyOf: columns, is: id) { rows.append($0) }
            return rows.isEmpty ? nil : Group(table: table, rows: rows)
        }
    }

    /// Every row that was read from these lines of `document`, whose file is at `path`.
    func rows(at place: SourcePlace, in document: String, file path: String) throws -> [Group] {
        guard let data = FileManager.default.contents(atPath: path) else { throw Problem.unreadable(path) }
        var digest: String?
        try results.forEachRow(of: "documents", whereAnyOf: ["document"], is: document) { digest = $0["sha256"].text }
        guard digest == ContentDigest(of: Array(data)).description else { throw Problem.changed(path) }
        guard let bytes = Self.bytes(of: place.lines, in: data) else { throw Problem.noSuchLine(path, place) }
        return try results.publicTables().compactMap { table in
            guard try Set(["document", "line", "source_start"]).isSubset(of: results.columns(of: table)) else {
                return nil
            }
            var rows: [ResultsRow] = []
            try results.forEachRow(of: table, in: document, bytes: bytes, lines: place.lines) { rows.append($0) }
            return rows.isEmpty ? nil : Group(table: table, rows: rows)
        }
    }

    /// Why the lines of a file lead nowhere.
    enum Problem: Error {
        case unreadable(String)
        case changed(String)
        case noSuchLine(String, SourcePlace)

        var message: String {
            switch self {
            case .unreadable(let path): "the file '\(path)' can't be read [unreadable-file]"
            case .changed(let path):
                "the file '\(path)' has changed since the last run, so its lines are not those of the results. Run the "
                    + "pipeline again. [changed-document]"
            case .noSuchLine(let path, let place):
                "the file '\(path)' has no line \(place.lines.lowerBound) [unknown-line]"
            }
        }
    }

    /// The bytes of these lines with their line ends; nil where the file has fewer lines.
    static func bytes(of lines: ClosedRange<Int>, in data: Data) -> Range<Int>? {
        var start: Int?
        var line = 1
        if lines.lowerBound == 1 { start = 0 }
        for (offset, byte) in data.enumerated() where byte == 0x0A {
            if line == lines.upperBound, let start { return start..<offset + 1 }
            line += 1
            if line == lines.lowerBound { start = offset + 1 }
        }
        guard let start, start < data.count else { return nil }
        return start..<data.count
    }
}

extension Tracing.Group {
    /// The table with its count, and a line a row: where it was read and what stands in it.
    var text: String {
        let lines = rows.map { row in
            let place = row["document"].text.map { document in
                document + (row["line"].integer.map { ":\($0)" } ?? "")
            }
            let bytes = row["source_start"].integer.flatMap { start in
                row["source_end"].integer.map { "bytes \(start)–\($0)" }
            }
            let shown = ["document", "line", "source_start", "source_end", "start", "end", "n", "sentence", "block"]
            let facts = zip(row.columns, row.values).compactMap { column, value -> String? in
                shown.contains(column) ? nil : value.shown.map { "\(column): \($0)" }
            }
            return "  " + ([place, bytes].compactMap(\.self) + facts).joined(separator: "  ")
        }
        return "\(table) (\(Wording.grouped(rows.count)))\n" + lines.joined(separator: "\n") + "\n"
    }

    /// A line of JSON a row, with the name of its table first.
    var json: [UInt8] {
        rows.flatMap { row in
            JSONOutput.line { output in
                output.field("table", table)
                output.members(of: row)
            }
        }
    }
}

extension ResultsValue {
    /// The value on a line of a terminal; nil for null and an empty text. A long text is cut, with `…` for the rest.
    fileprivate var shown: String? {
        switch self {
        case .null: return nil
        case .integer(let number): return String(number)
        case .real(let number): return "\(number)"
        case .text(let text):
            let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard !line.isEmpty else { return nil }
            return (line.count > 120 ? line.prefix(119) + "…" : line[...]).description.printable()
        }
    }
}
