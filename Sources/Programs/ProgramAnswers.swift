import StageKit
import Synchronization

/// What a program has said about the records of a batch, as it came.
final class ProgramAnswers: Sendable {
    private let answers = Mutex<[Int: Result<CustomLayer, StageFailure>]>([:])

    /// Keeps the answer about record `index`.
    func add(_ answer: Result<CustomLayer, StageFailure>, at index: Int) { answers.withLock { $0[index] = answer } }

    /// By record, the answers so far.
    var all: [Int: Result<CustomLayer, StageFailure>] { answers.withLock { $0 } }
}
