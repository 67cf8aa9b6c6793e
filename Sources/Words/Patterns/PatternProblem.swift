/// Why a pattern can't be looked for.
package struct PatternProblem: Error, Hashable, Sendable {
    /// Lower case, no full stop.
    package let message: String
    /// Whole sentences.
    package let hint: String?
    /// The kind, in the words that messages end with.
    package let id: String

    init(_ message: String, hint: String? = nil, id: String = "pattern") {
        self.message = message
        self.hint = hint
        self.id = id
    }
}
