import StageKit
import Text

/// JSON: a list of objects, each a document, or one object that is a document. The name of a document is the value of its
/// `id`, or its number in the list, from 1.
struct RecordList {
    private let columns: FormatReader.Columns

    init(_ columns: FormatReader.Columns) { self.columns = columns }

    func read(
        _ bytes: [UInt8], document: (String, ExtractedSource) throws -> Void,
        leave: (String, StageFailure) throws -> Void
    ) throws {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: EncodedText.withoutMark(bytes))
        } catch {
            throw StageFailure(
                "it is not a sound JSON file: at byte \(error.offset), \(error.summary)",
                hint: "a file with a record a line is called .jsonl", code: "damaged-file")
        }
        switch value {
        case .array(let items):
            guard !items.isEmpty else { throw StageFailure.noText }
            for (n, item) in items.enumerated() {
                guard case .object(let members) = item else {
                    try leave(
                        "record \(n + 1)",
                        StageFailure("the record is \(item.kind), not an object", code: "bad-record"))
                    continue
                }
                let record = JSONRecord(members, columns)
                if let source = record.source {
                    try document(record.id ?? "\(n + 1)", source)
                } else {
                    try leave("record \(n + 1)", record.lack)
                }
            }
        case .object(let members):
            let record = JSONRecord(members, columns)
            if let source = record.source { return try document(record.id ?? "1", source) }
            let lists = members.filter { member in
                guard case .array(let items) = member.value, case .object? = items.first else { return false }
                return true
            }
            guard let list = lists.first else { throw record.lack }
            throw StageFailure(
                "the file is one JSON object, and its records stand in its field '\(list.key)'",
                hint: "write them out: jq '.[\"\(list.key)\"]' file.json > records.json", code: "json-object")
        default:
            throw StageFailure(
                "the file is \(value.kind), not a list of records", hint: "records are JSON objects in a list",
                code: "no-records")
        }
    }
}

/// A JSON object as a record.
struct JSONRecord {
    private let facts: RecordFacts
    private let keys: [String]
    private let textColumn: String

    init(_ members: [JSONValue.Member], _ columns: FormatReader.Columns) {
        var facts = RecordFacts(columns)
        for member in members { facts.add(member.key, Self.text(of: member.value)) }
        self.facts = facts
        keys = members.map(\.key)
        textColumn = columns.column("text")
    }

    /// The document; nil where the record has no text.
    var source: ExtractedSource? { facts.source }
    /// The name that the record has for itself.
    var id: String? { facts.id.map(RecordFacts.name) }

    /// Why a record without text is no document.
    var lack: StageFailure {
        let names = keys.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
        return StageFailure(
            "the record has no text in '\(textColumn)'",
            hint: "name the field under 'columns: {text: …}' of the corpus; there are \(names)",
            code: "no-text-column")
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
