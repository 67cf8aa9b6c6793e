import ClaimStage
import EntityStage

/// A decision by hand about something that no document has.
package struct UnknownDecision: Sendable {
    /// The file, relative to the project.
    package let file: String
    /// The line, from 1; 0 where it is not known.
    package let line: Int
    /// What it is about, as the report repeats it.
    package let note: String
    /// What to do about it.
    package let hint: String
    /// The kind of the message.
    package let code: String

    init(_ name: DecidedName) {
        file = name.file
        line = name.line
        note = "a decision names '\(name.name)', which no document contains"
        hint = "Remove it, or correct the name: the table 'aliases' of the results lists the names that were found."
        code = "unknown-name"
    }

    init(_ claim: DecidedClaim) {
        file = claim.file
        line = claim.line
        note = "a decision is about the claim '\(claim.claim)', which no document makes any more"
        hint = "Remove it, or correct the id: the table 'claims' of the results has the ids."
        code = "unknown-claim"
    }
}
