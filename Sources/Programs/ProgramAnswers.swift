import StageKit
import Synchronization

/// What a program has said about the records of a batch, as it came.
final class ProgramAnswers: Sendable {
    private let answers = Mutex<[Int: Result<[[UInt8]], StageFailure>]>([:])

    /// Keeps the answer about record `index`.
    func add(_ answer: Result<[[UInt8]], StageFailure>, at index: Int) { answers.withLock { $0[index] = answer } }

    /// By record, the answers so far.
    var all: [Int: Result<[[UInt8]], StageFailure>] { answers.withLock { $0 } }
}
