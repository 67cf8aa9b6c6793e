import Foundation
import Synchronization

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

    /// Runs it to its end; throws where there is no such program. What it writes goes through files: a pipe holds too
    /// little for the list of a large array.
    func run() async throws -> Ending {
        let folder = FileManager.default.temporaryDirectory.appending(path: "colophon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (output, error) = (folder.appending(path: "output"), folder.appending(path: "error"))
        for file in [output, error] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        if let environment { process.environment = environment }
        process.standardInput = FileHandle.nullDevice
        let (written, said) = (try FileHandle(forWritingTo: output), try FileHandle(forWritingTo: error))
        process.standardOutput = written
        process.standardError = said
        let started = Started(process)
        let patience = patience
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
                process.terminationHandler = { _ in done.resume() }
                do { try process.run() } catch {
                    process.terminationHandler = nil
                    done.resume(throwing: error)
                    return
                }
                DispatchQueue.global().asyncAfter(deadline: .now() + Double(patience.components.seconds)) {
                    started.end()
                }
            }
        } onCancel: {
            started.end()
        }
        try? written.close()
        try? said.close()
        let text = { (file: URL) in String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self) }
        let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        // What `env` says where there is no such program.
        if code == 127 {
            throw ExecutorProblem(
                "the program '\(program)' is not installed here", hint: "Run on a machine that submits jobs.",
                id: "no-scheduler")
        }
        return Ending(code: code, output: text(output), error: text(error))
    }

    /// A process that may be ended from elsewhere.
    private final class Started: @unchecked Sendable {  // `Process` may be asked and ended from any thread
        private let process: Process

        init(_ process: Process) { self.process = process }

        func end() { if process.isRunning { process.terminate() } }
    }
}
