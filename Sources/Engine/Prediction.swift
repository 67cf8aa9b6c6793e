import Digests
package import Model
package import StageKit
import Store

/// What a run would do, found without running a step: keys are made and looked up as far as their inputs are known.
package struct Prediction: Equatable, Sendable {
    /// The work ahead of one step.
    package struct StepPrediction: Equatable, Sendable {
        /// Documents over which the step will run, and why, in order.
        package var certain: [RunLog.Ran] = []
        /// Documents over which it may run: that depends on what comes out of a step before it.
        package var possible: [String] = []
        /// How many results will be reused.
        package var reused = 0
    }

    /// Where the files that options name are other than in the last run.
    package var optionPlaces = OptionPlaces()
    /// By finish that will decide over its whole table, because it is another than in the last run: why it is.
    package var finishCauses: [StepID: [Cause]] = [:]
    /// What lies ahead of a program that sees the whole corpus.
    package enum CorpusWork: Equatable, Sendable {
        /// Its answers stand, or are in the cache.
        case reused
        /// It runs, and why.
        case certain([Cause])
        /// It may run: that depends on what comes out of a step before it.
        case possible
    }

    /// By step that is a program which sees the whole corpus.
    package var corpusPrograms: [StepID: CorpusWork] = [:]
    /// By step: maps, joins, programs and the summaries of folds.
    package var steps: [StepID: StepPrediction] = [:]
    /// Documents that are new, changed and gone, in order.
    package var added: [String] = []
    package var edited: [String] = []
    package var removed: [String] = []
}

extension Engine {
    /// What ``run(over:runKey:)`` would do with the corpus `tree`.
    package func predict(over tree: CorpusTree) throws -> Prediction {
        let last = try LastRun(state)
        var prediction = Prediction()
        let options = try LastOptions(state)
        prediction.optionPlaces = plan.options.places(since: options)
        prediction.finishCauses = plan.finishCauses(since: last, options)
        let dirty: Set<String>
        if let change = CorpusChange(since: last, to: tree, store) {
            dirty = Set(change.added + change.edited).union(last.unstable)
            prediction.added = change.added
            prediction.edited = change.edited
            prediction.removed = change.removed
        } else {
            dirty = Set(tree.entries.map(\.id))
            prediction.added = tree.entries.map(\.id)
        }

        var asking = CorpusPrediction(plan)
        let current = last.current(of: plan)
        let entries = current.count == plan.digests.count ? tree.entries(of: dirty) : tree.entries
        for step in plan.graph.steps {
            if case .finish = step.shape { continue }
            if step.isIdle { continue }
            prediction.steps[step.id] = .init(reused: tree.entries.count - entries.count)
        }
        for portion in Self.portions(entries) {
            let states = try state.documents(portion.map(\.id))
            let reader = store.reader
            for entry in portion {
                let current = dirty.contains(entry.id) ? [] : current
                try predict(entry, states[entry.id], current, reader, &prediction, &asking)
            }
        }
        for finish in plan.finishes where plan.isCorpusProgram(finish) {
            prediction.corpusPrograms[finish.id] = try work(
                of: finish, asking, prediction.removed, anew: entries.count == tree.entries.count)
            prediction.finishCauses[finish.id] = nil
        }
        return prediction
    }

    private func work(
        of finish: Step, _ asking: CorpusPrediction, _ removed: [String], anew: Bool
    ) throws -> Prediction.CorpusWork {
        guard let fold = finish.after, !asking.isOpen.contains(fold) else { return .possible }
        var inputs = anew ? [:] : try CorpusQuestion.inputs(of: finish, state)
        for id in removed { inputs[id] = nil }
        for (id, digest) in asking.inputs[fold] ?? [:] { inputs[id] = digest }
        let question = CorpusQuestion(finish, about: inputs, plan: plan)
        let last = try CorpusAnswerKeys(state).keys[finish.id]
        if inputs.isEmpty || last == question.key { return .reused }
        return try store.reader.result(question.key) == nil
            ? .certain(question.causes(since: last, store.reader)) : .reused
    }

