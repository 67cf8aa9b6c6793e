import Engine
import Executors
import Model
import StageKit
import Store

/// Tasks that have ended: what becomes of the documents that they did not hand in.
extension TaskCoordinator {
    /// So often tasks may be lost, one after the other, without anything being handed in.
    private static let mostDisplaced = 20
    /// So often tasks may fail before they have noted a portion.
    private static let mostStillborn = 2
    /// A task that gives no sign of life for so long is ended.
    private static let silence = Duration.seconds(15 * 60)

    /// Sees to the documents of tasks on which nobody works any more.
    func seeTo(_ progress: inout PassProgress, _ plan: inout TaskPlan, _ place: String) async throws {
        let now = ContinuousClock.now
        var again: [TaskPlan.Manner.Kind: [String]] = [:]
        for k in progress.jobs.indices {
            for task in 0..<progress.jobs[k].array.count where !progress.jobs[k].closed.contains(task) {
                let job = progress.jobs[k]
                guard job.remaining[task] > 0 else { continue }
                let end: TaskEnd
                switch job.states[task] {
                case .ended(let how): end = how
                case .waiting:
                    progress.jobs[k].missing[task] = nil
                    continue
                case .running:
                    progress.jobs[k].missing[task] = nil
                    await watch(task, of: k, &progress)
                    continue
                case nil: end = .displaced("\(settings.executor.name) knows nothing of it any more")
                }
                // What another machine has written may be seen late.
                let since = job.missing[task] ?? now
                progress.jobs[k].missing[task] = since
                let isUnsound = job.unsound.keys.contains { !job.settled.contains($0) && $0.hasPrefix("\(task)-") }
                let needsPatience = end == .finished || job.states[task] == nil
                if isUnsound || needsPatience && now - since < settings.executor.lag { continue }
                progress.jobs[k].closed.insert(task)
                try decide(task, of: k, end, progress.missing(task, of: k), &progress, &again)
            }
        }
        for (kind, ids) in again.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try await start(ids, kind, &progress, &plan, place)
        }
    }

    /// Decides what becomes of the documents `ids` of a task that has ended without handing them in.
    func decide(
        _ task: Int, of k: Int, _ end: TaskEnd, _ ids: [String], _ progress: inout PassProgress,
        _ again: inout [TaskPlan.Manner.Kind: [String]]
    ) throws {
        let job = progress.jobs[k]
        let words = job.folder.lastWords(of: task)
        // In one line, as every message is.
        let log = words.isEmpty ? "" : "; the last lines of its log: \(words.joined(separator: " / "))"
        let isHung = job.hung.contains(task)
        let what =
            "task \(task) of \(job.folder.submitted.map { "job \($0)" } ?? job.array.name) "
            + (isHung ? "gave no sign of life for 15 minutes" : end.words)
        let count = Wording.count(ids.count, "document")
        if case .cancelled = end, !isHung {
            throw ProjectProblem.failure([
                Diagnostic(
                    "\(what), with \(count) to go", hint: "What is finished is kept; the next run goes on from there.",
                    id: "task-cancelled")
            ])
        }
        if case .displaced = end {
            progress.displaced += 1
            guard progress.displaced <= Self.mostDisplaced else {
                throw ProjectProblem.failure([
                    Diagnostic(
                        "\(what), as \(Self.mostDisplaced) tasks before it, and nothing was handed in\(log)",
                        id: "tasks-lost")
                ])
            }
            tell("\(what); \(count) of it go to another task", id: "task-again")
            again[job.kind, default: []] += ids
            return
        }
        // Told to end before its time was up, it has handed in what it had.
        if end == .finished, job.fruitful.contains(task) {
            again[job.kind, default: []] += ids
            return
        }
        progress.failures += 1
        switch job.kind {
        case .whole:
            tell("\(what); \(count) of it are tried again in small portions\(log)", id: "task-again")
            again[end == .outOfTime && job.fruitful.contains(task) ? .whole : .careful, default: []] += ids
        case .careful:
            let inHand = Set(TaskPulse(at: job.folder.pulse(task))?.inHand ?? []).intersection(ids)
            if inHand.isEmpty {
                progress.stillborn += 1
                guard progress.stillborn <= Self.mostStillborn else {
                    throw ProjectProblem.failure([
                        Diagnostic(
                            "\(what) before it began, as tasks before it did\(log)",
                            hint: "What is finished is kept; the next run goes on from there.", id: "tasks-fail")
                    ])
                }
            } else {
                tell(
                    "\(what) over \(Wording.names(inHand.sorted())), which are tried one by one\(log)", id: "task-again"
                )
            }
            again[.alone, default: []] += ids.filter(inHand.contains)
            again[.careful, default: []] += ids.filter { !inHand.contains($0) }
        case .alone:
            for id in ids {
                progress.close(id)
                progress.delegated.failed[id] = StageFailure(
                    "its task \(isHung ? "gave no sign of life for 15 minutes" : end.words), three times"
                        + log,
                    hint: "the next run tries it again", code: "task-failed")
            }
        }
    }

    /// Ends a task that gives no sign of life.
    func watch(_ task: Int, of k: Int, _ progress: inout PassProgress) async {
        let now = ContinuousClock.now
        let pulse = TaskPulse(at: progress.jobs[k].folder.pulse(task)) ?? TaskPulse(count: 0, inHand: [])
        guard let last = progress.jobs[k].pulses[task], last.pulse == pulse else {
            progress.jobs[k].pulses[task] = (pulse, now)
            return
        }
        guard now - last.seen > Self.silence, progress.jobs[k].hung.insert(task).inserted else { return }
        await settings.executor.cancel(progress.jobs[k].array, tasks: [task])
    }
}
