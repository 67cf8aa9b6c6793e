import CMemory
import Digests
import Model
import StageKit
import Store
import Text

/// One run of the engine, pass by pass.
struct EngineRun {
    let engine: Engine
    let tree: CorpusTree
    private let delivery: Delivery?
    private var outcome = RunOutcome()
    /// Ids of documents that the passes still to come have to look at.
    private var dirty: Set<String> = []
    private var changed: Set<String> = []
    /// Ids of documents that the last run did not have.
    private(set) var added: Set<String> = []
    /// Ids of documents that the last run left out.
    private var leftOut: Set<String> = []
    private var tables: FoldTables
    /// Changes to the index of what joins asked for, by step.
    private var asked: AskedIndex

    private var plan: RunPlan { engine.plan }
    private var state: StateDatabase { engine.state }

    init(engine: Engine, tree: CorpusTree, delivery: Delivery?) {
        self.engine = engine
        self.delivery = delivery
        self.tree = tree
        newNodes = tree.nodes
        tables = FoldTables(engine.state)
        asked = AskedIndex(engine.state)
    }

    mutating func run(runKey: ContentDigest) async throws -> RunOutcome {
        let last = try LastRun(state)
        outcome.previousRunKey = last.runKey
        let options = try LastOptions(state)
        outcome.log.optionPlaces = plan.options.places(since: options)
        outcome.log.finishCauses = plan.finishCauses(since: last, options)
        try begin(from: last)
        try await engine.restoreChanged(since: last.root, to: tree)
        for number in plan.graph.passes.indices { try await run(pass: number, last: last) }

        let gone = Set(outcome.removed)
        outcome.added = added.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        outcome.changed = changed.subtracting(gone).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        collectRefusals()
        try LastRun.write(
            state, store: engine.store, plan: plan, root: tree.root, nodes: newNodes, runKey: runKey, tables: tables,
            unstable: unstable,
            refused: refused)
        try plan.options.write(to: state)
        outcome.notes += engine.store.takeDamage()
        outcome.log.doubled = engine.store.takeDoubled()
        return outcome
    }

    private var unstable: Set<String> = []
    /// Documents that changed or are gone, as the last run had them.
    private var entriesBefore: [String: DocumentEntry] = [:]
    /// By document, layers that passes of this run have replaced, as far as the tables of later passes were made of them.
    private var layersBefore: [String: [LayerName: ContentDigest]] = [:]
    /// The nodes of the tree that the store may not have.
    private var newNodes: [CorpusTree.Node]
    private var refused: [String: DocumentState.Refusal] = [:]

