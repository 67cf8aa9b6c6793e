import StageKit
import Text

/// A JSON value that is written as it will be read: members keep their order.
indirect enum JSONValue {
    case string(String)
    case integer(Int)
    case number(Double)
    case bool(Bool)
    case null
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// The value of an option as JSON has it; a file is its path.
    init(_ value: OptionValue) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .real(let value): self = .number(value)
        case .string(let value): self = .string(value)
        case .list(let values): self = .array(values.map { JSONValue($0) })
        case .mapping(let entries): self = .object(entries.map { ($0.key, JSONValue($0.value)) })
        case .file(let file): self = .string(file.path)
        }
    }

    /// This object with the members of `other` behind its own.
    func with(_ other: JSONValue) -> JSONValue {
        guard case .object(let members) = self, case .object(let more) = other else { return self }
        return .object(members + more)
    }

    func write(to output: inout JSONOutput) {
        switch self {
        case .string(let value): output.string(value)
        case .integer(let value): output.integer(value)
        case .number(let value): output.number(value)
        case .bool(let value): output.bool(value)
        case .null: output.null()
        case .array(let values): output.array(values) { $1.write(to: &$0) }
        case .object(let members):
            output.object { output in
                for member in members {
                    output.key(member.key)
                    member.value.write(to: &output)
                }
            }
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(integerLiteral value: Int) { self = .integer(value) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(elements.map { (key: $0, value: $1) }) }
}
