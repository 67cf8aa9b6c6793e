package import Model
package import StageKit
package import Store

extension Engine {
    /// A document as the run left it: its layers as far as they were asked for.
    package struct Loaded: Sendable {
        package let entry: DocumentEntry
        package let layers: LayerSet
    }

    /// The layers `names` of documents, in order; layers that a document has not are missing. Those that a step refused are
    /// left out unless they are asked for.
    package func load(
        _ entries: [DocumentEntry], layers names: [LayerName], includingRefused: Bool = false
    ) async throws -> [Loaded] {
        let states = try state.documents(entries.map(\.id))
        try await restore(entries, states)
        let decisions = try DecisionTable(state)
        let (plan, store, project) = (plan, store, project)
        let loaded = try await concurrentMap(Self.portions(entries), jobs: jobs) { portion in
            var writes = WriteBatch()
            let loading = LayerLoading(plan: plan, project: project, reader: store.reader, decisions: decisions)
            let loaded: [Loaded] = try portion.compactMap { entry in
                guard let state = states[entry.id], includingRefused || state.refusal == nil else {
                    return nil
                }
                let session = DocumentSession(entry, old: state, pass: .max, known: state.layers)
                do {
                    try loading.load(names, session)
                } catch let unavailable as LayerLoading.Unavailable {
                    throw unavailable.failure
                }
                writes.append(session.writes)
                return Loaded(entry: entry, layers: session.layers)
            }
            try store.write(writes)
            return loaded
        }
        return loaded.flatMap { $0 }
    }
}

extension StateDatabase {
    /// The key of the run that left this state; nil where there was none.
    package func lastRunKey() throws -> ContentDigest? { try LastRun(self).runKey }

    /// The steps of `plan` that the last run had otherwise: their code or their options were others. Nil where the last run
    /// did not have the same steps at all.
    package func changedSteps(of plan: RunPlan) throws -> Set<StepID>? {
        let last = try LastRun(self)
        guard Set(last.steps.keys) == Set(plan.digests.keys) else { return nil }
        return Set(plan.digests.keys.filter { last.steps[$0] != plan.digests[$0] })
    }

    /// Whether the run of this key left this state and no document is to be tried again.
    package func isSettled(for runKey: ContentDigest) throws -> Bool {
        let last = try LastRun(self)
        return last.runKey == runKey && last.unstable.isEmpty
    }
}