    /// Finds the documents to begin with, and forgets what the plan has no place for any more.
    private mutating func begin(from last: LastRun) throws {
        let steps = Set(plan.digests.keys)
        for step in last.steps.keys where !steps.contains(step) {
            try state.clear(fold: step)
            try state.clear(finish: step)
            var answers = try CorpusAnswerKeys(state)
            if answers.keys[step] != nil { try answers.set(nil, of: step, in: state) }
        }
        try tables.begin(last, plan: plan)
        refused = last.refused
        leftOut = Set(last.refused.keys)
        let isReduced = last.steps.keys.contains { !steps.contains($0) }
        if let root = last.root, !isReduced,
            let difference = TreeDifference(from: root, to: tree, node: { try? engine.store.object($0) })
        {
            dirty = Set(difference.changed.map(\.id))
            newNodes = difference.nodes
            added = dirty.filter { difference.old[$0] == nil }
            outcome.edited = difference.changed.map(\.id).filter { difference.old[$0] != nil }
            outcome.removed = difference.removed
            entriesBefore = difference.old
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

    /// From how many documents on a pass is a long one.
    private static let many = 1000

    private mutating func run(pass number: Int, last: LastRun) async throws {
        let pass = plan.graph.passes[number]
        for finish in pass.documentSteps.compactMap(\.after) {
            guard let moved = outcome.movedDecisions[finish] else { continue }
            dirty.formUnion(moved.documents)
            let hashes = moved.keys.map { StableHash.of($0.bytes) }
            for step in pass.documentSteps where step.after == finish && !hashes.isEmpty {
                dirty.formUnion(try state.documents(asking: hashes, step: step.id))
            }
        }
        let isCurrent = (pass.documentSteps + pass.folds).allSatisfy { last.steps[$0.id] == plan.digests[$0.id] }
        let gone = Set(outcome.removed)
        let entries = isCurrent ? tree.entries(of: dirty) : tree.entries

        try forget(pass)
        try await visit(entries, number: number, isCurrent: isCurrent, last: last)
        try asked.write()
        for step in pass.documentSteps + pass.folds where !step.isIdle {
            outcome.log.steps[step.id, default: .init()].reused =
                tree.entries.count - (outcome.log.steps[step.id]?.ran.count ?? 0)
        }
        engine.progress(.deciding(pass: number, passes: plan.graph.passes.count))
        try await closeFolds(pass)
        for finish in pass.finishes { try await decide(finish, last: last) }
        if number == plan.graph.passes.count - 1 { try forget(gone) }
        // What a pass over few documents leaves is not worth the call.
        if entries.count > Self.many { colophon_return_memory() }
    }

    /// What the last run knew of documents. One that it had and the state does not find is no new one: what it had counted
    /// would stay in the tables for ever.
    static func known(
        _ ids: [String], in state: StateDatabase, added: Set<String>
    ) throws -> [String: DocumentState] {
        let states = try state.documents(ids)
        guard ids.allSatisfy({ states[$0] != nil || added.contains($0) }) else { throw state.damage }
        return states
    }

    /// Takes removed documents out of the state.
    private mutating func forget(_ gone: Set<String>) throws {
        guard !gone.isEmpty else { return }
        let states = try Self.known(gone.sorted(), in: state, added: added)
        for (id, old) in states { try asked.move(id, from: old.asked, to: [:]) }
        try engine.store.retire(states.sorted { $0.key < $1.key }.flatMap { $0.value.keys(not: nil) })
        try asked.write()
        try state.remove(gone.sorted())
    }

    /// Takes the summaries of removed documents out of the tables of a pass.
    private mutating func forget(_ pass: StepGraph.Pass) throws {
        guard !outcome.removed.isEmpty, !pass.folds.isEmpty else { return }
        let states = try Self.known(outcome.removed, in: state, added: added)
        let loading = LayerLoading(
            plan: plan, project: engine.project, reader: engine.store.reader, decisions: try DecisionTable(state))
        for fold in pass.folds where tables.isCurrent(fold.id) {
            for id in outcome.removed {
                guard let before = states[id], before.steps[fold.id] != nil else { continue }
                let facts = entriesBefore[id]?.facts ?? DocumentFacts(id: id)
                if let summary = try loading.summary(of: fold, facts: facts, in: before) {
                    try tables.add([EntryMerge.negated(summary)], to: fold.id)
                } else {
                    tables.lose(fold.id)
                }
            }
        }
    }

    private mutating func visit(
        _ entries: [DocumentEntry], number: Int, isCurrent: Bool, last: LastRun
    ) async throws {
        let pass = plan.graph.passes[number]
        var leaf = LeafRun(
            plan: plan, pass: pass, store: engine.store, project: engine.project,
            decisions: try engine.decisions(for: pass, count: entries.count), programs: engine.programs,
            currentFolds: Set(pass.folds.map(\.id).filter(tables.isCurrent)),
            earlier: Set(plan.graph.passes[..<number].flatMap { $0.documentSteps + $0.folds }.map(\.id)),
            number: number, isDoubting: engine.isDoubting, added: added, leftOut: leftOut,
            entriesBefore: entriesBefore, layersBefore: layersBefore, dirty: dirty,
            currentSteps: last.current(of: plan),
            making: number == plan.graph.passes.count - 1 ? delivery?.making(changed: changed) : nil)
        let counted = HandedTables(of: engine.state)
        leaf.delegated = try await delegate(entries, number: number, isCurrent: isCurrent, leaf, counted)
        leaf.counted = counted
        let run = leaf
        var done = 0
        let later = plan.graph.passes[(number + 1)...].flatMap(\.folds).filter { tables.isCurrent($0.id) }
        let lasting = Set(later.flatMap(\.contract.reads))
        let (engine, state, added) = (engine, state, added)
        let buffer = WriteBuffer(engine.store, waits: !pass.documentSteps.contains(where: LeafRun.isProgram))
        // A run that is stopped keeps what it has finished.
        defer { try? buffer.finish() }
        try await concurrentForEach(Engine.portions(entries), jobs: engine.jobs) { portion in
            let old = try Self.known(portion.map(\.id), in: state, added: added)
            try await engine.bring(portion, old, of: pass, isCurrent: isCurrent)
            var outcomes = try await run.run(portion.map { ($0, old[$0.id]) })
            var batch = WriteBatch()
            for k in outcomes.indices {
                batch.append(outcomes[k].writes)
                outcomes[k].writes = WriteBatch()
            }
            try buffer.add(batch)
            return (outcomes, try LeafRun.merged(&outcomes))
        } then: { results, runs in
            for (fold, runs) in runs { try tables.add(runs, to: fold) }
            try take(results, pass: pass)
            if !lasting.isEmpty { for result in results { keepLayers(lasting, of: result) } }
            done += results.count
            engine.progress(
                .documents(pass: number, passes: plan.graph.passes.count, done: done, total: entries.count))
        }
        try buffer.finish()
    }

    private mutating func take(_ results: [LeafRun.Outcome], pass: StepGraph.Pass) throws {
        try state.put(results.filter { $0.old != $0.state }.map { ($0.id, $0.state) })
        for result in results { try asked.move(result.id, from: result.old?.asked ?? [:], to: result.state.asked) }
        try engine.store.retire(results.flatMap { $0.old?.keys(not: $0.state) ?? [] })
        for result in results {
            outcome.log.add(result.visits)
            if let product = result.product {
                try delivery?.take(product)
                outcome.delivered.insert(result.id)
            }
            if result.isChanged {
                changed.insert(result.id)
                dirty.insert(result.id)
            }
            if result.isCountedAnew { outcome.countedAnew.insert(result.id) }
            refused[result.id] = result.state.refusal
            if result.state.refusal?.isUnstable == true { unstable.insert(result.id) }
            for fold in result.lost { tables.lose(fold) }
        }
    }

    /// Keeps which layers a document had before this run, of those that a later pass needs to take the old summary out of
    /// a table: the state tells only of the new ones from now on.
    private mutating func keepLayers(_ names: Set<LayerName>, of result: LeafRun.Outcome) {
        guard let old = result.old, result.isChanged else { return }
        let (before, after) = (old.layers, result.state.layers)
        for name in names {
            guard let digest = before[name], digest != after[name] else { continue }
            if layersBefore[result.id]?[name] == nil { layersBefore[result.id, default: [:]][name] = digest }
        }
    }

    private mutating func closeFolds(_ pass: StepGraph.Pass) async throws {
        for fold in pass.folds {
            if !tables.isSound(fold.id) {
                try tables.restart(fold.id)
                try await engine.restoreAll(tree.entries)
                let isWhole = try await engine.eachSummary(of: fold, over: tree.entries) {
                    try tables.add([$0], to: fold.id)
                }
                guard isWhole else { throw EngineProblem.lostSummary(fold: fold.id) }
                outcome.log.rebuilt.insert(fold.id)
            }
        }
        for (fold, moved) in try await tables.close(pass.folds.map(\.id), jobs: engine.jobs) {
            outcome.movedRows[fold] = moved
            outcome.log.rowsMoved[fold] = moved.count
        }
    }

    /// Decides again over the groups of connected rows that moved.
    private mutating func decide(_ step: Step, last: LastRun) async throws {
        guard case .finish(let body) = step.shape, let fold = step.after else { return }
        let rows = outcome.movedRows[fold] ?? MovedRows()
        let isCurrent = last.steps[step.id] == plan.digests[step.id] && !rows.isAll
        let keys = isCurrent ? rows.keys : nil
        if let runner = engine.programs.corpusRunner(step.id) {
            let asked = try await ask(runner, step, keys)
            outcome.movedDecisions[step.id] = asked.moved
            outcome.log.keysDecided[step.id] = asked.asked
            outcome.log.decisionsMoved[step.id] = asked.moved.count
            outcome.log.finishCauses[step.id] = asked.causes
            if !asked.stands { outcome.log.askedPrograms[step.id] = asked.causes != nil }
            return
        }
        let work = try await decide(body, step.id, over: fold, keys)
        outcome.movedDecisions[step.id] = work.moved
        outcome.log.keysDecided[step.id] = work.decided
        outcome.log.decisionsMoved[step.id] = work.moved.count
    }

    private func decide(
        _ body: some FinishStep, _ finish: StepID, over fold: StepID, _ keys: Set<FoldKey>?
    ) async throws -> (moved: MovedDecisions, decided: Int) {
        let deciding = Deciding(body: body, finish: finish, fold: fold, state: state, jobs: engine.jobs)
        if let keys { return try await deciding.again(over: keys) }
        return try await deciding.anew(entries: tables.digest(of: fold).rows)
    }

    private mutating func collectRefusals() {
        outcome.leftOut = refused.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
            LeftOut(id: $0.key, stage: $0.value.stage, failure: $0.value.failure)
        }
    }
}
