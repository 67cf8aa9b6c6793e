/// Something that the user should know about what they wrote: where, what, and what to do.
package struct Diagnostic: Error, Hashable, Sendable {
    /// How much it matters.
    package enum Severity: String, Hashable, Sendable {
        /// Nothing can run until it is mended.
        case error
        /// Probably not what was meant.
        case warning
        /// An addition to the diagnostic before it.
        case note
    }

    package var severity: Severity
    /// The path as the user gave it, or what stands for it (`--set window=3`); nil when no file is concerned.
    package var file: String?
    /// From 1.
    package var line: Int?
    /// From 1, in code points.
    package var column: Int?
    /// The line itself, without its line end.
    package var sourceLine: String?
    /// The code points of the line that the caret underlines, from 0.
    package var caret: Range<Int>?
    /// What is wrong: lower case, names in single quotes, no full stop.
    package var message: String
    /// What was expected or what to do: one or more whole sentences.
    package var hint: String?
    /// The kind of problem: `unknown-option`.
    package var id: String

    package init(
        _ message: String, hint: String? = nil, id: String, severity: Severity = .error,
        at position: SourcePosition? = nil, sourceLine: String? = nil
    ) {
        self.severity = severity
        self.message = message
        self.hint = hint
        self.id = id
        self.file = position?.file
        if let position, position.line > 0 {
            line = position.line
            self.sourceLine = sourceLine
            if position.column > 0 {
                column = position.column
                caret = position.column - 1..<position.column - 1 + max(1, position.length)
            }
        }
    }
}
