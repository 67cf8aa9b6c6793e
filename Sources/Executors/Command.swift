import Processes

/// A short command whose output is of interest: `sbatch`, `squeue`.
struct Command: Sendable {
    /// What became of it.
    struct Ending: Sendable {
        /// The exit code; negative for a signal.
        var code: Int32
        var output: String
        var error: String

        /// The last line of what it said of an error.
        var reason: String {
            let said = error.split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }
            return said.map(String.init) ?? "exit code \(code)"
        }
    }

    let program: String
    let arguments: [String]
    var environment: [String: String]? = nil
    /// After so long it is ended.
    var patience = Duration.seconds(120)

    /// Runs it to its end; throws where there is no such program. A command that takes too long has the code of the signal
    /// that ends it.
    func run() async throws -> Ending {
        let seconds = Int(patience.components.seconds)
        let command = SystemCommand(program, arguments, environment: environment, seconds: seconds)
        do throws(SystemCommand.Problem) {
            let ending = try await command.run()
            return Ending(code: ending.code, output: String(decoding: ending.output, as: UTF8.self), error: ending.said)
        } catch {
            switch error {
            case .notInstalled, .notStarted:
                throw ExecutorProblem(
                    "the program '\(program)' is not installed here", hint: "Run on a machine that submits jobs.",
                    id: "no-scheduler")
            case .tooSlow(let seconds): return Ending(code: -9, output: "", error: "no answer within \(seconds) s")
            case .tooLong(let bytes): return Ending(code: -9, output: "", error: "more than \(bytes) bytes of output")
            case .cancelled: throw CancellationError()
            }
        }
    }
}
