import Foundation
import Synchronization

/// Tasks as arrays of jobs of Slurm.
///
/// Slurm is asked whether anybody still works on a task, and nothing else. It forgets jobs that have ended after some
/// minutes (`MinJobAge`), gives numbers of jobs a second time, and refuses commands whose jobs run all the same; so an
/// array is always asked for by its name as well, and `sacct`, which many clusters do not have, is not used.
package final class SlurmExecutor: ConfiguredExecutor {
    package static let name = "slurm"
    package static let keys = [
        ExecutorKey("partition"), ExecutorKey("account"), ExecutorKey("time"), ExecutorKey("memory"),
        ExecutorKey("setup", .lines, consent: "setup"), ExecutorKey("options", .lines, consent: "option"),
    ]
    /// A network file system shows what another machine wrote after up to a minute.
    package let lag = Duration.seconds(120)
    package let pause: Duration
    package let outlives = true

    private let settings: SlurmSettings
    private let environment: [String: String]
    private let retryPauses: [Duration]

    /// An executor with the user's settings. `environment` is that of this process.
    package init(
        _ settings: SlurmSettings, environment: [String: String] = ProcessInfo.processInfo.environment,
        pause: Duration = .seconds(30),
        retryPauses: [Duration] = [2, 4, 8, 16, 32, 60, 60, 60, 60, 60].map { .seconds($0) }
    ) {
        self.settings = settings
        self.pause = pause
        self.retryPauses = retryPauses
        // A surrounding job's variables would be taken for options. Where the configuration is, and of which clusters, is
        // no such option.
        let kept: Set<String> = ["SLURM_CONF", "SLURM_CLUSTERS"]
        let prefixes = ["SLURM_", "SBATCH_", "SRUN_", "SQUEUE_", "SCANCEL_"]
        self.environment = environment.filter { entry in
            kept.contains(entry.key) || !prefixes.contains { entry.key.hasPrefix($0) }
        }
    }

    package convenience init(configured settings: ExecutorSettings, jobs: Int) throws(ExecutorProblem) {
        self.init(try SlurmSettings(settings))
    }

    package func submit(_ array: TaskArray) async throws -> String {
        for folder in ["log"] {
            // Where this folder is missing, Slurm runs no job and leaves no log.
            try FileManager.default.createDirectory(
                atPath: "\(array.folder)/\(folder)", withIntermediateDirectories: true)
        }
        if let known = try? await number(of: array) { return known }
        let script = "\(array.folder)/script"
        try Data(Self.script(array, setup: settings.setup).utf8).write(to: URL(filePath: script), options: .atomic)
        var pauses = retryPauses[...]
        while true {
            let ending = try await command("sbatch", settings.arguments(for: array) + [script])
            if ending.code == 0, let number = Self.number(in: ending.output) { return number }
            // A call that timed out may have been taken all the same.
            if let known = try? await number(of: array) { return known }
            if let problem = Self.refusal(ending.error) { throw problem }
            guard let pause = pauses.popFirst() else {
                throw ExecutorProblem(
                    "sbatch does not take the job: \(ending.reason)",
                    hint: "Run the same command again when the cluster answers: what is finished is kept.",
                    id: "slurm-unavailable")
            }
            try await Task.sleep(for: pause)
            if let known = try? await number(of: array) { return known }
        }
    }

    package func states(of array: TaskArray) async throws -> [Int: TaskState] {
        let ending = try await command(
            "squeue", ["--noheader", "--array", "--states=all", "--name=\(array.name)", "--format=%K|%T|%r|%N"])
        guard ending.code == 0 else {
            throw ExecutorProblem("squeue does not answer: \(ending.reason)", id: "slurm-unavailable")
        }
        var states: [Int: TaskState] = [:]
        for line in ending.output.split(separator: "\n") {
            let fields = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard fields.count == 4 else { continue }
            let state = SlurmState.meaning(of: fields[1], reason: fields[2], node: fields[3])
            for task in Self.tasks(fields[0]) {
                // The name may have been used by an array before this one, whose tasks have ended.
                if case .ended = state, states[task] != nil { continue }
                states[task] = state
            }
        }
        return states
    }

    package func cancel(_ array: TaskArray, tasks: [Int]?) async {
        guard let tasks else {
            _ = try? await command("scancel", ["--name=\(array.name)"], patience: .seconds(10))
            return
        }
        guard let number = try? await number(of: array) else { return }
        _ = try? await command("scancel", tasks.map { "\(number)_\($0)" }, patience: .seconds(10))
    }

    /// The number of the array's job, as far as Slurm knows one by its name.
    private func number(of array: TaskArray) async throws -> String? {
        let ending = try await command(
            "squeue", ["--noheader", "--states=all", "--name=\(array.name)", "--format=%F"])
        guard ending.code == 0 else {
            throw ExecutorProblem("squeue does not answer: \(ending.reason)", id: "slurm-unavailable")
        }
        return ending.output.split(separator: "\n").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }.max()
            .map {
                "\($0)"
            }
    }

    private func command(
        _ program: String, _ arguments: [String], patience: Duration = .seconds(120)
    ) async throws -> Command.Ending {
        try await Command(program: program, arguments: arguments, environment: environment, patience: patience).run()
    }

    /// The script of a job. `exec`, because the signal before the end of the time goes to the shell alone, and a shell that
    /// waits for another process hears it only when that has ended. Until then it is ignored: it would end the job in the
    /// middle of the user's own lines, with nothing to hand in.
    static func script(_ array: TaskArray, setup: [String]) -> String {
        let command = array.command.map(quoted).joined(separator: " ")
        return (["#!/bin/sh", "set -eu", "trap '' USR1"] + setup + ["exec \(command) \"$SLURM_ARRAY_TASK_ID\""]).joined(
            separator: "\n")
            + "\n"
    }

    /// A word that a shell takes as it is.
    static func quoted(_ word: String) -> String { "'" + word.replacing("'", with: "'\\''") + "'" }

    /// The number in what `sbatch --parsable` prints: `ID` or `ID;CLUSTER`, at some places below other lines.
    static func number(in output: String) -> String? {
        output.split(separator: "\n").reversed().lazy.compactMap { line -> String? in
            let first = line.split(separator: ";").first?.trimmingCharacters(in: .whitespaces) ?? ""
            return Int(first).map { "\($0)" }
        }.first
    }

    /// The tasks that a row of `squeue` is about: `3`, or `[2-19%2]` where it is not spread.
    static func tasks(_ field: String) -> [Int] {
        let inner = field.drop { $0 == "[" }.prefix { $0 != "]" && $0 != "%" }
        return inner.split(separator: ",").flatMap { part -> [Int] in
            let ends = part.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first <= last, last - first < 1 << 20 else { return [] }
            return Array(first...last)
        }
    }

    /// What is wrong with a job that will not be taken however often it is offered; nil for an error that may pass.
    static func refusal(_ said: String) -> ExecutorProblem? {
        let kinds: [(word: String, key: String)] = [
            ("invalid partition", "partition"), ("invalid account", "account"), ("invalid qos", "options"),
            ("invalid feature", "options"), ("invalid node name", "options"),
            ("memory specification can not be satisfied", "memory"),
            ("requested node configuration is not available", "memory' or 'cpus"), ("invalid time", "time"),
            ("invalid job array", "documents-per-task"), ("unrecognized option", "options"),
            ("more processors requested than permitted", "cpus"),
            ("submitjoblimit", "documents-per-task"), ("maxsubmitjobsperuser", "documents-per-task"),
        ]
        let lower = said.lowercased()
        guard let kind = kinds.first(where: { lower.contains($0.word) }) else { return nil }
        let line = said.split(separator: "\n").first { $0.lowercased().contains(kind.word) } ?? ""
        return ExecutorProblem(
            "Slurm refuses the job: \(line.trimmingCharacters(in: .whitespaces))",
            hint: "See the key '\(kind.key)' of 'slurm' in colophon.yaml.", id: "slurm-refused")
    }
}

