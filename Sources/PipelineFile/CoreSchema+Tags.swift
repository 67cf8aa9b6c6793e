import StageKit

extension CoreSchema {
    /// What `!!` stands for.
    static let prefix = "tag:yaml.org,2002:"

    /// The value of a scalar with what its tag asks for; nil when the tag asks for something else.
    static func value(_ text: String, isPlain: Bool, tag: String?) -> OptionValue? {
        guard let tag, !(tag == "!" && isPlain) else { return isPlain ? value(of: text) : .string(text) }
        guard tag != "!", tag != prefix + "str" else { return .string(text) }
        let plain = value(of: text)
        return switch (kind(of: tag), plain) {
        case ("null", .null), ("bool", .bool), ("int", .integer), ("float", .real): plain
        case ("float", .integer(let number)): .real(Double(number))
        default: nil
        }
    }

    /// Whether the core schema has scalars of this tag.
    static func isKnown(_ tag: String) -> Bool { ["null", "bool", "int", "float"].contains(kind(of: tag)) }

    /// A tag as users write it.
    static func written(_ tag: String) -> String { (kind(of: tag).map { "!!" + $0 } ?? tag).shortened }

    private static func kind(of tag: String) -> String? {
        tag.utf8.starts(with: prefix.utf8) ? String(tag.dropFirst(prefix.count)) : nil
    }
}
