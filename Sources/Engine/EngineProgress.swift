/// What a run tells while it is under way.
package enum EngineProgress: Hashable, Sendable {
    /// Pass `number` of `of` has come by `done` of `total` documents.
    case documents(pass: Int, passes: Int, done: Int, total: Int)
    /// The tables and decisions behind pass `pass` are being brought up to date.
    case deciding(pass: Int, passes: Int)
}
