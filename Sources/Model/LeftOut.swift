public import StageKit

/// A document or a file that is not in the analysis, and why.
public struct LeftOut: Hashable, Sendable {
    /// The document's id, or the file's path relative to the project.
    public var id: String
    /// The stage that refused it; empty when it could not be read at all.
    public var stage: String
    /// Why.
    public var failure: StageFailure

    /// `id` is left out because of `failure`.
    public init(id: String, stage: String = "", failure: StageFailure) {
        self.id = id
        self.stage = stage
        self.failure = failure
    }
}