/// What a user says about jobs of Slurm. Nothing of it is part of a result or of its key.
package struct SlurmSettings: Equatable, Sendable {
    package var partition: String?
    package var account: String?
    package var time: String?
    package var memory: String?
    package var cpus: Int?
    /// How many tasks may run at once; nil for as many as the cluster lets.
    package var atMost: Int?
    /// Lines of shell before the command of each task.
    package var setup: [String] = []
    /// Further options of `sbatch`.
    package var options: [String] = []

    package init() {}

    init(_ settings: ExecutorSettings) throws(ExecutorProblem) {
        partition = settings.texts["partition"]
        account = settings.texts["account"]
        time = settings.texts["time"]
        memory = settings.texts["memory"]
        cpus = settings.cpus
        atMost = settings.atMost
        setup = settings.lines["setup"] ?? []
        options = settings.lines["options"] ?? []
        for option in options {
            let name = String(option.prefix { $0 != "=" && $0 != " " })
            guard Self.reserved.contains(name) else { continue }
            throw ExecutorProblem(
                "'options' can't have '\(name)', which Colophon sets itself", id: "reserved-option", key: "options")
        }
    }

    /// Options of `sbatch` that Colophon gives itself, and on which its working depends.
    static let reserved: Set<String> = [
        "--array", "-a", "--job-name", "-J", "--requeue", "--no-requeue", "--output", "-o", "--error", "-e", "--wrap",
        "--parsable", "--chdir", "-D", "--open-mode", "--wait", "-W", "--signal", "--export", "--dependency", "-d",
    ]

    /// How many seconds before its time is up a task is told: two minutes, and of a short time the last fifth. A task that
    /// was told at its beginning would end with its first portion.
    static func notice(before time: String?) -> Int {
        guard let seconds = time.flatMap(seconds(in:)) else { return 120 }
        return min(120, max(1, seconds / 5))
    }

    /// The length of a time as `sbatch` takes it: `minutes`, `minutes:seconds`, `hours:minutes:seconds`, `days-hours`,
    /// `days-hours:minutes` or `days-hours:minutes:seconds`; nil for any other text.
    private static func seconds(in time: String) -> Int? {
        let parts = time.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let fields = parts[parts.count - 1].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        let numbers = fields.compactMap(\.self).filter { (0..<1_000_000).contains($0) }
        guard numbers.count == fields.count, (1...3).contains(numbers.count) else { return nil }
        guard parts.count == 2 else {
            switch numbers.count {
            case 1: return numbers[0] * 60
            case 2: return numbers[0] * 60 + numbers[1]
            default: return numbers[0] * 3600 + numbers[1] * 60 + numbers[2]
            }
        }
        guard let days = Int(parts[0]), (0..<10_000).contains(days) else { return nil }
        let full = numbers + Array(repeating: 0, count: 3 - numbers.count)
        return days * 86400 + full[0] * 3600 + full[1] * 60 + full[2]
    }

    /// The arguments of `sbatch` for an array, the script not among them.
    func arguments(for array: TaskArray) -> [String] {
        let limit = atMost.map { "%\($0)" } ?? ""
        var arguments = [
            "--parsable", "--no-requeue", "--open-mode=append", "--kill-on-invalid-dep=yes",
            "--signal=B:USR1@\(Self.notice(before: time))",
            "--job-name=\(array.name)", "--chdir=\(array.folder)", "--output=\(array.folder)/log/%a.log",
            "--array=0-\(array.count - 1)\(limit)",
        ]
        if let partition { arguments.append("--partition=\(partition)") }
        if let account { arguments.append("--account=\(account)") }
        if let time { arguments.append("--time=\(time)") }
        if let memory { arguments.append("--mem=\(memory)") }
        if let cpus { arguments.append("--cpus-per-task=\(cpus)") }
        return arguments + options
    }
}