    /// Follows one document through the steps. What a step would give is known only if its result is there; that of a
    /// `current` step stands as long as no step before it will give something else.
    private func predict(
        _ entry: DocumentEntry, _ old: DocumentState?, _ current: Set<StepID>, _ reader: StoreReader,
        _ prediction: inout Prediction, _ asking: inout CorpusPrediction
    ) throws {
        defer { asking.close(entry.id) }
        var mayStand = true
        var layers: [LayerName: ContentDigest] = [SourceBytes.name: entry.content]
        for step in plan.graph.steps {
            if case .finish = step.shape { continue }
            if step.isIdle { continue }
            let ran = old?.steps[step.id]
            asking.see(step, layers)
            if mayStand, current.contains(step.id), let result = ran?.result {
                prediction.steps[step.id]?.reused += 1
                for output in result.outputs { layers[output.layer] = output.digest }
                if result.failure != nil { return }
                continue
            }
            guard let parts = plan.parts(of: step, facts: entry.facts, layers: layers) else {
                prediction.steps[step.id]?.possible.append(entry.id)
                continue
            }
            if !step.contract.writes.isEmpty { mayStand = false }
            var result: StepResult?
            if case .join = step.shape {
                // Which decisions it will find is not known yet; with the same layers they are most likely the same.
                let before = try ran.flatMap { try reader.parts($0.key) }
                if let before, !Cause.difference(from: before, to: parts).contains(where: { $0 != .decision }) {
                    result = ran?.result
                }
            } else {
                let key = ContentDigest(of: parts.encoded)
                result = ran?.key == key ? ran?.result : try reader.result(key)
            }
            if let result {
                prediction.steps[step.id]?.reused += 1
                for output in result.outputs { layers[output.layer] = output.digest }
                if result.failure != nil { return }
            } else {
                let before = try ran.flatMap { try reader.parts($0.key) }
                let causes = before.map { Cause.difference(from: $0, to: parts).filter { $0 != .decision }.sorted() }
                let missing: Cause = old?.refusal == nil ? .stepAdded : .readmitted
                let fallback: Cause = old == nil ? .new : ran == nil ? missing : .lost
                let cause = causes.flatMap { $0.isEmpty ? nil : $0 } ?? [fallback]
                prediction.steps[step.id]?.certain.append(RunLog.Ran(document: entry.id, causes: cause))
                for layer in step.contract.writes { layers[layer] = nil }
            }
        }
    }
}

/// What programs that see the whole corpus would read of documents, as far as it is known.
struct CorpusPrediction {
    private let folds: Set<StepID>
    /// By fold and document, what stands for it in the key.
    private(set) var inputs: [StepID: [String: ContentDigest?]] = [:]
    /// Folds to which a document adds what is not known yet.
    private(set) var isOpen: Set<StepID> = []
    private var seen: [StepID: ContentDigest] = [:]

    init(_ plan: RunPlan) { folds = Set(plan.finishes.filter(plan.isCorpusProgram).compactMap(\.after)) }

    /// Sees a document come to a step with these layers.
    mutating func see(_ step: Step, _ layers: [LayerName: ContentDigest]) {
        guard folds.contains(step.id) else { return }
        let digests = step.contract.reads.compactMap { layers[$0] }
        guard digests.count == step.contract.reads.count else {
            isOpen.insert(step.id)
            return
        }
        seen[step.id] = CorpusProgram.digest(of: digests)
    }

    /// The document is done; one that did not come to a fold adds nothing to it.
    mutating func close(_ document: String) {
        for fold in folds { inputs[fold, default: [:]][document] = .some(seen[fold]) }
        seen = [:]
    }
}

extension RunPlan {
    /// Whether a finish is a program of the user's own.
    func isCorpusProgram(_ finish: Step) -> Bool { CorpusProgram.isProgram(finish) }
}
