import Model
import StageKit
import Store
import Text

/// One run of the engine, pass by pass.
struct EngineRun {
    let engine: Engine
    let tree: CorpusTree
    private var outcome = RunOutcome()
    /// Ids of documents that the passes still to come have to look at.
    private var dirty: Set<String> = []
    private var changed: Set<String> = []
    /// Ids of documents that the last run did not have.
    private var added: Set<String> = []
    private var tables: FoldTables

    private var plan: RunPlan { engine.plan }
    private var state: StateDatabase { engine.state }

    init(engine: Engine, tree: CorpusTree) {
        self.engine = engine
        self.tree = tree
        tables = FoldTables(engine.state)
    }

    mutating func run(runKey: ContentDigest) async throws -> RunOutcome {
        let last = try LastRun(state)
        outcome.previousRunKey = last.runKey
        try begin(from: last)
        for number in plan.graph.passes.indices { try await run(pass: number, last: last) }

        let gone = Set(outcome.removed)
        outcome.added = added.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        outcome.changed = changed.subtracting(gone).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        collectRefusals()
        try LastRun.write(
            state, store: engine.store, plan: plan, tree: tree, runKey: runKey, tables: tables, unstable: unstable,
            refused: refused)
        outcome.notes += engine.store.takeDamage()
        return outcome
    }

    private var unstable: Set<String> = []
    private var refused: [String: DocumentState.Refusal] = [:]

