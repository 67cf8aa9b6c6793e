import Foundation
import Synchronization

/// Tasks as processes of this machine: what a cluster does, to be tried anywhere.
package final class ProcessExecutor: ConfiguredExecutor {
    package static let name = "processes"
    package static let keys: [ExecutorKey] = []
    package let lag: Duration
    package let pause = Duration.milliseconds(200)
    package let outlives = false

    /// How many tasks run at once.
    private let limit: Int

    private struct Tasks {
        var waiting: [Int]
        var running: [Int: Process] = [:]
        var ended: [Int: TaskEnd] = [:]
    }
    private let arrays = Mutex<[String: Tasks]>([:])

    /// Runs at most `limit` tasks of an array at once.
    package init(limit: Int, lag: Duration = .zero) {
        self.limit = max(1, limit)
        self.lag = lag
    }

    package convenience init(configured settings: ExecutorSettings, jobs: Int) {
        self.init(limit: settings.atMost ?? jobs)
    }

    package func submit(_ array: TaskArray) async throws -> String {
        let own = "\(ProcessInfo.processInfo.processIdentifier)"
        // Tasks that a process started which was killed since go on; those that it had not started yet are started here.
        let waiting = (0..<array.count).filter { Self.process(of: $0, array) == nil }
        arrays.withLock { $0[array.name] = Tasks(waiting: waiting) }
        for folder in ["log", "process"] {
            try FileManager.default.createDirectory(
                atPath: "\(array.folder)/\(folder)", withIntermediateDirectories: true)
        }
        startNext(array)
        return own
    }

    /// Starts tasks as long as there is room.
    private func startNext(_ array: TaskArray) {
        arrays.withLock { arrays in
            guard var own = arrays[array.name] else { return }
            while own.running.count < limit, let task = own.waiting.first {
                own.waiting.removeFirst()
                do { own.running[task] = try start(task, array) } catch {
                    own.ended[task] = .failed(
                        "\(array.command.first ?? "") can't be started: \(error.localizedDescription)")
                }
            }
            arrays[array.name] = own
        }
    }

    private func start(_ task: Int, _ array: TaskArray) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: array.command.first ?? "")
        process.arguments = array.command.dropFirst() + ["\(task)"]
        let log = array.log(of: task)
        if !FileManager.default.fileExists(atPath: log) {
            _ = FileManager.default.createFile(atPath: log, contents: nil)
        }
        let file = try FileHandle(forWritingTo: URL(filePath: log))
        try file.seekToEnd()
        process.standardOutput = file
        process.standardError = file
        process.standardInput = FileHandle.nullDevice
        process.terminationHandler = { [weak self] process in
            self?.ended(task, array, process)
            try? file.close()
        }
        try process.run()
        try Data("\(process.processIdentifier)".utf8).write(
            to: URL(filePath: Self.note(of: task, array)), options: .atomic)
        return process
    }

    private func ended(_ task: Int, _ array: TaskArray, _ process: Process) {
        let end: TaskEnd =
            switch (process.terminationReason, process.terminationStatus) {
            case (.exit, 0): .finished
            case (.exit, let code): .failed("exit code \(code)")
            case (_, let signal): .failed("signal \(signal)")
            }
        arrays.withLock {
            $0[array.name]?.running[task] = nil
            $0[array.name]?.ended[task] = end
        }
        startNext(array)
    }

    package func states(of array: TaskArray) async throws -> [Int: TaskState] {
        let own = arrays.withLock { $0[array.name] }
        var states: [Int: TaskState] = [:]
        for task in 0..<array.count {
            if let end = own?.ended[task] {
                states[task] = .ended(end)
            } else if own?.running[task] != nil || Self.process(of: task, array) != nil {
                states[task] = .running("this machine")
            } else if own?.waiting.contains(task) == true {
                states[task] = .waiting("waits for a task before it")
            } else {
                // A process that was killed had started it, and it ended since; or had not started it yet.
                states[task] = .ended(.displaced("the run that started it was killed"))
            }
        }
        return states
    }

    package func cancel(_ array: TaskArray, tasks: [Int]?) async {
        let wanted = tasks ?? Array(0..<array.count)
        let running = arrays.withLock { arrays -> [Process] in
            arrays[array.name]?.waiting.removeAll { wanted.contains($0) }
            return wanted.compactMap { arrays[array.name]?.running[$0] }
        }
        for process in running { process.terminate() }
        let known = Set(running.map(\.processIdentifier))
        for task in wanted {
            if let other = Self.process(of: task, array), !known.contains(other) { kill(other, SIGTERM) }
        }
    }

    /// Where the number of a task's process stands.
    private static func note(of task: Int, _ array: TaskArray) -> String { "\(array.folder)/process/\(task)" }

    /// The process of a task, if it runs, whoever started it.
    private static func process(of task: Int, _ array: TaskArray) -> pid_t? {
        guard let text = try? String(contentsOfFile: note(of: task, array), encoding: .utf8), let id = pid_t(text),
            kill(id, 0) == 0
        else { return nil }
        #if os(Linux)
            // Numbers of processes are given again.
            guard let line = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") else { return nil }
            let arguments = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            guard arguments == array.command + ["\(task)"] else { return nil }
        #endif
        return id
    }
}
