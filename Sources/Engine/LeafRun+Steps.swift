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
            if case .join(let body) = step.shape {
                try loading.load(step, session)
                let keys = try body.asks(input(step, session))
                session.state.asked[step.name] =
                    keys.isEmpty ? nil : Set(keys.map { StableHash.of($0.bytes) }).sorted()
                asked = try decisions.answers(to: keys, for: session.entry.id, finish: step.contract.after ?? "")
            }
            guard
                let parts = plan.parts(of: step, facts: session.entry.facts, layers: session.digests, decisions: asked)
            else { return }
            let key = ContentDigest(of: parts.encoded)
            if let result = try known(step, key, session, loading) {
                return session.settle(step, key: key, result: result)
            }

            try loading.load(step, session)
            let output: StepOutput
            switch step.shape {
            case .map(let body): output = try body.run(input(step, session))
            case .join(let body): output = try body.apply(input(step, session), (asked ?? [:]).compactMapValues { $0 })
            case .fold, .finish, .program: return
            }
            session.layers.set(output)
            keep(step, key: key, parts: parts, .layers(objects(step.contract.writes, session)), session, loading)
        } catch let failure as StageFailure {
            guard let parts = plan.parts(of: step, facts: session.entry.facts, layers: session.digests) else { return }
            // A refusal is a result like any other: as long as nothing changes, it need not be found again.
            keep(step, key: ContentDigest(of: parts.encoded), parts: parts, .failure(failure), session, loading)
        } catch let unavailable as LayerLoading.Unavailable {
            session.refuse(step, unavailable.failure, isUnstable: true)
            session.visits.append(Visit(step: step.name, document: session.entry.id, causes: nil, refused: true))
        }
    }

    /// Brings a document's share of a fold's table up to date: its old summary out, its new one in.
    func summarize(_ fold: Step, _ session: DocumentSession, _ loading: LayerLoading) throws {
        guard case .fold(let body) = fold.shape else { return }
        let old = currentFolds.contains(fold.name) ? session.old?.steps[fold.name]?.result.outputs.first?.digest : nil
        var new: ContentDigest?
        var runs: [[UInt8]] = []
        do {
            if session.isIn, let parts = plan.parts(of: fold, facts: session.entry.facts, layers: session.digests) {
                let key = ContentDigest(of: parts.encoded)
                let result = try known(fold, key, session, loading)
                let digest = result?.outputs.first?.digest
                // A table that stands needs no summary that is in it already; otherwise the store has to have it.
                if let result, let digest, digest == old {
                    session.settle(fold, key: key, result: result)
                    new = digest
                } else if let result, let digest, let summary = try loading.reader.object(digest) {
                    session.settle(fold, key: key, result: result)
                    (new, runs) = (digest, [summary])
                } else {
                    try loading.load(fold, session)
                    let bytes = try body.summarize(input(fold, session)).encoded
                    let digest = ContentDigest(of: bytes)
                    session.writes.objects.append((digest, bytes))
                    keep(fold, key: key, parts: parts, .layers([.init(StepResult.summary, digest)]), session, loading)
                    (new, runs) = (digest, [bytes])
                }
            }
        } catch let failure as StageFailure {
            session.refuse(fold, failure)
        } catch let unavailable as LayerLoading.Unavailable {
            session.refuse(fold, unavailable.failure, isUnstable: true)
        }

        guard old != new else { return }
        if let old {
            guard let summary = try loading.reader.object(old) else {
                session.lost.insert(fold.name)
                return
            }
            runs.append(try EntryMerge.negated(summary))
        }
        session.runs[fold.name] = runs
    }

    func input(_ step: Step, _ session: DocumentSession) -> StepInput {
        StepInput(layers: session.layers, facts: session.entry.facts, contract: step.contract)
    }

    /// The result of a key, if the last run's state or the store has it.
    func known(
        _ step: Step, _ key: ContentDigest, _ session: DocumentSession, _ loading: LayerLoading
    ) throws -> StepResult? {
        if let ran = session.old?.steps[step.name], ran.key == key { return ran.result }
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
        session.writes.results.append(KeptResult(key: key, step: step.name, parts: parts, result: result))
        session.visits.append(
            Visit(step: step.name, document: session.entry.id, causes: causes, refused: result.failure != nil))
    }

    /// One list for all that a first run does.
    private static let new: [Cause] = [.new]

    private func causes(
        _ step: Step, _ key: ContentDigest, _ parts: KeyFields, _ session: DocumentSession, _ loading: LayerLoading?
    ) -> [Cause] {
        guard let old = session.old, !session.isNew else { return Self.new }
        guard let ran = old.steps[step.name] else { return [session.wasLeftOut ? .readmitted : .stepAdded] }
        guard ran.key != key else { return [.lost] }
        guard let before = try? loading?.reader.parts(ran.key) else { return [.lost] }
        return Cause.difference(from: before, to: parts).sorted()
    }
}
