package import Model
package import StageKit
package import Store

/// What a run did and changed, for those who bring the results up to date.
package struct RunOutcome: Sendable {
    /// What ran, and why.
    package var log = RunLog()
    /// Ids of documents whose layers are others than before, that came, or that were refused, in order.
    package var changed: [String] = []
    /// Ids of documents that add something else to the table of a fold.
    package var countedAnew: Set<String> = []
    /// Ids of documents that the last run did not have, in order.
    package var added: [String] = []
    /// Ids of documents whose bytes or metadata are others than in the last run, in order.
    package var edited: [String] = []
    /// Ids of documents that are gone, in order.
    package var removed: [String] = []
    /// Ids of documents of which a ``Delivery`` was told.
    package var delivered: Set<String> = []
    /// Whether the run began a second time, without the state, after it had told a ``Delivery`` of documents.
    package var isRestarted = false
    /// By finish, the decisions that moved.
    package var movedDecisions: [StepID: MovedDecisions] = [:]
    /// By fold, the rows that moved.
    package var movedRows: [StepID: MovedRows] = [:]
    /// What is not in the analysis: files that could not be read, and documents that a stage refused.
    package var leftOut: [LeftOut] = []
    /// The key of the run that left the state which this one began from; nil if there was none to begin from.
    package var previousRunKey: ContentDigest?
    /// What the store found damaged and had computed again, in words.
    package var notes: [String] = []

    package init() {}
}
