import Corpus
import Engine
import Foundation
import Model
import Notebook
import Results
import StageKit
import Store

/// One run of a pipeline, from the walk over the corpus to the report: its steps in order, as docs/architecture.md tells
/// them. What each of them does stands in `PipelineRun+Steps.swift`.
package struct PipelineRun: Sendable {
    let analysis: Analysis
    /// How many documents are in work at once.
    let jobs: Int
    /// Whether the run ends with a problem, before it writes anything, where the lock would change.
    let isFrozen: Bool
    /// A folder that has cache, outputs and lock of the run in the place of the project; nil for the project.
    let scratch: String?
    /// Results to begin with, where this is the run of a variant: it makes results and no report.
    let seed: String?
    /// Whether programs may be started.
    let programs: ProgramPermission
    /// How documents are given to tasks elsewhere; nil where all are computed here.
    let tasks: TaskSettings?
    let observer: any RunObserver

    package init(
        _ analysis: Analysis, jobs: Int, isFrozen: Bool = false, scratch: String? = nil, seed: String? = nil,
        programs: ProgramPermission = .consented(Consents()), tasks: TaskSettings? = nil, observer: any RunObserver
    ) {
        self.analysis = analysis
        self.jobs = jobs
        self.isFrozen = isFrozen
        self.scratch = scratch
        self.programs = programs
        self.seed = seed
        self.tasks = tasks
        self.observer = observer
    }

    /// What a run tells when it is over.
    package struct Summary: Sendable {
        package var record: RunRecord
        /// Where the report is, as seen from where the user is.
        package var report: String
        /// Checks of the report that failed, in words.
        package var failedChecks: [String]
        /// Whether everything stood already and nothing had to be done.
        package var isUnchanged: Bool
    }

    /// Runs it. Several at once on one store are fine; on one output folder, one waits for the other.
    ///
    /// A database that turns out to be damaged is put aside, and the run begins anew: all it loses is time.
    package func run() async throws -> Summary {
        let isNew = FileWriting.isGone(outputs.folder)
        let lock = try await outputs.lock(with: lockPath) { observer.tell(.waiting) }
        defer {
            withExtendedLifetime(lock) {}
            if isNew { outputs.removeIfEmpty() }
        }
        var doubts = Doubts()
        while true {
            do { return try await attempt(doubts) } catch { try await recover(from: error, &doubts) }
        }
    }

    /// The steps of a run. `doubts` are what an attempt before this one found not to be so.
    private func attempt(_ doubts: Doubts) async throws -> Summary {
        let began = Date()
        let variants = try analysis.variants()
        let notebook = try NotebookSource(analysis)
        let cache = try openCache(doubts)
        let corpus = try await walk(cache.store)
        let facts = RunFacts(analysis: analysis, corpus: corpus, notebook: notebook)
        try checkLock(facts, corpus, cache)
        let results = try openResults(facts)
        let last = try lastOutputs(cache)
        var reported: [ReportVariant]?
        let coordinator = tasks.map {
            TaskCoordinator(analysis, $0, programs, store: cache.store, runKey: facts.runKey, observer: observer)
        }
        if let last, try stands(last, facts, cache, results) {
            let made = try await run(variants, beside: results)
            if last.variants == Self.digest(of: made) {
                // What a run left that was killed at its very end.
                await coordinator?.finish()
                return summary(record(began, nil, facts, last), last, isUnchanged: true)
            }
            reported = made
        }
        let shared = try sharedCache()
        let begins = try await beginWithSnapshot(shared, facts, corpus, cache, results) || beginWithCopy(results, cache)
        let files = FileTableCheck(store: cache.store, state: cache.state, place: place, jobs: jobs)
        if !doubts.files { try await files.check(corpus) }
        let publishing = try Publishing(
            analysis, corpus: corpus, facts: facts, state: cache.state, results: results,
            isTouched: !begins && isTouched(results, last),
            changes: seed == nil ? ChangesFile(in: outputs) : nil, jobs: jobs,
            observer: observer)
        await coordinator?.removeOthers()
        let (engine, outcome) = try await compute(
            corpus, cache, facts, doubts, shared, coordinator, delivery: publishing.delivery)
        if !doubts.files { try files.check(outcome) }
        try settle(outcome, cache)
        do {
            let left = try await publish(
                publishing, outcome, engine, notebook, results, facts, over: last, cache, (variants, reported))
            var record = record(began, outcome, facts, left)
            record.jobs = await coordinator?.jobs
            let finished = try append(record, cache)
            await coordinator?.finish()
            try await share(outcome, corpus, facts, cache, shared)
            return summary(finished, left, isUnchanged: false)
        } catch {
            // What was computed is kept and will not run again, so it has to be told of this run.
            let left = publishing.manifest(of: outcome, files: [:], failedChecks: [])
            var unfinished = record(began, outcome, facts, left)
            unfinished.unfinished = true
            _ = try? append(unfinished, cache)
            throw (error as? TablesDiffer).map { problem($0, facts) } ?? error
        }
    }
}
