import Digests
import Model
import StageKit
import Store

/// Summaries are not kept: what a document adds to a fold's table is made of its layers in less time than it would take to
/// read it, and would take as much room as the layers.
extension LayerLoading {
    /// What a document added to a fold's table when it was in `state`, made again from the layers that it had then; nil
    /// where the store has lost one of these, or where the summary comes out otherwise than it did. `replaced` are layers
    /// of which the state tells as this run has made them, as they were before.
    func summary(
        of fold: Step, facts: DocumentFacts, in state: DocumentState, _ replaced: [LayerName: ContentDigest] = [:]
    ) throws -> [UInt8]? {
        guard let kept = state.steps[fold.id]?.result.outputs.first?.digest else { return nil }
        let known = state.layers.merging(replaced) { $1 }
        let digests = fold.contract.reads.compactMap { known[$0] }
        guard digests.count == fold.contract.reads.count else { return nil }
        let layers = LayerSet()
        for (name, bytes) in zip(fold.contract.reads, try reader.objects(digests)) {
            guard let bytes else { return nil }
            layers.set(name, bytes: bytes)
        }
        guard let summary = try? StepExecution(fold, over: layers, facts: facts).run()?.encoded,
            ContentDigest(of: summary) == kept
        else { return nil }
        return summary
    }
}

extension Engine {
    /// Makes what each of the documents adds to the table of `fold` again, as the state has it, and hands it to `take`,
    /// those of several documents together. Returns whether none was missing.
    func eachSummary(
        of fold: Step, over entries: [DocumentEntry], take: ([UInt8]) throws -> Void
    ) async throws -> Bool {
        let decisions = try DecisionTable(state)
        let loading = LayerLoading(plan: plan, project: project, reader: store.reader, decisions: decisions)
        let (state, store) = (state, store)
        var isComplete = true
        try await concurrentForEach(Self.portions(entries), jobs: jobs) { portion in
            let states = try state.documents(portion.map(\.id))
            var summaries: [[UInt8]] = []
            var writes = WriteBatch()
            var isWhole = true
            for entry in portion {
                guard let document = states[entry.id], let ran = document.steps[fold.id] else { continue }
                let session = DocumentSession(entry, old: document, pass: .max, known: document.layers)
                do {
                    try loading.load(fold, session)
                    let made = try StepExecution(fold, over: session.layers, facts: entry.facts).run()?.encoded ?? []
                    isWhole = isWhole && ran.result.outputs.first?.digest == ContentDigest(of: made)
                    summaries.append(made)
                } catch is LayerLoading.Unavailable {
                    isWhole = false
                } catch is StageFailure {
                    isWhole = false
                }
                writes.append(session.writes)
            }
            try store.write(writes)
            return (isWhole, try EntryMerge.merged(summaries))
        } then: { isWhole, summaries in
            isComplete = isComplete && isWhole
            try take(summaries)
        }
        return isComplete
    }
}
