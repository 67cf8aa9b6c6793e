import Digests
import Engine
import Executors
import Foundation
import Model
import StageKit
import Store
import Synchronization

@testable import Project

/// Runs tasks within the process of the tests, and has happen to them what a test wants.
final class ScriptedExecutor: Executor {
    /// What becomes of a task.
    enum Fate: Sendable {
        case works
        /// It ends so before it has done anything.
        case ends(TaskEnd)
        /// It does its work, and ends so all the same.
        case worksAndEnds(TaskEnd)
        /// It is told to stop, hands in the first portion, and ends without an error.
        case stops
        /// It works, and the executor knows nothing of it, then or later.
        case unknown
        /// It works, and what it hands in is changed so.
        case spoils(@Sendable ([UInt8]) -> [UInt8])
        /// It goes on for ever, without a sign of life.
        case hangs
    }

    let name = "scripted"
    let lag: Duration
    let pause = Duration.milliseconds(5)
    let outlives = true

    private let fate: @Sendable (_ array: Int, _ task: Int) -> Fate
    /// A task that has this document ends with an error over it.
    private let deadly: String?

    private struct Known {
        var arrays: [TaskArray] = []
        var states: [String: [Int: TaskState]] = [:]
        /// By document, how often it was handed in, for each pass.
        var handed: [String: Int] = [:]
        /// Documents over which a task ran nothing.
        var idle: Set<String> = []
        var submitted: @Sendable (TaskArray) -> Void = { _ in }
        var cancelled: [String] = []
        var refusals: [ExecutorProblem] = []
        var silent = 0
    }
    private let known = Mutex(Known())

    init(
        lag: Duration = .milliseconds(100), deadly: String? = nil,
        _ fate: @escaping @Sendable (_ array: Int, _ task: Int) -> Fate = { _, _ in .works }
    ) {
        self.lag = lag
        self.deadly = deadly
        self.fate = fate
    }

    var arrays: [TaskArray] { known.withLock { $0.arrays } }
    var cancelled: [String] { known.withLock { $0.cancelled } }
    /// Documents that were handed in more than once for one pass.
    var handedTwice: [String] { known.withLock { $0.handed.filter { $0.value > 1 }.keys.sorted() } }

    /// Documents over which a task ran no step.
    var idle: [String] { known.withLock { $0.idle.sorted() } }

    /// Calls `body` for each array that is submitted, before a task of it begins.
    func whenSubmitted(_ body: @escaping @Sendable (TaskArray) -> Void) { known.withLock { $0.submitted = body } }
    /// Does not take the next arrays for these reasons.
    func refuse(_ problems: ExecutorProblem...) { known.withLock { $0.refusals = problems } }
    /// Does not answer the next questions.
    func beSilent(_ times: Int) { known.withLock { $0.silent = times } }

    func submit(_ array: TaskArray) async throws -> String {
        let number = try known.withLock { known -> Int in
            if let problem = known.refusals.first {
                known.refusals.removeFirst()
                throw problem
            }
            known.arrays.append(array)
            known.states[array.name] = [:]
            known.submitted(array)
            return known.arrays.count - 1
        }
        for task in 0..<array.count {
            let fate = fate(number, task)
            set(task, array, .waiting("waits its turn"))
            Task { await run(task, array, fate) }
        }
        return "\(100 + number)"
    }

    private func set(_ task: Int, _ array: TaskArray, _ state: TaskState?) {
        known.withLock { $0.states[array.name]?[task] = state }
    }

    private func run(_ task: Int, _ array: TaskArray, _ fate: Fate) async {
        set(task, array, .running("node1"))
        let handed = TaskFolder(path: array.folder)
        var folder = handed
        let stop = TaskStop()
        var end = TaskEnd.finished
        switch fate {
        case .ends(let how): return set(task, array, .ended(how))
        case .hangs: return
        case .stops: stop.want()
        case .worksAndEnds(let how): end = how
        case .unknown: set(task, array, nil)
        case .works, .spoils: break
        }
        if let deadly, let bytes = SealedFile.read(folder.plan), let plan = try? TaskPlan(encoded: bytes),
            let documents = try? folder.documents(of: task, plan: ContentDigest(of: bytes)),
            let portion = TaskWork.portions(documents, most: plan.manner.portion).first(where: {
                $0.contains { $0.entry.id == deadly }
            })
        {
            if plan.manner.kind != .whole {
                try? TaskPulse(count: 1, inHand: portion.map(\.entry.id)).write(to: folder.pulse(task))
            }
            return set(task, array, .ended(.failed("signal 11")))
        }
        if case .spoils = fate {
            // Elsewhere, so that nobody sees what it hands in before that is changed.
            folder = TaskFolder(path: "\(array.folder).\(task).part")
            try? FileManager.default.copyItem(atPath: handed.path, toPath: folder.path)
        }
        let digest = array.command.last ?? ""
        do {
            _ = try await TaskRun(plan: folder.plan, digest: digest, task: task, build: "b", stop: stop).run()
        } catch {
            end = .failed("exit code 1")
        }
        if case .spoils = fate {} else { note(task, folder) }
        if case .spoils(let change) = fate {
            for pack in folder.packs where pack.hasPrefix("\(task)-") {
                guard let bytes = FileWriting.contents(of: "\(folder.results)/\(pack)") else { continue }
                try? FileWriting.write(change(bytes), to: "\(handed.results)/\(pack)")
            }
            try? FileManager.default.removeItem(atPath: folder.path)
        }
        if case .unknown = fate { return }
        set(task, array, .ended(end))
    }

    /// Counts what a task has handed in.
    private func note(_ task: Int, _ folder: TaskFolder) {
        guard let bytes = SealedFile.read(folder.plan), let plan = try? TaskPlan(encoded: bytes) else { return }
        for pack in folder.packs where pack.hasPrefix("\(task)-") {
            guard case .sound(let handed) = folder.pack(pack, plan: ContentDigest(of: bytes)) else { continue }
            known.withLock { known in
                for document in handed.documents {
                    known.handed["\(plan.pass) \(document.id)", default: 0] += 1
                    if document.ran.isEmpty { known.idle.insert(document.id) }
                }
            }
        }
    }

    func states(of array: TaskArray) async throws -> [Int: TaskState] {
        try known.withLock { known in
            if known.silent > 0 {
                known.silent -= 1
                throw ExecutorProblem("no answer", id: "silent")
            }
            return known.states[array.name] ?? [:]
        }
    }

    func cancel(_ array: TaskArray, tasks: [Int]?) async {
        known.withLock { known in
            known.cancelled.append(array.name)
            for task in tasks ?? Array(0..<array.count) {
                if case .ended? = known.states[array.name]?[task] { continue }
                known.states[array.name]?[task] = .ended(.cancelled(""))
            }
        }
    }
}
