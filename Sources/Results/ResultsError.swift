/// Why results could not be written or read.
package struct ResultsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong: lower case, no full stop.
    package let summary: String

    /// An error that says `summary`.
    package init(_ summary: String) { self.summary = summary }

    /// What went wrong.
    package var description: String { summary }
}
