import StageKit

extension CoreSchema {
    /// What `!!` stands for.
    static let prefix = "tag:yaml.org,2002:"

    /// The value of a scalar, with what a tag asks for; `report` is given message, hint and id when it can't be had.
    static func value(
        _ text: String, isPlain: Bool, tag: String?, report: (String, String?, String) -> Void
    ) -> OptionValue {
        guard let tag, !(tag == "!" && isPlain) else { return isPlain ? value(of: text) : .string(text) }
        guard tag != "!", tag != prefix + "str" else { return .string(text) }
        let plain = value(of: text)
        switch (tag.hasPrefix(prefix) ? String(tag.dropFirst(prefix.count)) : "", plain) {
        case ("null", .null), ("bool", .bool), ("int", .integer), ("float", .real): return plain
        case ("float", .integer(let number)): return .real(Double(number))
        case ("null", _), ("bool", _), ("int", _), ("float", _):
            report("'\(text.shortened)' is no \(written(tag))", nil, "bad-tag")
        default:
            report(
                "tag '\(written(tag))' is not supported", "A text that begins with '!' needs quotes.", "unknown-tag")
        }
        return plain
    }

    /// A tag as users write it.
    static func written(_ tag: String) -> String {
        tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.count).shortened : tag.shortened
    }
}

extension Substring {
    fileprivate var shortened: String { String(self).shortened }
}
