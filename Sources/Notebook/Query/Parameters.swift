import GRDBSQLite
import Model
import StageKit
import Text

/// The parameters of the pipeline, for the variables of queries and for the prose.
struct Parameters: Sendable {
    private let values: [String: OptionValue]

    init(_ values: [String: OptionValue]) { self.values = values }

    /// These and those of a row, which come before others of their name.
    func with(_ row: [(name: String, value: OptionValue)]) -> Parameters {
        Parameters(values.merging(row, uniquingKeysWith: { _, new in new }))
    }

    /// The names, sorted.
    var names: [String] { values.keys.sorted() }

    /// A value as the prose has it; nil where there is no such parameter.
    func text(_ name: String) -> String? { values[name].map(Self.text) }

    /// A value as a variable of SQL has it: a list as a JSON array; nil where there is no such parameter.
    func bound(_ name: String) -> OptionValue? {
        switch values[name] {
        case .bool(let value)?: .integer(value ? 1 : 0)
        case .list?, .mapping?, .file?: values[name].map { .string(Self.json($0)) }
        case let value: value
        }
    }

    /// What is wrong with the variables of a statement: each has to be a parameter. Nothing is bound.
    func problem(with statement: OpaquePointer, sql: String) -> QueryProblem? {
        for k in 0..<sqlite3_bind_parameter_count(statement) {
            guard let name = sqlite3_bind_parameter_name(statement, k + 1).map({ String(cString: $0) }),
                name.first != "?"
            else {
                return QueryProblem(
                    "a query has no variables without a name",
                    hint: "A parameter of the pipeline is written '$name'.", offset: sql.offset(of: "?"),
                    id: "sql-variable")
            }
            guard values[String(name.dropFirst())] == nil else { continue }
            var problem = unknown(String(name.dropFirst()))
            problem.offset = sql.offset(of: name)
            return problem
        }
        return nil
    }

    /// The problem with a name that no parameter has.
    func unknown(_ name: String) -> QueryProblem {
        let known = names.map { "'\($0)'" }.joined(separator: ", ")
        return QueryProblem(
            "the pipeline has no parameter '\(name)'",
            hint: NearName.hint(name, among: names)
                ?? (values.isEmpty ? "Parameters stand in the pipeline under 'parameters:'." : "There are \(known)."),
            id: "unknown-parameter")
    }

    /// Gives the variables of a statement their values. A list is a JSON array, for `json_each`.
    func bind(to statement: OpaquePointer) {
        for k in 0..<sqlite3_bind_parameter_count(statement) {
            guard let name = sqlite3_bind_parameter_name(statement, k + 1).map({ String(cString: $0) }),
                let value = bound(String(name.dropFirst()))
            else { continue }
            switch value {
            case .integer(let value): sqlite3_bind_int64(statement, k + 1, Int64(value))
            case .real(let value): sqlite3_bind_double(statement, k + 1, value)
            case .string(let text): bind(text, to: statement, k + 1)
            default: sqlite3_bind_null(statement, k + 1)
            }
        }
    }

    private func bind(_ text: String, to statement: OpaquePointer, _ place: Int32) {
        let bytes = Array(text.utf8).map(CChar.init(bitPattern:))
        sqlite3_bind_text(
            statement, place, bytes, Int32(clamping: bytes.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }

    /// What a cell that uses parameters depends on.
    var keyFields: [(name: String, value: String)] { names.map { ($0, Self.json(values[$0] ?? .null)) } }

    private static func text(_ value: OptionValue) -> String {
        switch value {
        case .null: ""
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): NumberText.grouped(value)
        case .real(let value): NumberText.real(value)
        case .string(let text): text
        case .list(let values): values.map(text).joined(separator: ", ")
        case .mapping, .file: json(value)
        }
    }

    /// A value as JSON. A mapping has its keys in order, so that it is the same however it was written.
    private static func json(_ value: OptionValue) -> String {
        var output = JSONOutput()
        write(value, to: &output)
        return String(decoding: output.bytes, as: UTF8.self)
    }

    // Programs get options in another way: with the content of files, and with 3.0 as 3. Here SQL computes with them.
    private static func write(_ value: OptionValue, to output: inout JSONOutput) {
        switch value {
        case .null: output.null()
        case .bool(let value): output.bool(value)
        case .integer(let value): output.integer(value)
        case .real(let value): output.real(value)
        case .string(let text): output.string(text)
        case .list(let values): output.array(values) { write($1, to: &$0) }
        case .mapping(let entries):
            output.object { output in
                for entry in entries.sorted(by: { $0.key < $1.key }) {
                    output.key(entry.key)
                    write(entry.value, to: &output)
                }
            }
        case .file(let file): output.string(file.path)
        }
    }
}

extension String {
    /// The byte at which `word` first stands by itself.
    func offset(of word: String) -> Int? {
        let text = Array(utf8)
        let wanted = Array(word.utf8)
        guard !wanted.isEmpty, text.count >= wanted.count else { return nil }
        func isWord(_ k: Int) -> Bool { text.indices.contains(k) && SQLWords.isWord(text[k]) }
        return (0...text.count - wanted.count).first { k in
            text[k..<k + wanted.count].elementsEqual(wanted) { $0 == $1 || $0 | 0x20 == $1 | 0x20 && $0 | 0x20 >= 0x61 }
                && !isWord(k - 1) && !isWord(k + wanted.count)
        }
    }
}
