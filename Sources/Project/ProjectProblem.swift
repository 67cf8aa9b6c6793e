package import Model

/// Why something can't be done on a project, with what its user is to be told.
package struct ProjectProblem: Error {
    /// What kind of end it makes.
    package enum Kind: Sendable {
        /// The command line or a file that the user wrote is wrong: nothing was begun.
        case usage
        /// Something went wrong on the way.
        case failure
        /// What was to be the same is not.
        case difference
    }

    package let kind: Kind
    package let diagnostics: [Diagnostic]

    package static func usage(_ diagnostics: [Diagnostic]) -> ProjectProblem {
        ProjectProblem(kind: .usage, diagnostics: diagnostics)
    }

    package static func difference(_ diagnostics: [Diagnostic]) -> ProjectProblem {
        ProjectProblem(kind: .difference, diagnostics: diagnostics)
    }

    package static func failure(_ diagnostics: [Diagnostic]) -> ProjectProblem {
        ProjectProblem(kind: .failure, diagnostics: diagnostics)
    }
}
