import Synchronization

/// How much all processes of a program have written to their standard output in a run.
final class OutputTotal: Sendable {
    /// MiB that they may write; nil for no limit.
    private let limit: Int?
    private let bytes = Mutex(0)

    init(limit: Int?) { self.limit = limit }

    /// Counts what one of them wrote; throws where it is too much.
    func add(_ count: Int) throws(ProgramProblem) {
        guard let limit else { return }
        let all = bytes.withLock { bytes in
            bytes += count
            return bytes
        }
        guard all > limit << 20 else { return }
        throw ProgramProblem(
            summary: "the program has written more than the \(limit) MiB that it may write in a run",
            hint: "finished documents are kept: run again, or allow more with 'limits: {total-output: …}'",
            code: "program-total-output")
    }
}
