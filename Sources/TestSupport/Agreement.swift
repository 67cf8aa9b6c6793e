/// How far what was found agrees with what is marked.
package struct Agreement: CustomStringConvertible {
    /// How many of what was found are marked.
    package var right = 0
    /// How many were found.
    package var found = 0
    /// How many are marked.
    package var marked = 0

    package init() {}

    /// The share of what was found that is right.
    package var precision: Double { found == 0 ? 1 : Double(right) / Double(found) }
    /// The share of what is marked that was found.
    package var recall: Double { marked == 0 ? 1 : Double(right) / Double(marked) }

    package var description: String { "\(right) right of \(found) found and \(marked) marked" }
}
