import Digests
import Model
import StageKit
import Text
import Store

extension LeafRun {
    /// What a step has to do over one document.
    private struct Due {
        let session: DocumentSession
        let key: ContentDigest
        let parts: KeyFields
        /// For a join, the decisions that it gets.
        var asked: [FoldKey: [UInt8]?]?
    }

    /// Runs a map or a join over the documents, or finds that its results are there.
    ///
    /// The store is asked twice for all of them together: for the results of their keys, and for the layers of those that
    /// have none.
    func run(_ step: Step, _ sessions: [DocumentSession], _ loading: LayerLoading) throws {
        let due = try due(step, sessions, loading)
        var missing: [ObjectIdentifier: Due] = [:]
        for (due, result) in zip(due, try known(step, due, loading)) {
            if let result {
                if isDelegated(step, due) { visit(step, due.key, due.parts, result, due.session, loading) }
                due.session.settle(step, key: due.key, result: result)
            } else {
                missing[ObjectIdentifier(due.session)] = due
            }
        }
        try loading.load(step.contract.reads, due.map(\.session).filter { missing[ObjectIdentifier($0)] != nil }) {
            if let due = missing[ObjectIdentifier($0)] { try run(step, due, loading) }
        } unavailable: {
            unavailable(step, $0, $1)
        }
    }

    /// For each of the documents, whether a step of this pass has no result for it yet. No step runs.
    func lack(_ documents: [(entry: DocumentEntry, old: DocumentState?)]) throws -> [Bool] {
        let (sessions, loading) = (sessions(documents), loading)
        var lacking: Set<ObjectIdentifier> = []
        for step in pass.documentSteps {
            let open = sessions.filter { !lacking.contains(ObjectIdentifier($0)) }
            let due = try due(step, due(for: step, open), loading)
            for (due, result) in zip(due, try known(step, due, loading)) {
                if let result {
                    due.session.settle(step, key: due.key, result: result)
                } else {
                    lacking.insert(ObjectIdentifier(due.session))
                }
            }
        }
        return sessions.map { lacking.contains(ObjectIdentifier($0)) }
    }

    /// Whether a task elsewhere ran the step over a document in this run.
    private func isDelegated(_ step: Step, _ due: Due) -> Bool {
        guard let ran = delegated.ran[due.session.entry.id], due.session.old?.steps[step.id]?.key != due.key else {
            return false
        }
        let steps = pass.documentSteps + pass.folds
        return ran.contains { steps.indices.contains($0) && steps[$0].id == step.id }
    }

    /// What a step has to do over the documents whose layers are there; what a join asks for is found from its layers.
    private func due(_ step: Step, _ sessions: [DocumentSession], _ loading: LayerLoading) throws -> [Due] {
        guard step.after != nil else { return try sessions.compactMap { try self.due(step, $0) } }
        var due: [Due] = []
        let addressed = try loading.decisions.addressed(to: sessions.map(\.entry.id), by: step.after)
        try loading.load(step.contract.reads, sessions) { session in
            let asking = try asking(step, session, addressed[session.entry.id] ?? [:], loading)
            if let asking { due.append(asking) }
        } unavailable: {
            unavailable(step, $0, $1)
        }
        return due
    }

    /// What there is to do, unless a layer that the step reads is not there.
    private func due(
        _ step: Step, _ session: DocumentSession, asked: [FoldKey: [UInt8]?]? = nil
    ) throws -> Due? {
        plan.parts(of: step, facts: session.entry.facts, layers: session.digests, decisions: asked).map {
            Due(session: session, key: ContentDigest(of: $0.encoded), parts: $0, asked: asked)
        }
    }

    /// The same for a join, whose layers are loaded: what it asks for is part of its key.
    private func asking(
        _ step: Step, _ session: DocumentSession, _ addressed: [FoldKey: [UInt8]], _ loading: LayerLoading
    ) throws -> Due? {
        do {
            let asks = try loading.asks(execution(step, session), addressed)
            let keys = asks?.keys ?? []
            session.state.asked[step.id] = keys.isEmpty ? nil : Set(keys.map { StableHash.of($0.bytes) }).sorted()
            return try due(step, session, asked: asks?.answers)
        } catch let failure as StageFailure {
            keep(failure, of: step, session, loading)
            return nil
        }
    }

    private func run(_ step: Step, _ due: Due, _ loading: LayerLoading) throws {
        let session = due.session
        do {
            try execution(step, session).run((due.asked ?? [:]).compactMapValues { $0 })
            let outputs = objects(step.contract.writes, session)
            keep(step, key: due.key, parts: due.parts, .layers(outputs), session, loading)
        } catch {
            keep(error, of: step, session, loading)
        }
    }

    /// A refusal is a result like any other: as long as nothing changes, it need not be found again.
    private func keep(
        _ failure: StageFailure, of step: Step, _ session: DocumentSession, _ loading: LayerLoading
    ) {
        guard let parts = plan.parts(of: step, facts: session.entry.facts, layers: session.digests) else { return }
        keep(step, key: ContentDigest(of: parts.encoded), parts: parts, .failure(failure), session, loading)
    }

    func unavailable(_ step: Step, _ session: DocumentSession, _ failure: StageFailure) {
        session.refuse(step, failure, isUnstable: true)
        session.visits.append(Visit(step: step.id, document: session.entry.id, causes: nil, refused: true))
    }

