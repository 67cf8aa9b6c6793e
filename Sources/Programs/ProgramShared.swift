import Model
import Synchronization

/// What the processes of one program have in common in a run.
final class ProgramShared: Sendable {
    /// How much they have written.
    let total: OutputTotal
    private let said = Mutex<[String]>([])

    init(_ specification: ProgramSpecification) { total = OutputTotal(limit: specification.use.limits.totalOutput) }

    /// So many lines of standard error are kept.
    private static let lines = 20

    /// Keeps the last lines that a process wrote to its standard error.
    func keep(_ lines: [String]) {
        said.withLock { said in
            for line in lines where !said.contains(line) { said.append(line) }
            if said.count > Self.lines { said.removeFirst(said.count - Self.lines) }
        }
    }

    /// The last lines that processes which have ended wrote to their standard error, each once.
    var lines: [String] { said.withLock { $0 } }
}
