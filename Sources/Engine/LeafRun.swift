import Model
import StageKit
import Store

/// Runs the steps of one pass over the documents of one leaf.
struct LeafRun: Sendable {
    let plan: RunPlan
    let pass: StepGraph.Pass
    let store: ResultStore
    let project: String
    let decisions: DecisionTable
    let programs: ProgramSteps
    /// Folds whose table stands for the last run, so that a document's old summary has to come out.
    let currentFolds: Set<StepID>

    /// What came of one document.
    struct Outcome: Sendable {
        var id: String
        var old: DocumentState?
        var state: DocumentState
        var writes: WriteBatch
        var visits: [Visit]
        /// By fold, sorted lists of what its table has to add.
        var runs: [StepID: [[UInt8]]]
        var lost: Set<StepID>
        /// Whether a layer of it is another, or it came, went or was refused.
        var isChanged: Bool
        /// Whether it adds something else to the table of a fold.
        var isCountedAnew: Bool
        /// What a ``Delivery`` made of it.
        var product: (any Sendable)?
    }

    /// The steps whose results stand when this pass begins.
    let earlier: Set<StepID>
    /// Which pass it is, from 0.
    let number: Int
    /// Whether results of programs are taken only if the store has what they name: it has lost some of it.
    let isDoubting: Bool
    /// The documents that the last run did not have.
    let added: Set<String>
    /// The documents that the last run left out.
    let leftOut: Set<String>
    /// Documents that the last run had otherwise, as it had them.
    let entriesBefore: [String: DocumentEntry]
    /// By document, layers that earlier passes of this run have replaced.
    let layersBefore: [String: [LayerName: ContentDigest]]
    /// The documents at which the passes have to look: nothing that concerns others is another than in the last run, but
    /// for steps that are.
    let dirty: Set<String>
    /// The steps that are what they were in the last run.
    let currentSteps: Set<StepID>
    /// What is to be made of documents while their layers are in memory.
    let making: Delivery.Making?
    /// What tasks elsewhere have done of this pass.
    var delegated = Delegated()
    /// What they have counted for the tables of its folds; nil where no task has.
    var counted: HandedTables?
    /// By digest, layers that tasks of earlier passes have handed in, where this is such a task.
    var handed: [ContentDigest: [UInt8]] = [:]

    /// Runs over the documents, each with what the last run knew of it.
    func run(_ documents: [(entry: DocumentEntry, old: DocumentState?)]) async throws -> [Outcome] {
        let sessions = sessions(documents)
        let loading = loading
        if let step = pass.documentSteps.first {
            for session in sessions where session.isIn {
                if let failure = delegated.failed[session.entry.id] { unavailable(step, session, failure) }
            }
        }
        for group in groups {
            if case .program = group[0].shape {
                try await programs.run(group[0], over: due(for: group[0], sessions), in: self)
            } else {
                for step in group { try run(step, due(for: step, sessions), loading) }
            }
        }
        for fold in pass.folds { try summarize(fold, sessions, loading) }
        let steps = pass.documentSteps + pass.folds
        return try sessions.map { session in
            session.dropUnsettled(steps)
            let isChanged = session.isChanged(pass.documentSteps)
            let product = try product(of: session, isChanged: isChanged, loading)
            return Outcome(
                id: session.entry.id, old: session.old, state: session.state, writes: session.writes,
                visits: session.visits, runs: session.runs, lost: session.lost, isChanged: isChanged,
                isCountedAnew: session.isChanged(pass.folds), product: product)
        }
    }

    /// The documents over which a step may have to run. For the others its result stands: nothing that it could depend on
    /// is another than in the last run.
    func due(for step: Step, _ sessions: [DocumentSession]) -> [DocumentSession] {
        sessions.filter { $0.isIn && !stands(step, $0) }
    }

    /// Whether the result of a step over a document stands, which is settled then.
    func stands(_ step: Step, _ session: DocumentSession) -> Bool {
        guard currentSteps.contains(step.id), !isDoubting, !dirty.contains(session.entry.id), !session.hasMoved,
            let ran = session.old?.steps[step.id]
        else { return false }
        session.settle(step, key: ran.key, result: ran.result)
        return true
    }

    /// The documents at the beginning of the pass.
    func sessions(_ documents: [(entry: DocumentEntry, old: DocumentState?)]) -> [DocumentSession] {
        documents.map { entry, old in
            var known: [LayerName: ContentDigest] = [:]
            for (id, ran) in old?.steps ?? [:] where earlier.contains(id) {
                for output in ran.result.outputs { known[output.layer] = output.digest }
            }
            return DocumentSession(
                entry, old: old, pass: number, known: known, isNew: added.contains(entry.id),
                wasLeftOut: leftOut.contains(entry.id))
        }
    }

    private func product(
        of session: DocumentSession, isChanged: Bool, _ loading: LayerLoading
    ) throws -> (any Sendable)? {
        guard let making, session.isIn, making.wants(session.entry.id, isChanged: isChanged) else { return nil }
        do {
            try loading.load(making.layers, session)
        } catch is LayerLoading.Unavailable {
            // Whoever wants it finds that it is missing, and says so.
            return nil
        }
        return try making.make(session.entry, session.layers)
    }

    /// What the folds' tables have to add for all of `outcomes` together, taken out of them.
    static func merged(_ outcomes: inout [Outcome]) throws -> [(fold: StepID, runs: [[UInt8]])] {
        var runs: [StepID: [[UInt8]]] = [:]
        for k in outcomes.indices {
            for (fold, own) in outcomes[k].runs { runs[fold, default: []] += own }
            outcomes[k].runs = [:]
        }
        return try runs.sorted { $0.key < $1.key }.map { ($0.key, [try EntryMerge.merged($0.value)]) }
    }

    /// What brings layers into memory.
    var loading: LayerLoading {
        LayerLoading(plan: plan, project: project, reader: store.reader, decisions: decisions, handed: handed)
    }

    /// The steps in order, a program alone, others together.
    private var groups: [[Step]] {
        var groups: [[Step]] = []
        for step in pass.documentSteps {
            if let last = groups.last, !Self.isProgram(step), !Self.isProgram(last[0]) {
                groups[groups.count - 1].append(step)
            } else {
                groups.append([step])
            }
        }
        return groups
    }

    /// Whether a program of the user's does the step.
    static func isProgram(_ step: Step) -> Bool { if case .program = step.shape { true } else { false } }
}
