package import Model
package import StageKit
package import Store

/// Brings a corpus up to date: maps read the documents that were edited, folds subtract what these had counted and add
/// what they count now, finishes decide where a table is different, joins take decisions to whoever named their keys.
package struct Engine: Sendable {
    let plan: RunPlan
    let store: ResultStore
    let state: StateDatabase
    /// The project's folder, below which the documents stand.
    let project: String
    let jobs: Int
    let programs: ProgramSteps
    let isDoubting: Bool
    /// Where results are looked for that the store does not have; nil for nowhere.
    let source: (any ResultSource)?
    /// What computes passes elsewhere; nil where everything is computed here.
    let delegation: Delegation?
    let progress: @Sendable (EngineProgress) -> Void

    /// Documents that a task takes at once, and the bytes of them: long documents go a few at a time, so that memory does
    /// not grow with 32 of the longest.
    static let leaf = 32
    static let leafBytes = 1 << 20
    /// From how many documents on all decisions are read at once instead of one by one.
    private static let many = 64

    /// An engine that keeps results in `store` and where it left off in `state`. When it `isDoubting`, programs run again
    /// where the store has a result of theirs and not what the result names.
    package init(
        plan: RunPlan, store: ResultStore, state: StateDatabase, project: String, jobs: Int,
        programs: ProgramSteps = .init(), isDoubting: Bool = false, source: (any ResultSource)? = nil,
        delegation: Delegation? = nil,
        progress: @escaping @Sendable (EngineProgress) -> Void = { _ in }
    ) {
        self.plan = plan
        self.store = store
        self.state = state
        self.project = project
        self.jobs = jobs
        self.programs = programs
        self.isDoubting = isDoubting
        self.source = source
        self.delegation = delegation
        self.progress = progress
    }

    /// Brings everything up to the corpus `tree`. The state moves in one transaction at the end; when it fails, or the
    /// process is killed, the state stays as it was, and what was computed is in the store.
    package func run(
        over tree: CorpusTree, runKey: ContentDigest, delivery: Delivery? = nil
    ) async throws -> RunOutcome {
        do {
            return try await attempt(over: tree, runKey: runKey, delivery)
        } catch EngineProblem.lostSummary {
            // Without the state every document is looked at, and a summary that can't be made is made of new layers.
            try state.clear()
            var outcome = try await attempt(over: tree, runKey: runKey, nil)
            outcome.isRestarted = delivery != nil
            return outcome
        }
    }

    private func attempt(
        over tree: CorpusTree, runKey: ContentDigest, _ delivery: Delivery?
    ) async throws -> RunOutcome {
        try state.begin()
        do {
            try state.holdIndexes()
            var run = EngineRun(engine: self, tree: tree, delivery: delivery)
            let outcome = try await run.run(runKey: runKey)
            try state.sealIndexes()
            try state.commit()
            return outcome
        } catch {
            state.rollback()
            throw error
        }
    }

    /// Elements in portions of so many.
    static func portions<Element>(_ elements: [Element], of size: Int) -> [[Element]] {
        stride(from: 0, to: elements.count, by: size).map { Array(elements[$0..<min($0 + size, elements.count)]) }
    }

    /// Documents in the portions that tasks take.
    static func portions(_ entries: [DocumentEntry]) -> [[DocumentEntry]] {
        var portions: [[DocumentEntry]] = []
        var (start, bytes) = (0, 0)
        for (k, entry) in entries.enumerated() {
            if k > start, k - start == leaf || bytes + entry.size > leafBytes {
                portions.append(Array(entries[start..<k]))
                (start, bytes) = (k, 0)
            }
            bytes += entry.size
        }
        if start < entries.count { portions.append(Array(entries[start...])) }
        return portions
    }

    /// The decisions for a pass over `count` documents.
    func decisions(for pass: StepGraph.Pass, count: Int) throws -> DecisionTable {
        let finishes = pass.documentSteps.compactMap { step in
            if case .join = step.shape { step.after } else { nil }
        }
        return try DecisionTable(state, loading: count > Self.many ? Set(finishes).sorted() : [])
    }
}
