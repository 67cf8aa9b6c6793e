import Corpus
import Model
import StageKit
import Store

/// One document while a pass runs over it: its layers as far as they were needed, and what its steps gave.
///
/// A session belongs to the task that runs its leaf.
final class DocumentSession {
    let entry: DocumentEntry
    let old: DocumentState?
    var state: DocumentState
    let layers = LayerSet()
    /// The digests of the layers that stand for sure in this run.
    var digests: [LayerName: ContentDigest]
    var writes = WriteBatch()
    var visits: [Visit] = []
    /// What each fold's table has to add: the new summary, and the old one with its counts negated.
    var runs: [StepID: [[UInt8]]] = [:]
    /// Folds whose old summary is lost, so that their table has to be put together again.
    var lost: Set<StepID> = []

    /// The steps that were come by in this pass; others of the pass have no results any more.
    private(set) var settled: Set<StepID> = []
    /// Whether a step of this pass gave something else than in the last run.
    private(set) var hasMoved = false
    private let pass: Int
    /// Whether the last run did not have the document.
    let isNew: Bool
    /// Whether the last run left the document out.
    let wasLeftOut: Bool

    /// A session for pass `pass`; `known` are the layers that earlier passes gave.
    init(
        _ entry: DocumentEntry, old: DocumentState?, pass: Int, known: [LayerName: ContentDigest],
        isNew: Bool = false, wasLeftOut: Bool = false
    ) {
        self.entry = entry
        self.old = old
        self.pass = pass
        self.isNew = isNew
        self.wasLeftOut = wasLeftOut
        state = old ?? DocumentState(content: entry.content)
        state.content = entry.content
        if let refusal = state.refusal, refusal.pass >= pass { state.refusal = nil }
        digests = known
        digests[SourceBytes.name] = entry.content
    }

    /// Whether no step refused the document so far.
    var isIn: Bool { state.refusal == nil }

    /// Keeps what a step gave.
    func settle(_ step: Step, key: ContentDigest, result: StepResult) {
        state.steps[step.id] = DocumentState.Ran(key: key, result: result)
        settled.insert(step.id)
        if !step.contract.writes.isEmpty, old?.steps[step.id]?.result != result { hasMoved = true }
        for output in result.outputs { digests[output.layer] = output.digest }
        if let failure = result.failure { refuse(step, failure) }
    }

    /// The document is left out from here on.
    func refuse(_ step: Step, _ failure: StageFailure, isUnstable: Bool = false) {
        state.refusal = DocumentState.Refusal(
            stage: step.id.stage, pass: pass, failure: failure, isUnstable: isUnstable)
    }

    /// Drops what the last run knew of steps that this one did not come by.
    func dropUnsettled(_ steps: [Step]) {
        for step in steps where !settled.contains(step.id) {
            state.steps[step.id] = nil
            state.asked[step.id] = nil
        }
    }

    /// Whether a result of `steps` is another than in the last run, or the document came, went or was refused.
    func isChanged(_ steps: [Step]) -> Bool {
        guard let old, old.content == state.content, old.refusal == state.refusal else { return true }
        return steps.contains { old.steps[$0.id]?.result != state.steps[$0.id]?.result }
    }
}
