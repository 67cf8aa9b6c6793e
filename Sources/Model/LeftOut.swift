package import StageKit

/// A document or a file that is not in the analysis, and why.
package struct LeftOut: Hashable, Sendable {
    /// The document's id, or the file's path relative to the project.
    package var id: String
    /// The stage that refused it; empty when it could not be read at all.
    package var stage: String
    /// Why.
    package var failure: StageFailure

    /// `id` is left out because of `failure`.
    package init(id: String, stage: String = "", failure: StageFailure) {
        self.id = id
        self.stage = stage
        self.failure = failure
    }
}
