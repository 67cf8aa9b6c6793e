import Archive
import Foundation
import Results
import StageKit
import Text

/// The tables that a pack without texts has: of every table of the results the columns that hold no words of the
/// documents, as comma-separated values.
enum PackedTables {
    /// Columns that hold ids, places, numbers, dates, digests and labels out of a closed list. A column that is not here
    /// may hold words of a document, and stays out.
    static let columns: Set<String> = [
        "document", "document_a", "document_b", "date", "language", "words", "sentences", "bytes", "sha256", "sentence",
        "block", "quotation", "n", "start", "end", "source_start", "source_end", "line", "kept", "form", "closed",
        "depth", "mention", "type", "number", "lower", "upper", "approximate", "claim", "claim_a", "claim_b",
        "source_mention", "stance", "negated", "hedged", "voice", "within", "reported", "statement", "statement_a",
        "statement_b", "relation", "score", "statements", "sources", "publishers", "versions", "disputed", "updated",
        "agreed", "answer", "documents", "first", "last", "mentions", "claims", "direct", "indirect", "mixed",
        "asserted", "denied", "questioned", "conditional", "month", "day", "undated", "links", "rows", "digest",
        "occurrences", "repeats", "blocks", "figures", "characters", "syllables", "long_words", "place",
        "independent", "basis", "compared", "pairs_left_out", "links_left_out",
    ]
    /// Facts of the run may quote a setting; a row of the others is told from the next by a word.
    private static let left: Set<String> = ["about", "timeline", "left_out", "metadata"]

    /// The tables that keep a column which tells their rows apart, each an entry.
    static func entries(of results: ResultsDatabase) throws -> [ArchiveWriter.Entry] {
        try results.publicTables().sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap { table in
            guard !left.contains(table) else { return nil }
            let all = try results.columns(of: table)
            // A table of a layer of the user's own may have words in columns of any name.
            let isKnown = ResultsDatabase.documentedTables.contains(table)
            let kept = all.filter {
                isKnown ? columns.contains($0) || table == "digests" && $0 == "name" : places.contains($0)
            }
            guard kept.contains(where: { identifying.contains($0) }) || table == "digests" else { return nil }
            var lines = [kept.joined(separator: ",")]
            try results.forEachRow(of: table, columns: kept) { row in
                lines.append(row.values.map(\.commaSeparated).joined(separator: ","))
            }
            return ArchiveWriter.Entry(
                "\(PackManifest.tables)\(table).csv", Array((lines.joined(separator: "\r\n") + "\r\n").utf8))
        }
    }

    private static let places: Set<String> = ["document", "n", "start", "end", "source_start", "source_end", "line"]

    private static let identifying: Set<String> = [
        "document", "document_a", "claim", "claim_a", "mention", "month", "day", "date",
    ]
}

extension ResultsValue {
    /// As RFC 4180 has it.
    fileprivate var commaSeparated: String {
        switch self {
        case .null: return ""
        case .integer(let number): return "\(number)"
        case .real(let number): return "\(number)"
        case .text(let text):
            guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
                return text
            }
            return "\"\(text.replacing("\"", with: "\"\""))\""
        }
    }
}