    /// Finds the documents to begin with, and forgets what the plan has no place for any more.
    private mutating func begin(from last: LastRun) throws {
        let names = Set(plan.digests.keys)
        for step in last.steps.keys where !names.contains(step) {
            try state.clear(fold: step)
            try state.clear(finish: step)
        }
        tables.begin(last, plan: plan)
        refused = last.refused
        let isReduced = last.steps.keys.contains { !names.contains($0) }
        if let root = last.root, !isReduced,
            let difference = TreeDifference(from: root, to: tree, node: { try? engine.store.object($0) })
        {
            dirty = Set(difference.changed.map(\.id))
            added = dirty.filter { difference.old[$0] == nil }
            outcome.edited = difference.changed.map(\.id).filter { difference.old[$0] != nil }
            outcome.removed = difference.removed
        } else {
            dirty = Set(tree.entries.map(\.id))
            var known: [String] = []
            try state.eachDocument { id, _ in known.append(id) }
            added = dirty.subtracting(known)
            outcome.removed = known.filter { !dirty.contains($0) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        dirty.formUnion(last.unstable)
        dirty.subtract(outcome.removed)
        for id in outcome.removed { refused[id] = nil }
    }

    private mutating func run(pass number: Int, last: LastRun) async throws {
        let pass = plan.graph.passes[number]
        for finish in pass.documentSteps.compactMap({ $0.contract.after }) {
            let hashes = (outcome.movedDecisions[finish] ?? []).map { StableHash.of($0.bytes) }
            for step in pass.documentSteps where step.contract.after == finish && !hashes.isEmpty {
                dirty.formUnion(try state.documents(asking: hashes, step: step.name))
            }
        }
        let isCurrent = (pass.documentSteps + pass.folds).allSatisfy { last.steps[$0.name] == plan.digests[$0.name] }
        let gone = Set(outcome.removed)
        let entries = isCurrent ? tree.entries.filter { dirty.contains($0.id) } : tree.entries

        try forget(pass)
        try await visit(entries, number: number)
        for step in pass.documentSteps + pass.folds {
            outcome.log.steps[step.name, default: .init()].reused =
                tree.entries.count - (outcome.log.steps[step.name]?.ran.count ?? 0)
        }
        engine.progress(.deciding(pass: number, passes: plan.graph.passes.count))
        try closeFolds(pass)
        for finish in pass.finishes { try decide(finish, last: last) }
        if number == plan.graph.passes.count - 1 { try state.remove(gone.sorted()) }
    }

    /// Takes the summaries of removed documents out of the tables of a pass.
    private mutating func forget(_ pass: StepGraph.Pass) throws {
        guard !outcome.removed.isEmpty, !pass.folds.isEmpty else { return }
        let states = try state.documents(outcome.removed)
        for fold in pass.folds where tables.isCurrent(fold.name) {
            for id in outcome.removed {
                guard let digest = states[id]?.steps[fold.name]?.result.outputs.first?.digest else { continue }
                guard let bytes = try engine.store.object(digest), let summary = try? Summary(encoded: bytes) else {
                    tables.lose(fold.name)
                    continue
                }
                try tables.add(summary.entries.map { SummaryEntry($0.key, $0.element, -$0.count) }, to: fold.name)
            }
        }
    }

    private mutating func visit(_ entries: [DocumentEntry], number: Int) async throws {
        let pass = plan.graph.passes[number]
        let leaf = LeafRun(
            plan: plan, pass: pass, store: engine.store, project: engine.project,
            decisions: try engine.decisions(for: pass, count: entries.count), programs: engine.programs,
            currentFolds: Set(pass.folds.map(\.name).filter(tables.isCurrent)),
            earlier: Set(plan.graph.passes[..<number].flatMap { $0.documentSteps + $0.folds }.map(\.name)),
            number: number, added: added)
        var done = 0
        let portions = Engine.portions(entries)
        // A few portions at a time, so that memory does not grow with the corpus.
        for group in stride(from: 0, to: portions.count, by: 8 * engine.jobs).map({
            Array(portions[$0..<min($0 + 8 * engine.jobs, portions.count)])
        }) {
            try Task.checkCancellation()
            let ids = group.joined().map(\.id)
            let old = try state.documents(ids)
            let store = engine.store
            let results = try await concurrentMap(group, jobs: engine.jobs) { portion in
                try Task.checkCancellation()
                var outcomes = try await leaf.run(portion.map { ($0, old[$0.id]) })
                // At once, so that a run that is stopped keeps what it has finished.
                var batch = WriteBatch()
                for k in outcomes.indices {
                    batch.append(outcomes[k].writes)
                    outcomes[k].writes = WriteBatch()
                }
                try store.write(batch)
                return outcomes
            }
            try take(results.flatMap { $0 }, pass: pass)
            done += ids.count
            engine.progress(
                .documents(pass: number, passes: plan.graph.passes.count, done: done, total: entries.count))
        }
    }

    private mutating func take(_ results: [LeafRun.Outcome], pass: StepGraph.Pass) throws {
        try state.put(results.filter { $0.old != $0.state }.map { ($0.id, $0.old, $0.state) })
        for result in results {
            outcome.log.add(result.visits)
            if result.isChanged {
                changed.insert(result.id)
                dirty.insert(result.id)
            }
            refused[result.id] = result.state.refusal
            if result.state.refusal?.isUnstable == true { unstable.insert(result.id) }
            for fold in result.lost { tables.lose(fold) }
            for (fold, entries) in result.entries { try tables.add(entries, to: fold) }
        }
    }

    private mutating func closeFolds(_ pass: StepGraph.Pass) throws {
        for fold in pass.folds {
            if !tables.isSound(fold.name) {
                try tables.rebuild(fold.name, store: engine.store, removed: Set(outcome.removed))
                outcome.log.rebuilt.insert(fold.name)
            }
            let moved = try tables.close(fold.name)
            outcome.movedRows[fold.name] = moved
            outcome.log.rowsMoved[fold.name] = moved.count
        }
    }

    /// Decides again over the groups of connected rows that moved.
    private mutating func decide(_ step: Step, last: LastRun) throws {
        guard case .finish(let body) = step.shape, let fold = step.contract.after else { return }
        let deciding = Deciding(body: body, finish: step.name, fold: fold, state: state)
        let isCurrent = last.steps[step.name] == plan.digests[step.name] && !outcome.log.rebuilt.contains(fold)
        let work = isCurrent ? try deciding.again(over: outcome.movedRows[fold] ?? []) : try deciding.anew()
        outcome.movedDecisions[step.name] = work.moved
        outcome.log.keysDecided[step.name] = work.decided
        outcome.log.decisionsMoved[step.name] = work.moved.count
    }

    private mutating func collectRefusals() {
        outcome.leftOut = refused.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
            LeftOut(id: $0.key, stage: $0.value.stage, failure: $0.value.failure)
        }
    }
}
