package import StageKit

/// What a program said to the records that it was sent.
package struct ProgramReply: Sendable {
    /// For each record, its layers in the order in which the stage writes them, or why it has none.
    package var answers: [Result<[[UInt8]], StageFailure>]
    /// What it said of the corpus as a whole; only a program that sees all of it does.
    package var corpus = CustomLayer([])
}
