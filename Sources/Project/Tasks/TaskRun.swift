import Digests
import Engine
import Foundation
import Model
import PipelineFile
import StageKit
import Store
import Synchronization

/// One task of an array, as `colophon work` runs it: the same steps as a run, over the documents of its share. It opens
/// none of the project's databases.
package struct TaskRun: Sendable {
    private let folder: TaskFolder
    private let digest: String
    private let task: Int
    private let build: String
    private let stop: TaskStop

    /// The task with the number `task` of the plan at `path`, whose digest is `digest`. `build` stands for the code of this
    /// program; `stop` tells when the task is to end.
    package init(plan path: String, digest: String, task: Int, build: String, stop: TaskStop) {
        folder = TaskFolder(path: Pipeline.folder(of: path))
        self.digest = digest
        self.task = task
        self.build = build
        self.stop = stop
    }

    /// Does the work. Returns how many documents were handed in.
    package func run() async throws -> Int {
        let bytes = try await read("the plan") {
            SealedFile.read(folder.plan).flatMap { ContentDigest(of: $0).description == digest ? $0 : nil }
        }
        guard TaskPlan.build(of: bytes) == build else {
            throw refusal("the program is another build than the one that planned the run")
        }
        let plan = try TaskPlan(encoded: bytes)
        let key = ContentDigest(of: bytes)
        let documents = try await read("the share") { try folder.documents(of: task, plan: key) }
        let analysis = try analysis(plan)
        try check(plan, documents)
        return try await ProgramRunners.with(
            analysis, permission: plan.startsPrograms ? .asked : .never, jobs: plan.manner.jobs
        ) { programs in
            let work = try TaskWork(
                analysis.plan, pass: plan.pass, decisions: plan.decisions, project: plan.project, programs: programs)
            guard let work else { throw refusal("the plan has no pass \(plan.pass + 1)") }
            return try await run(work, documents, plan, key)
        }
    }

    private func run(
        _ work: TaskWork, _ documents: [TaskDocument], _ plan: TaskPlan, _ key: ContentDigest
    ) async throws -> Int {
        let (manner, names) = (plan.manner, work.earlierLayers)
        var waiting = HandedResults()
        var (packs, count, beats) = (0, 0, 0)
        var last = ContinuousClock.now
        var lastBeat = last
        func handIn() throws {
            guard !waiting.documents.isEmpty else { return }
            try checkWanted()
            try folder.handIn(waiting, plan: key, task: task, number: packs)
            packs += 1
            count += waiting.documents.count
            waiting = HandedResults()
            last = ContinuousClock.now
        }
        func beat(_ inHand: [TaskDocument]) throws {
            beats += 1
            lastBeat = ContinuousClock.now
            try checkWanted()
            try TaskPulse(count: beats, inHand: inHand.map(\.entry.id)).write(to: folder.pulse(task))
        }
        let portions = TaskWork.portions(documents, most: manner.portion)
        // One at a time, a portion is noted before it begins: if the task is killed over it, that is known.
        let isCareful = manner.kind != .whole
        try beat(portions.first ?? [])
        for group in Self.groups(portions, of: isCareful || manner.jobs == 1 ? 1 : 16 * manner.jobs) {
            if isCareful { try beat(group[0]) }
            try await concurrentForEach(group, jobs: manner.jobs) {
                try await work.run(
                    $0, counting: !isCareful, handed: folder.layers(of: $0, in: plan.packs, only: names))
            } then: {
                waiting.append($0)
                if ContinuousClock.now - lastBeat >= Self.beat { try beat([]) }
            }
            let age = ContinuousClock.now - last
            if age >= .seconds(manner.seconds) || waiting.size >= Self.largestPack { try handIn() }
            if stop.isWanted { break }
        }
        try handIn()
        return count
    }

    /// Throws where the run has ended and taken its files away: to write would make the folder again.
    private func checkWanted() throws {
        guard FileWriting.isGone(folder.plan) else { return }
        throw ProjectProblem.failure([
            Diagnostic("the run has ended, and nobody waits for this task any more", id: "not-wanted")
        ])
    }

    /// How often a task gives a sign of life.
    private static let beat = Duration.seconds(30)
    /// So many bytes are handed in at once, whatever the time.
    private static let largestPack = 128 << 20

    private static func groups(_ portions: [[TaskDocument]], of size: Int) -> [[[TaskDocument]]] {
        stride(from: 0, to: portions.count, by: size).map { Array(portions[$0..<min($0 + size, portions.count)]) }
    }

    /// Reads what another machine wrote, of which this one may not see all yet.
    private func read<Value>(_ what: String, _ body: () throws -> Value?) async throws -> Value {
        let start = ContinuousClock.now
        while true {
            if let value = try body() { return value }
            guard ContinuousClock.now - start < Self.patience else {
                throw ProjectProblem.failure([
                    Diagnostic(
                        "\(what) of the task can't be read in '\(folder.path)'",
                        hint:
                            "The folder of the project has to be on a file system that every machine of the cluster sees.",
                        id: "no-plan")
                ])
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    private static let patience = Duration.seconds(120)

    /// The pipeline as it was when the run was planned; a file of it that was edited since changes nothing.
    private func analysis(_ plan: TaskPlan) throws -> Analysis {
        let files = Dictionary(
            plan.inputs.map { (Pipeline.join(plan.project, $0.path), $0.bytes) },
            uniquingKeysWith: { first, _ in first })
        let disk = FileAccess.disk
        var access = disk
        access.read = { path, limit throws(FileProblem) in
            if let bytes = files[path] { return bytes }
            return try disk.read(path, limit)
        }
        do {
            return try Analysis(path: plan.pipeline, settings: plan.settings, access: access)
        } catch let problem as ProjectProblem {
            let first = problem.diagnostics.first { $0.severity == .error }?.message ?? "it is not sound"
            throw refusal("the pipeline can't be read here: \(first)")
        }
    }

    /// Refuses to work where anything that results depend on is other than where the run was planned.
    private func check(_ plan: TaskPlan, _ documents: [TaskDocument]) throws {
        let own = try analysis(plan).plan.digests
        if let other = plan.steps.first(where: { own[$0.id] != $0.digest }) {
            throw refusal(
                "the step '\(other.id)' is another here than where the run was planned: a file that it reads, or a library, "
                    + "differs")
        }
        guard own.count == plan.steps.count else { throw refusal("the program has other steps here") }
        let files = documents.filter(\.isFile).prefix(3)
        let gone = files.allSatisfy { FileWriting.isGone("\(plan.project)/\($0.entry.path)") }
        guard let first = files.first, gone else { return }
        throw ProjectProblem.failure([
            Diagnostic(
                "the documents can't be seen on this machine: there is no '\(plan.project)/\(first.entry.path)'",
                hint: "The folder of the project has to be on a file system that every machine of the cluster sees.",
                id: "no-documents-here")
        ])
    }

    /// The end of a task that must not work; it tells the run, which ends.
    private func refusal(_ what: String) -> ProjectProblem {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let text = "\(host): \(what)"
        try? SealedFile.write(Array(text.utf8), to: "\(folder.refusal)-\(task)")
        return .failure([
            Diagnostic(text, hint: "Install the same build of Colophon on every machine.", id: "other-build")
        ])
    }
}

/// Tells a task to hand in what it has and end: a signal shortly before its time is up.
package final class TaskStop: Sendable {
    private let wanted = Atomic(false)

    package init() {}

    package func want() { wanted.store(true, ordering: .relaxed) }

    var isWanted: Bool { wanted.load(ordering: .relaxed) }
}
