import StageKit
import Text

/// JSON Lines: an object a line, each a document. The name of a document is the value of its `id`, or the number of its
/// line.
struct RecordLines {
    private let columns: FormatReader.Columns

    init(_ columns: FormatReader.Columns) { self.columns = columns }

    func read(
        _ bytes: [UInt8], document: (String, ExtractedSource) throws -> Void,
        leave: (String, StageFailure) throws -> Void
    ) throws {
        let bytes = EncodedText.withoutMark(bytes)
        try refuseList(bytes)
        for (n, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
            let number = "line \(n + 1)"
            let value: JSONValue
            do throws(JSONError) {
                value = try JSONValue(parsing: Array(line))
            } catch {
                try leave(
                    number,
                    StageFailure("the line is not JSON at byte \(error.offset): \(error.summary)", code: "bad-record"))
                continue
            }
            guard case .object(let members) = value else {
                try leave(number, StageFailure("the line is \(value.kind), not an object", code: "bad-record"))
                continue
            }
            var record = RecordFacts(columns)
            for member in members { record.add(member.key, Self.text(of: member.value)) }
            guard let source = record.source else {
                let names = members.prefix(8).map { "'\($0.key)'" }.joined(separator: ", ")
                try leave(
                    number,
                    StageFailure(
                        "the record has no text in '\(columns.column("text"))'",
                        hint: "name the field under 'columns: {text: …}' of the corpus; there are \(names)",
                        code: "no-text-column"))
                continue
            }
            try document(record.id.map(RecordFacts.name) ?? "\(n + 1)", source)
        }
    }

    /// Refuses a file that is one list of records, as programs write JSON otherwise: each of its lines would be a mistake.
    private func refuseList(_ bytes: [UInt8]) throws {
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        guard let first = bytes.firstIndex(where: { !blanks.contains($0) }), bytes[first] == UInt8(ascii: "["),
            case .array? = try? JSONValue(parsing: bytes)
        else { return }
        throw StageFailure(
            "the file is one JSON list, not a record a line",
            hint: "write a record a line: jq -c '.[]' list.json > records.jsonl", code: "json-list")
    }

    /// What a value says: lists with commas between their items, objects as JSON.
    private static func text(of value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        case .integer(let number): String(number)
        case .real(let number): "\(number)"
        case .bool(let value): value ? "true" : "false"
        case .array(let values): values.map(text).filter { !$0.isEmpty }.joined(separator: ", ")
        case .object(let members):
            members.map { "\($0.key): \(text(of: $0.value))" }.joined(separator: ", ")
        }
    }
}
