import Foundation
import Synchronization

/// A program of the system that runs to its end, and what it writes.
///
/// It is started without a shell, in a group of its own: what it starts in turn ends with it. It is ended when it takes
/// too long or writes too much. Its input and outputs go through files, so that neither side waits for the other.
package struct SystemCommand: Sendable {
    /// What became of it.
    package struct Ending: Sendable {
        /// The exit code; negative for a signal.
        package var code: Int32
        package var output: [UInt8]
        /// The end of what it wrote to its standard error.
        package var said: String
    }

    /// Why there is no ending.
    package enum Problem: Error, Hashable, Sendable {
        /// There is no such program.
        case notInstalled
        /// It can't be started: why not.
        case notStarted(String)
        /// It was ended after so many seconds.
        case tooSlow(seconds: Int)
        /// It was ended when it had written so many bytes.
        case tooLong(bytes: Int)
        /// The task that waits for it was cancelled.
        case cancelled
    }

    /// A path, or a name that is looked for in the folders of `PATH`.
    package var program: String
    package var arguments: [String]
    /// The whole environment; nil for this process's own.
    package var environment: [String: String]?
    /// The folder in which it starts; nil for this process's own.
    package var folder: String?
    /// What it reads from its standard input.
    package var input: [UInt8]
    /// It may take so long.
    package var seconds: Int
    /// It may write so many bytes.
    package var most: Int

    package init(
        _ program: String, _ arguments: [String], environment: [String: String]? = nil, folder: String? = nil,
        input: [UInt8] = [], seconds: Int = 120, most: Int = 256 << 20
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
        self.input = input
        self.seconds = seconds
        self.most = most
    }

    /// Runs it to its end on a thread of its own.
    package func run() async throws(Problem) -> Ending {
        let isCancelled = Flag()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (done: CheckedContinuation<Result<Ending, Problem>, Never>) in
                DispatchQueue.global().async {
                    done.resume(returning: Result { () throws(Problem) in try wait(isCancelled) })
                }
            }
        } onCancel: {
            isCancelled.raise()
        }
        return try result.get()
    }

    /// Runs it to its end while the calling thread waits.
    package func wait() throws(Problem) -> Ending { try wait(Flag()) }

    private final class Flag: Sendable {
        private let state = Atomic(false)
        var isRaised: Bool { state.load(ordering: .relaxed) }
        func raise() { state.store(true, ordering: .relaxed) }
    }

    /// Bytes of the standard error that are kept.
    private static let tail = 64 << 10

    /// Where the program is; nil where there is none of the name.
    private var location: String? {
        if program.contains("/") { return FileManager.default.fileExists(atPath: program) ? program : nil }
        let folders = ((environment ?? ProcessInfo.processInfo.environment)["PATH"] ?? "/usr/bin:/bin").split(
            separator: ":")
        return folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private func wait(_ isCancelled: Flag) throws(Problem) -> Ending {
        guard let location else { throw .notInstalled }
        do {
            let files = FileManager.default.temporaryDirectory.appending(path: "colophon-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: files) }
            func handle(_ name: String, _ bytes: [UInt8] = []) throws -> FileHandle {
                let url = files.appending(path: name)
                try Data(bytes).write(to: url)
                return try FileHandle(forUpdating: url)
            }
            let (given, written, said) = (try handle("input", input), try handle("output"), try handle("error"))
            defer { for file in [given, written, said] { try? file.close() } }
            let process = Process()
            process.executableURL = URL(filePath: location)
            process.arguments = arguments
            if let environment { process.environment = environment }
            if let folder { process.currentDirectoryURL = URL(filePath: folder) }
            process.standardInput = given
            process.standardOutput = written
            process.standardError = said
            try process.run()
            if let problem = watch(process, [written, said], isCancelled) { throw problem }
            let output = try Data(contentsOf: files.appending(path: "output"))
            let end = try Data(contentsOf: files.appending(path: "error")).suffix(Self.tail)
            let code = process.terminationStatus
            return Ending(
                code: process.terminationReason == .exit ? code : -code, output: Array(output),
                said: String(decoding: end, as: UTF8.self))
        } catch let problem as Problem {
            throw problem
        } catch {
            throw .notStarted(error.localizedDescription)
        }
    }

    /// Waits until a program has ended, and ends it where it takes or writes too much: then, why.
    private func watch(_ process: Process, _ outputs: [FileHandle], _ isCancelled: Flag) -> Problem? {
        let end = ContinuousClock.now + .seconds(seconds)
        var pause: UInt32 = 500
        while process.isRunning {
            var problem: Problem?
            if isCancelled.isRaised { problem = .cancelled }
            if ContinuousClock.now >= end { problem = .tooSlow(seconds: seconds) }
            if outputs.contains(where: { Self.size(of: $0) > most }) { problem = .tooLong(bytes: most) }
            if let problem {
                // the group has the number of the program, which is not waited for yet
                if kill(-process.processIdentifier, SIGKILL) != 0 { kill(process.processIdentifier, SIGKILL) }
                process.waitUntilExit()
                return problem
            }
            usleep(pause)
            pause = min(pause * 2, 20_000)
        }
        return outputs.contains { Self.size(of: $0) > most } ? .tooLong(bytes: most) : nil
    }

    private static func size(of file: FileHandle) -> Int {
        var info = stat()
        return fstat(file.fileDescriptor, &info) == 0 ? Int(info.st_size) : 0
    }
}
