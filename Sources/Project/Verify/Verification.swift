import Corpus
package import Engine
import Model
import Results
import StageKit
import Store

/// What a comparison of a pipeline's results with their inputs found.
package struct Verification {
    package let audit: Audit
    /// By table of the results database, whether its rows are what its digest says.
    package var results: [String: Bool] = [:]
    /// By number of a difference, where the cached result came from, of those that this machine did not compute. They have
    /// been thrown away.
    package var origins: [Int: String] = [:]
    /// Tables for which the lock has another digest; nil where there is no lock.
    package var lockDifferences: [String]?

    package init(
        of analysis: Analysis, jobs: Int, share: Double, tell: @escaping @Sendable (StoreEvent) -> Void
    ) async throws {
        let place = ProjectStore(of: analysis.pipeline, tell: tell)
        let (store, state) = try place.open(
            for: analysis.outputName, startingFrom: analysis.pipeline.name, isReading: true)
        let corpus = try await CorpusReading(
            CorpusReading.Request(analysis, prefix: place.prefix, store: store, jobs: jobs), store: store, jobs: jobs)
        try corpus.check(for: analysis.pipeline)
        let database = try analysis.lastResults()
        // What a run that began with a snapshot has left in the shared cache is a part of what is verified.
        let shared = try state.isLacking ? SharedCache(of: analysis, consents: Consents()) { _ in } : nil
        let source = shared?.source(SheetPlan(analysis.plan, over: corpus.tree), store)
        audit = try await ProgramRunners.with(
            analysis, permission: .consented(Consents()), jobs: jobs
        ) { programs in
            let engine = Engine(
                plan: analysis.plan, store: store, state: state, project: analysis.pipeline.projectFolder, jobs: jobs,
                programs: programs, source: source)
            return try await engine.audit(over: corpus.tree, share: share)
        }
        try source?.settle()

        try discardForeign(store, state)

        let (kept, made) = (try database.digests(), try database.recomputedDigests())
        for name in Set(kept.keys).union(made.keys) { results[name] = kept[name] == made[name] }
        if let path = analysis.lockPath, let lock = Lock(at: path) {
            let locked = lock.tables
            lockDifferences = Set(locked.keys).union(kept.keys).filter { locked[$0] != kept[$0]?.description }.sorted()
        }
    }

    /// Throws away results that came from elsewhere and are not what the step gives here, and has the next run look at every
    /// document again.
    private mutating func discardForeign(_ store: ResultStore, _ state: StateDatabase) throws {
        var keys: [ContentDigest] = []
        for (number, difference) in audit.differences.enumerated() {
            guard let key = difference.key, let origin = store.origin(of: key) else { continue }
            origins[number] = origin
            keys.append(key)
        }
        guard !keys.isEmpty else { return }
        try store.discard(results: keys)
        try state.clear()
    }

    /// What is not as it should be, in words.
    package var problems: [String] {
        audit.differences.enumerated().map { number, difference in
            "'\(difference.document)': step '\(difference.step)': \(difference.summary)"
                + (origins[number].map {
                    ". The cached result came from \($0) and has been thrown away: run again. [wrong-result]"
                } ?? " [not-deterministic]")
        }
            + audit.tables.filter { !$0.value }.keys.sorted().map {
                "the table '\($0)' is not the sum of its documents. Delete the pipeline's file in .colophon/state and run "
                    + "again. [wrong-table]"
            }
            + results.filter { !$0.value }.keys.sorted().map {
                "the rows of '\($0)' in the results database were changed after the run. Delete results.sqlite in the "
                    + "output folder and run again. [changed-results]"
            }
            + (lockDifferences ?? []).map {
                "the lock file and the results database have different digests for the table '\($0)'. Run again. "
                    + "[lock-differs]"
            }
    }
}
