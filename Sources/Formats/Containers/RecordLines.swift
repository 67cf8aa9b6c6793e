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
            let record = JSONRecord(members, columns)
            guard let source = record.source else {
                try leave(number, record.lack)
                continue
            }
            try document(record.id ?? "\(n + 1)", source)
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
            hint: "call the file .json, or write a record a line: jq -c '.[]' list.json > records.jsonl",
            code: "json-list")
    }
}
