import Digests
import Engine
import Executors
import Foundation
import Model
import StageKit
import Store

/// Gives the documents of a pass to tasks, takes in what they hand in, and sees to what they leave.
///
/// The files that tasks hand in are the truth; the executor is only asked whether anybody still works on the rest. All
/// that the coordinator knows stands in the folder of the run as well, so it may be killed at any time: started again, it
/// finds its tasks and goes on.
actor TaskCoordinator {
    let analysis: Analysis
    let settings: TaskSettings
    /// Whether programs may be started. The run has asked already when tasks are submitted.
    let programs: ProgramPermission
    let store: ResultStore
    let observer: any RunObserver
    /// The folder of this run.
    let folder: String
    /// What the tasks were called that worked for this run, in words.
    var jobs: [String] = []
    /// The packs that tasks have handed in, by their paths within the folder of the run, and by document the places in them
    /// where its layers stand: tasks of later passes read them there.
    var packs: [String] = []
    var places: [String: [HandedPlace]] = [:]
    /// Whether the run has told that it computes a pass over few documents here.
    private var isFewTold = false
    /// Why tasks wait, as far as it was told.
    private var reasonsTold: Set<String> = []

    init(
        _ analysis: Analysis, _ settings: TaskSettings, _ programs: ProgramPermission, store: ResultStore,
        runKey: ContentDigest, observer: any RunObserver
    ) {
        self.analysis = analysis
        self.settings = settings
        self.programs = programs
        self.store = store
        self.observer = observer
        let project = Self.absolute(analysis.pipeline.projectFolder)
        outputs = "\(project)/.colophon/tasks/\(analysis.outputName)"
        // Another build of the program may read and write these files otherwise.
        let key = ContentDigest(of: runKey.bytes + settings.build.utf8)
        folder = "\(outputs)/\(key.description.prefix(16))"
    }

    /// The folder of all runs of this pipeline.
    let outputs: String

    private static func absolute(_ path: String) -> String {
        Pipeline.join(FileManager.default.currentDirectoryPath, path)
    }

    /// Ends the tasks of runs whose inputs have changed since, and takes their files away.
    func removeOthers() async {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: outputs)) ?? [] {
            let other = "\(outputs)/\(name)"
            if other != folder { await remove(other) }
        }
    }

    /// Ends the tasks of a run, and takes its files away.
    private func remove(_ run: String) async {
        for pass in Self.names(in: run) {
            for job in Self.names(in: "\(run)/\(pass)") {
                guard let array = array(TaskFolder(path: "\(run)/\(pass)/\(job)"), count: nil) else { continue }
                await settings.executor.cancel(array, tasks: nil)
            }
        }
        try? FileManager.default.removeItem(atPath: run)
    }

    /// Takes the files of the run away, whose results are all in the store.
    ///
    /// A task may still be at work that another one has overtaken, or that a run submitted which was killed at that moment.
    func finish() async {
        if !FileWriting.isGone(folder) { await remove(folder) }
        // Only where nothing else is in them.
        rmdir(outputs)
        rmdir(Pipeline.folder(of: outputs))
        rmdir(Pipeline.folder(of: Pipeline.folder(of: outputs)))
    }

    /// The names in a folder, in order, without what is only half made.
    static func names(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasSuffix(".part") }.sorted()
    }

    /// Has tasks compute what the documents of a pass lack.
    func compute(_ pass: DelegatedPass) async throws -> Delegated {
        var progress = PassProgress(
            pass.tables,
            goesOn: (pass.number + 1..<pass.passes).contains { analysis.plan.isForTasks(pass: $0) })
        var plan = plan(pass)
        let place = "\(folder)/pass-\(pass.number + 1)-\(plan.subject.description.prefix(12))"
        for name in Self.names(in: place) {
            guard let job = try existing(TaskFolder(path: "\(place)/\(name)")) else { continue }
            progress.jobs.append(job)
            if let number = job.folder.submitted { note(number, job.array) }
        }
        let earlier = places
        plan.packs = packs
        let isResumed = !progress.jobs.isEmpty
        guard isResumed || settings.isForced || pass.count >= settings.threshold else {
            tellFew(pass.count, pass)
            return Delegated()
        }
        try await takeIn(&progress)
        // After what was handed in stands in the store.
        let done = Set(progress.delegated.ran.keys)
        for var document in try await pass.lacking() where !done.contains(document.entry.id) {
            document.handed = earlier[document.entry.id] ?? []
            progress.open[document.entry.id] = document
            progress.order.append(document.entry.id)
        }
        guard isResumed || settings.isForced || progress.order.count >= settings.threshold else {
            if !progress.order.isEmpty { tellFew(progress.order.count, pass) }
            return Delegated()
        }
        let steps = analysis.plan.graph.passes[pass.number].documentSteps
        if steps.contains(where: { if case .program = $0.shape { true } else { false } }) {
            try programs.check(analysis)
        }
        progress.total = progress.order.count
        guard progress.total > 0 else { return progress.delegated }
        if isResumed, !jobs.isEmpty, !settings.isDetached {
            let count = Wording.count(progress.total, "document")
            tell(
                "the run goes on with what was submitted before: \(jobs.joined(separator: ", ")); pass \(pass.number + 1) of "
                    + "\(pass.passes) has \(count) to go", id: "tasks-found", severity: .note)
        }
        do {
            try await attend(&progress, &plan, pass, place)
        } catch {
            if error is TasksSubmitted { throw error }
            let (executor, jobs) = (settings.executor, progress.jobs)
            if error is CancellationError {
                tell(
                    "the tasks of the run are cancelled",
                    hint: settings.canDetach ? "A run with '--detach' leaves them at work." : nil,
                    id: "tasks-cancelled",
                    severity: .note)
            }
            // In a task of its own, because this one may have been cancelled, and with it all that it begins.
            await Task {
                for job in jobs {
                    job.folder.giveUp()
                    if job.remaining.contains(where: { $0 > 0 }) { await executor.cancel(job.array, tasks: nil) }
                }
            }.value
            throw error
        }
        return progress.delegated
    }

    private func tellFew(_ count: Int, _ pass: DelegatedPass) {
        guard !isFewTold else { return }
        isFewTold = true
        observer.tell(
            .diagnostics([
                Diagnostic(
                    "pass \(pass.number + 1) of \(pass.passes) is computed here: \(Wording.count(count, "document")) are fewer "
                        + "than the \(Wording.grouped(settings.threshold)) from which a run gives them to tasks",
                    hint: "So is each later pass over as few. '--force-tasks' gives them to tasks all the same.",
                    id: "few-documents", severity: .note)
            ]))
    }

    private func plan(_ pass: DelegatedPass) -> TaskPlan {
        let pipeline = analysis.pipeline
        return TaskPlan(
            build: settings.build, project: Self.absolute(pipeline.projectFolder),
            pipeline: Self.absolute(pipeline.path), settings: pipeline.settings,
            inputs: pipeline.inputs.map { ($0.path, $0.bytes) },
            steps: analysis.plan.digests.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, pass: pass.number,
            decisions: pass.decisions, startsPrograms: programs.isGiven,
            manner: .init(kind: .whole, jobs: settings.jobs, seconds: settings.handInSeconds))
    }

    /// Waits for tasks until every document is handed in or left out.
    private func attend(
        _ progress: inout PassProgress, _ plan: inout TaskPlan, _ pass: DelegatedPass, _ place: String
    ) async throws {
        for k in progress.jobs.indices where !progress.jobs[k].folder.isGivenUp {
            progress.hand(to: k)
            if progress.jobs[k].folder.submitted == nil { try await submit(progress.jobs[k]) }
        }
        let free = progress.order.filter { progress.open[$0] != nil && progress.holders[$0] == nil }
        try await start(free, .whole, &progress, &plan, place)
        let began = ContinuousClock.now
        var lastAsked: ContinuousClock.Instant?
        var silentSince: ContinuousClock.Instant?
        var isSilenceTold = false
        var waitingSince: ContinuousClock.Instant?
        var wait = Duration.milliseconds(50)
        while !progress.open.isEmpty {
            try Task.checkCancellation()
            // Often at the beginning, where a mistake in the settings shows, and seldom where tasks take long.
            let pause = min(settings.executor.pause, max(.seconds(1), (ContinuousClock.now - began) / 10))
            let isTime = lastAsked.map { ContinuousClock.now - $0 >= pause } ?? true
            var isAnswered = isTime
            if isTime {
                for k in progress.jobs.indices where progress.jobs[k].remaining.contains(where: { $0 > 0 }) {
                    do {
                        progress.jobs[k].states = try await settings.executor.states(of: progress.jobs[k].array)
                    } catch let error as CancellationError {
                        throw error
                    } catch {
                        // That it does not answer says nothing about the tasks.
                        isAnswered = false
                        let since = silentSince ?? ContinuousClock.now
                        silentSince = since
                        if ContinuousClock.now - since > .seconds(300), !isSilenceTold {
                            isSilenceTold = true
                            tell(
                                "\(settings.executor.name) has not answered for five minutes; the run goes on waiting",
                                id: "no-answer")
                        }
                    }
                }
                lastAsked = ContinuousClock.now
                if isAnswered { (silentSince, isSilenceTold) = (nil, false) }
            }
            let before = progress.open.count
            try await takeIn(&progress)
            try checkRefusals(progress)
            if isAnswered { try await seeTo(&progress, &plan, place) }
            if let reason = show(progress, pass) {
                let since = waitingSince ?? ContinuousClock.now
                waitingSince = since
                tellWaiting(reason, since)
            } else {
                waitingSince = nil
            }
            if progress.open.isEmpty { break }
            if settings.isDetached {
                let open = progress.jobs.filter { $0.remaining.contains { $0 > 0 } }
                throw TasksSubmitted(
                    what: open.compactMap { job in job.folder.submitted.map { words(for: $0, job.array) } }.joined(
                        separator: ", "))
            }
            wait =
                progress.open.count < before ? .milliseconds(50) : min(wait * 2, .seconds(2), settings.executor.pause)
            try await Task.sleep(for: wait)
        }
    }

    func tell(_ message: String, hint: String? = nil, id: String, severity: Diagnostic.Severity = .warning) {
        observer.tell(.diagnostics([Diagnostic(message, hint: hint, id: id, severity: severity)]))
    }

    /// Tells why all tasks wait: after a minute, or at once where the settings have to be changed.
    private func tellWaiting(_ reason: String, _ since: ContinuousClock.Instant) {
        let isForUsers = reason.contains(Configuration.name)
        guard isForUsers || ContinuousClock.now - since > .seconds(60), reasonsTold.insert(reason).inserted else {
            return
        }
        tell("the tasks of the run wait: \(reason)", id: "tasks-wait", severity: isForUsers ? .warning : .note)
    }

    /// Shows how far tasks are. Returns why all of them wait, if they do.
    private func show(_ progress: PassProgress, _ pass: DelegatedPass) -> String? {
        var (running, waiting) = (0, 0)
        var reason: String?
        for job in progress.jobs {
            for (task, state) in job.states where job.remaining[task] > 0 {
                switch state {
                case .running: running += 1
                case .waiting(let why):
                    waiting += 1
                    reason = why
                case .ended: break
                }
            }
        }
        observer.tell(
            .tasks(
                TaskProgress(
                    pass: pass.number, passes: pass.passes, done: progress.total - progress.open.count,
                    total: progress.total, running: running, waiting: waiting, failed: progress.failures, reason: reason
                )))
        return running == 0 ? reason : nil
    }
}
