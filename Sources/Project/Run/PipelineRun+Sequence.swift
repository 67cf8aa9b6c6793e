import Engine
import Foundation
import Notebook
import Store

/// One run from the walk over the corpus to the report: its steps in order, as docs/architecture.md tells them. What each
/// of them does stands in `PipelineRun+Steps.swift`.
extension PipelineRun {
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
        let (variants, notebook) = try await prepare()
        let cache = try openCache(doubts)
        let corpus = try await walk(cache.store, for: notebook, variants)
        let facts = RunFacts(analysis: analysis, corpus: corpus, notebook: notebook)
        try checkLock(facts)
        let results = try openResults(facts)
        let last = try lastOutputs(cache)
        var reported: [ReportVariant]?
        let coordinator = coordinator(cache, facts)
        if let last, try stands(last, facts, cache, results) {
            let made = try await run(variants, beside: results)
            if last.variants == Self.digest(of: made) {
                // What a run left that was killed at its very end.
                await coordinator?.finish()
                return summary(record(began, nil, facts, last), last, isUnchanged: true)
            }
            reported = made
        }
        try await checkMetadata(of: notebook, corpus, variants)
        let shared = try sharedCache()
        let begins = try await beginWithSnapshot(shared, facts, corpus, cache, results) || beginWithCopy(results, cache)
        let files = FileTableCheck(store: cache.store, state: cache.state, place: place, jobs: jobs)
        if !doubts.files { try await files.check(corpus) }
        let publishing = try publishing(
            corpus, facts, cache, results, isTouched: !begins && isTouched(results, last))
        await coordinator?.removeOthers()
        let (engine, outcome, messages) = try await compute(
            corpus, cache, facts, doubts, shared, coordinator, delivery: publishing.delivery)
        if !doubts.files { try files.check(outcome) }
        try settle(outcome, cache)
        do {
            let left = try await publish(
                publishing, outcome, engine, notebook, results, facts, over: last, cache, (variants, reported))
            var record = record(began, outcome, facts, left)
            record.jobs = await coordinator?.jobs
            record.messages = messages.isEmpty ? nil : messages
            let finished = try append(record, cache)
            await coordinator?.finish()
            try await share(outcome, corpus, facts, cache, shared)
            return summary(finished, left, isUnchanged: false)
        } catch {
            appendUnfinished(record(began, outcome, facts, publishing.manifest(of: outcome)), cache)
            throw (error as? TablesDiffer).map { problem($0, facts) } ?? error
        }
    }
}
