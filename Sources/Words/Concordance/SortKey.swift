/// What the lines of a concordance are sorted by.
package enum SortKey: Hashable, Sendable {
    /// The word so many places behind the node, or before it where it is negative; 0 is the node itself.
    case word(Int)
    /// The document's path and the place in it.
    case document
    /// The date of the document; those without one come last.
    case date

    /// Reads keys such as `1R,2R`, `1L`, `0`, `document`, `date`.
    package static func list(_ text: String) throws(PatternProblem) -> [SortKey] {
        var keys: [SortKey] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            keys.append(try key(part.lowercased().filter { $0 != " " }, in: text))
        }
        return keys
    }

    private static func key(_ word: String, in text: String) throws(PatternProblem) -> SortKey {
        switch word {
        case "0", "node": return .word(0)
        case "document": return .document
        case "date": return .date
        default:
            if let number = Int(word.dropLast()), (1...50).contains(number), word.hasSuffix("r") || word.hasSuffix("l")
            {
                return .word(word.hasSuffix("r") ? number : -number)
            }
            throw PatternProblem(
                "there is no order '\(text)'",
                hint: "Write '1R' for the first word to the right, '2L' for the second to the left, '0' for the node, "
                    + "'document' or 'date'; several are parted by commas.", id: "unknown-order")
        }
    }
}
