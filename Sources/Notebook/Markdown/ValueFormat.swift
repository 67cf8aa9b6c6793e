import Foundation
import Model

/// How a value is written: `0.0%`, `£0,0.00`, `0.0 km`, `date`, `month`, `sparkline`.
///
/// A number has as many digits behind the point as the pattern, and a comma at every third digit if the pattern has one;
/// with `%` it is multiplied by a hundred. What stands before and behind is written as it is.
struct ValueFormat: Hashable, Sendable {
    private enum Kind: Hashable {
        case number(decimals: Int, isGrouped: Bool, isPercent: Bool)
        case date, month, sparkline
    }

    private let kind: Kind
    private let before: String
    private let behind: String

    /// Reads a pattern; nil for one that is none.
    init?(_ pattern: String) {
        switch pattern {
        case "date": (kind, before, behind) = (.date, "", "")
        case "month": (kind, before, behind) = (.month, "", "")
        case "sparkline": (kind, before, behind) = (.sparkline, "", "")
        default:
            guard
                let match = pattern.wholeMatch(
                    of: /([^0-9%;\s]*)(0(?:,0)?)(?:\.(0{1,12}))?(%?)((?:[^0-9%;.,][^0-9%;]*)?)/)
            else {
                return nil
            }
            (before, behind) = (String(match.1), String(match.5))
            kind = .number(
                decimals: match.3?.count ?? 0, isGrouped: match.2 == "0,0", isPercent: !match.4.isEmpty)
        }
    }

    /// The value as it is written; nil for one that the format does not fit, which stays as it is.
    func text(_ value: QueryValue) -> String? {
        switch kind {
        case .number(let decimals, let isGrouped, let isPercent):
            guard let number = value.number, number.isFinite else { return nil }
            let digits = String(format: "%.\(decimals)f", abs(isPercent ? 100 * number : number))
            let parts = digits.split(separator: ".", maxSplits: 1)
            let whole = String(parts.first ?? "0")
            let isZero = digits.allSatisfy { $0 == "0" || $0 == "." }
            let shown = (isGrouped ? Self.grouped(whole) : whole) + (parts.count > 1 ? ".\(parts[1])" : "")
            return "\(number < 0 && !isZero ? "-" : "")\(before)\(shown)\(isPercent ? "%" : "")\(behind)"
        case .sparkline: return Self.sparkline(value)?.text
        case .date, .month:
            guard case .text(let text) = value else { return nil }
            let parts = text.split(separator: "-").map { Int($0) }
            guard parts.count >= 2, let year = parts[0], let month = parts[1], (1...12).contains(month) else {
                return nil
            }
            let name = "\(Self.months[month - 1]) \(year)"
            guard kind == .date, parts.count > 2, let day = parts[2], (1...31).contains(day) else { return name }
            return "\(day) \(name)"
        }
    }

    /// The value as it is written in a page, where that is more than text; nil where it is not.
    func html(_ value: QueryValue) -> String? { kind == .sparkline ? Self.sparkline(value)?.html : nil }

    private static func sparkline(_ value: QueryValue) -> Sparkline? {
        if case .text(let text) = value { Sparkline(text) } else { nil }
    }

    private static func grouped(_ digits: String) -> String {
        var output = ""
        for (k, digit) in digits.enumerated() {
            if k > 0, (digits.count - k) % 3 == 0 { output.append(",") }
            output.append(digit)
        }
        return output
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// What is said of a pattern that is none.
    static func hint(for pattern: String) -> String {
        NearName.hint(pattern, among: ["date", "month", "sparkline"]) ?? examples
    }

    /// A pattern of each sort.
    static let patterns = ["0", "0.0", "0,0.00", "0.0%", "£0,0", "0.0 km", "date", "month", "sparkline"]

    /// What a pattern looks like, for messages.
    static let examples: String = {
        let quoted = patterns.map { "'\($0)'" }
        return "A format is \(quoted.dropLast().joined(separator: ", ")) or \(quoted.last ?? "")."
    }()
}

/// The formats of a table: one for all numbers, or one for each column that is named.
struct TableFormats: Hashable, Sendable {
    private let all: ValueFormat?
    private let columns: [String: ValueFormat]

    /// No formats.
    init() { (all, columns) = (nil, [:]) }

    /// Reads `0.0%`, or `share 0.0%; amount £0,0`.
    init(_ text: String) throws(QueryProblem) {
        if let format = ValueFormat(text.trimmed) {
            (all, columns) = (format, [:])
            return
        }
        var columns: [String: ValueFormat] = [:]
        for part in text.split(separator: ";") {
            let words = part.trimmed.split(separator: " ", maxSplits: 1)
            guard words.count == 2, let format = ValueFormat(words[1].trimmed) else {
                throw QueryProblem(
                    "there is no format '\(part.trimmed)'",
                    hint:
                        "\(ValueFormat.examples) For one column its name stands before it; several are parted by ';'.",
                    id: "unknown-format")
            }
            columns[String(words[0])] = format
        }
        (all, self.columns) = (nil, columns)
    }

    /// The columns that are named.
    var names: [String] { columns.keys.sorted() }

    /// The value as it is drawn in a column of a page; nil where it is text.
    func html(_ value: QueryValue, in column: String) -> String? { (columns[column] ?? all)?.html(value) }

    /// The value as it is written in a column; nil where no format fits.
    func text(_ value: QueryValue, in column: String) -> String? { (columns[column] ?? all)?.text(value) }
}