    /// Brings the documents' shares of a fold's table up to date: of each, its old summary out, its new one in.
    func summarize(_ fold: Step, _ sessions: [DocumentSession], _ loading: LayerLoading) throws {
        guard !fold.isIdle else { return }
        var new: [ObjectIdentifier: ContentDigest] = [:]
        var due: [ObjectIdentifier: (due: Due, known: StepResult?)] = [:]
        let isCurrent = currentFolds.contains(fold.id)
        for session in sessions where isCurrent && session.isIn && stands(fold, session) {
            new[ObjectIdentifier(session)] = old(fold, session)
        }
        let all = try sessions.filter { $0.isIn && new[ObjectIdentifier($0)] == nil }
            .compactMap { try self.due(fold, $0) }
        let known = try known(fold, all, loading)
        let counted = counted(fold, all, known)
        if let counted { all[0].session.runs[fold.id] = [counted] }
        for (each, known) in zip(all, known) {
            let session = each.session
            if let known, counted != nil {
                if isDelegated(fold, each) { visit(fold, each.key, each.parts, known, session, loading) }
                session.settle(fold, key: each.key, result: known)
                new[ObjectIdentifier(session)] = known.outputs.first?.digest
            } else if let known, let old = old(fold, session), known.outputs.first?.digest == old {
                // The table has it already.
                session.settle(fold, key: each.key, result: known)
                new[ObjectIdentifier(session)] = old
            } else {
                due[ObjectIdentifier(session)] = (each, known)
            }
        }
        try loading.load(fold.contract.reads, all.map(\.session).filter { due[ObjectIdentifier($0)] != nil }) {
            guard let (each, known) = due[ObjectIdentifier($0)] else { return }
            new[ObjectIdentifier($0)] = try summarize(fold, each, known, loading)
        } unavailable: {
            $0.refuse(fold, $1, isUnstable: true)
        }
        for session in sessions where old(fold, session) != new[ObjectIdentifier(session)] {
            try takeOut(fold, session, loading)
        }
    }

    /// What the documents add to a fold's table together, where a task has counted all of them and the table has none of it
    /// yet.
    private func counted(_ fold: Step, _ due: [Due], _ known: [StepResult?]) -> [UInt8]? {
        let isNew = zip(due, known).allSatisfy { due, known in
            guard let digest = known?.outputs.first?.digest else { return false }
            return digest != old(fold, due.session)
        }
        return isNew ? counted?.entries(of: fold.id, keys: due.map(\.key)) : nil
    }

    /// The digest of the summary that a fold's table has of a document.
    private func old(_ fold: Step, _ session: DocumentSession) -> ContentDigest? {
        currentFolds.contains(fold.id) ? session.old?.steps[fold.id]?.result.outputs.first?.digest : nil
    }

    /// Makes the summary of a document, whose layers are loaded, and gives its digest.
    private func summarize(
        _ fold: Step, _ due: Due, _ known: StepResult?, _ loading: LayerLoading
    ) throws -> ContentDigest? {
        let session = due.session
        do {
            guard let bytes = try execution(fold, session).run()?.encoded else { return nil }
            let digest = ContentDigest(of: bytes)
            let made = StepResult(.layers([.init(StepResult.summary, digest)]))
            if made == known {
                if isDelegated(fold, due) { visit(fold, due.key, due.parts, made, session, loading) }
                session.settle(fold, key: due.key, result: made)
            } else {
                keep(fold, key: due.key, parts: due.parts, made.outcome, session, loading)
            }
            if digest != old(fold, session) { session.runs[fold.id] = [bytes] }
            return digest
        } catch {
            session.refuse(fold, error)
            return nil
        }
    }

    /// Takes the old summary of a document out of a fold's table.
    private func takeOut(_ fold: Step, _ session: DocumentSession, _ loading: LayerLoading) throws {
        guard old(fold, session) != nil, let before = session.old else { return }
        let facts = entriesBefore[session.entry.id]?.facts ?? session.entry.facts
        let replaced = layersBefore[session.entry.id] ?? [:]
        guard let summary = try loading.summary(of: fold, facts: facts, in: before, replaced) else {
            session.lost.insert(fold.id)
            return
        }
        session.runs[fold.id, default: []].append(try EntryMerge.negated(summary))
    }

    private func execution(_ step: Step, _ session: DocumentSession) -> StepExecution {
        StepExecution(step, over: session.layers, facts: session.entry.facts)
    }

    /// The results of keys, as far as the last run's state or the store has them.
    private func known(_ step: Step, _ due: [Due], _ loading: LayerLoading) throws -> [StepResult?] {
        var known = due.map { due in
            due.session.old?.steps[step.id].flatMap { $0.key == due.key ? $0.result : nil }
        }
        let open = known.indices.filter { known[$0] == nil }
        for (k, result) in zip(open, try loading.reader.results(open.map { due[$0].key })) { known[k] = result }
        return known
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
            session.writes.objects.append(KeptObject(digest, bytes, name))
            return StepResult.Output(name, digest)
        }
    }

    /// Keeps a result that was computed just now, and why it had to be.
    func keep(
        _ step: Step, key: ContentDigest, parts: KeyFields, _ outcome: StepResult.Outcome, _ session: DocumentSession,
        _ loading: LayerLoading?
    ) {
        let result = StepResult(outcome)
        visit(step, key, parts, result, session, loading)
        session.settle(step, key: key, result: result)
        session.writes.results.append(KeptResult(key: key, step: step.id, parts: parts, result: result))
    }

    /// Notes that a step ran over a document, and why; before the result is settled.
    private func visit(
        _ step: Step, _ key: ContentDigest, _ parts: KeyFields, _ result: StepResult, _ session: DocumentSession,
        _ loading: LayerLoading?
    ) {
        let causes = causes(step, key, parts, session, loading)
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
