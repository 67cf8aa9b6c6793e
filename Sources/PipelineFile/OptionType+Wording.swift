import StageKit

extension OptionType {
    /// What an option of this type takes, in words.
    var wording: String {
        switch self {
        case .bool: "true or false"
        case .integer(let range):
            "a whole number"
                + Self.wording(
                    range.lowerBound == .min ? nil : "\(range.lowerBound)",
                    range.upperBound == .max ? nil : "\(range.upperBound)")
        case .real(let range):
            "a number"
                + Self.wording(
                    range.lowerBound <= -.greatestFiniteMagnitude ? nil : Self.written(range.lowerBound),
                    range.upperBound >= .greatestFiniteMagnitude ? nil : Self.written(range.upperBound))
        case .string: "a text"
        case .choice(let words), .weights(let words): "one of \(words.map { "'\($0)'" }.joined(separator: ", "))"
        case .list(let element): "a list, each entry \(element.wording)"
        case .yamlFile: "the path of a YAML file"
        case .file: "the path of a file"
        }
    }

    private static func wording(_ lower: String?, _ upper: String?) -> String {
        switch (lower, upper) {
        case (let lower?, let upper?): " from \(lower) to \(upper)"
        case (let lower?, nil): " of at least \(lower)"
        case (nil, let upper?): " of at most \(upper)"
        case (nil, nil): ""
        }
    }

    private static func written(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }
}
