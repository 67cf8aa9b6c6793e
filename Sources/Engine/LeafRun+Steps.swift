import Digests
import Model
import StageKit
import Text
import Store

extension LeafRun {
    /// Runs a map or a join, or finds that its result is there.
    func run(_ step: Step, _ session: DocumentSession, _ loading: LayerLoading) throws {
        do {
            var asked: [FoldKey: [UInt8]?]?
            if step.after != nil {
                try loading.load(step, session)
                let asks = try loading.asks(execution(step, session))
                let keys = asks?.keys ?? []
                session.state.asked[step.id] =
                    keys.isEmpty ? nil : Set(keys.map { StableHash.of($0.bytes) }).sorted()
                asked = asks?.answers
            }
            guard
                let parts = plan.parts(of: step, facts: session.entry.facts, layers: session.digests, decisions: asked)
            else { return }
            let key = ContentDigest(of: parts.encoded)
            if let result = try known(step, key, session, loading) {
                return session.settle(step, key: key, result: result)
            }

            try loading.load(step, session)
            try execution(step, session).run((asked ?? [:]).compactMapValues { $0 })
            keep(step, key: key, parts: parts, .layers(objects(step.contract.writes, session)), session, loading)
        } catch let failure as StageFailure {
            guard let parts = plan.parts(of: step, facts: session.entry.facts, layers: session.digests) else { return }
            // A refusal is a result like any other: as long as nothing changes, it need not be found again.
            keep(step, key: ContentDigest(of: parts.encoded), parts: parts, .failure(failure), session, loading)
        } catch let unavailable as LayerLoading.Unavailable {
            session.refuse(step, unavailable.failure, isUnstable: true)
            session.visits.append(Visit(step: step.id, document: session.entry.id, causes: nil, refused: true))
        }
    }

    /// Brings a document's share of a fold's table up to date: its old summary out, its new one in.
    func summarize(_ fold: Step, _ session: DocumentSession, _ loading: LayerLoading) throws {
        let old = currentFolds.contains(fold.id) ? session.old?.steps[fold.id]?.result.outputs.first?.digest : nil
        var new: ContentDigest?
        var runs: [[UInt8]] = []
        do {
            if session.isIn, let parts = plan.parts(of: fold, facts: session.entry.facts, layers: session.digests) {
                let key = ContentDigest(of: parts.encoded)
                let known = try known(fold, key, session, loading)
                if let known, let old, known.outputs.first?.digest == old {
                    // The table has it already.
                    session.settle(fold, key: key, result: known)
                    new = old
                } else {
                    try loading.load(fold, session)
                    guard let bytes = try execution(fold, session).run()?.encoded else { return }
                    let digest = ContentDigest(of: bytes)
                    let made = StepResult(.layers([.init(StepResult.summary, digest)]))
                    if made == known {
                        session.settle(fold, key: key, result: made)
                    } else {
                        keep(fold, key: key, parts: parts, made.outcome, session, loading)
                    }
                    (new, runs) = (digest, [bytes])
                }
            }
        } catch let failure as StageFailure {
            session.refuse(fold, failure)
        } catch let unavailable as LayerLoading.Unavailable {
            session.refuse(fold, unavailable.failure, isUnstable: true)
        }

        guard old != new else { return }
        if old != nil, let before = session.old {
            let facts = entriesBefore[session.entry.id]?.facts ?? session.entry.facts
            let replaced = layersBefore[session.entry.id] ?? [:]
            guard let summary = try loading.summary(of: fold, facts: facts, in: before, replaced) else {
                session.lost.insert(fold.id)
                return
            }
            runs.append(try EntryMerge.negated(summary))
        }
        session.runs[fold.id] = runs
    }

    private func execution(_ step: Step, _ session: DocumentSession) -> StepExecution {
        StepExecution(step, over: session.layers, facts: session.entry.facts)
    }

    /// The result of a key, if the last run's state or the store has it.
    func known(
        _ step: Step, _ key: ContentDigest, _ session: DocumentSession, _ loading: LayerLoading
    ) throws -> StepResult? {
        if let ran = session.old?.steps[step.id], ran.key == key { return ran.result }
        return try loading.reader.result(key)
    }

    /// Puts the layers of a step among what is to be written, and gives their digests.
    func objects(_ names: [LayerName], _ session: DocumentSession) -> [StepResult.Output] {
        names.sorted().compactMap { name in
            guard let bytes = session.layers.encoded(name) else { return nil }
            let digest = ContentDigest(of: bytes)
            session.writes.objects.append((digest, bytes))
            return StepResult.Output(name, digest)
        }
    }

    /// Keeps a result that was computed just now, and why it had to be.
    func keep(
        _ step: Step, key: ContentDigest, parts: KeyFields, _ outcome: StepResult.Outcome, _ session: DocumentSession,
        _ loading: LayerLoading?
    ) {
        let result = StepResult(outcome)
        let causes = causes(step, key, parts, session, loading)
        session.settle(step, key: key, result: result)
        session.writes.results.append(KeptResult(key: key, step: step.id, parts: parts, result: result))
        session.visits.append(
            Visit(step: step.id, document: session.entry.id, causes: causes, refused: result.failure != nil))
    }

    /// One list for all that a first run does.
    private static let new: [Cause] = [.new]

    private func causes(
        _ step: Step, _ key: ContentDigest, _ parts: KeyFields, _ session: DocumentSession, _ loading: LayerLoading?
    ) -> [Cause] {
        guard let old = session.old, !session.isNew else { return Self.new }
        guard let ran = old.steps[step.id] else { return [session.wasLeftOut ? .readmitted : .stepAdded] }
        guard ran.key != key else { return [.lost] }
        guard let before = try? loading?.reader.parts(ran.key) else { return [.lost] }
        return Cause.difference(from: before, to: parts).sorted()
    }
}
