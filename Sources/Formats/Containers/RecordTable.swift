import StageKit
import Text

/// A table with a header, each row a document. The name of a document is its `id`, or the number of its row.
struct RecordTable {
    private let columns: FormatReader.Columns
    private let isTabbed: Bool

    init(_ columns: FormatReader.Columns, isTabbed: Bool) {
        self.columns = columns
        self.isTabbed = isTabbed
    }

    func read(
        _ bytes: [UInt8], document: (String, ExtractedSource) throws -> Void,
        leave: (String, StageFailure) throws -> Void
    ) throws {
        let text = EncodedText.withoutMark(bytes)
        guard String(validating: text, as: UTF8.self) != nil else {
            throw StageFailure(
                "the table is not UTF-8", hint: "save it as UTF-8, for example as 'CSV UTF-8' in Excel",
                code: "not-utf-8")
        }
        var rows = CSV.records(text, separator: separator(of: text))
        guard !rows.isEmpty else { throw StageFailure.noText }
        let names = rows.removeFirst().cells
        guard names.contains(where: { $0.lowercased() == columns.column("text") }) else {
            let shown = names.filter { !$0.isEmpty }.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
            throw StageFailure(
                "the table has no column '\(columns.column("text"))'",
                hint: "name the column under 'columns: {text: …}' of the corpus; there are \(shown)",
                code: "no-text-column")
        }
        var taken: Set<String> = []
        for name in names.map({ $0.lowercased() }) where !name.isEmpty && !taken.insert(name).inserted {
            throw StageFailure(
                "the header names the column '\(name)' twice", hint: "give each column a name of its own",
                code: "column-twice")
        }
        for (n, row) in rows.enumerated() where row.openQuote != nil || !row.cells.allSatisfy(\.isEmpty) {
            let number = "line \(row.line)"
            if let line = row.openQuote {
                try leave(
                    number,
                    StageFailure("a quotation mark is opened in line \(line) and never closed", code: "open-quote"))
                continue
            }
            guard row.cells.count >= names.count, row.cells[names.count...].allSatisfy(\.isEmpty) else {
                try leave(
                    number,
                    StageFailure(
                        "the row has \(row.cells.count) cells, the header \(names.count)",
                        hint: "put cells that hold the separator in quotation marks", code: "ragged-row"))
                continue
            }
            var record = RecordFacts(columns)
            for (name, cell) in zip(names, row.cells) { record.add(name, cell) }
            if let source = record.source {
                try document(record.id.map(RecordFacts.name) ?? "\(n + 1)", source)
            } else {
                try leave(number, StageFailure("the row has no text", code: "no-text"))
            }
        }
    }

    /// A tab, or the sign by which the header has most columns.
    private func separator(of bytes: [UInt8]) -> UInt8 {
        guard !isTabbed else { return 0x09 }
        let header = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        let signs: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]
        func width(_ sign: UInt8) -> Int { CSV.records(Array(header), separator: sign).first?.cells.count ?? 0 }
        var best = (sign: signs[0], width: width(signs[0]))
        for sign in signs.dropFirst() where width(sign) > best.width { best = (sign, width(sign)) }
        return best.sign
    }
}
