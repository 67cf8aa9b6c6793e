import Digests
import Corpus
import Model
import StageKit
import Store

/// Brings layers of a document into memory: from the store, or by running the step again that gives them.
struct LayerLoading {
    let plan: RunPlan
    let project: String
    let reader: StoreReader
    let decisions: DecisionTable
    /// By digest, layers that are in memory already.
    var handed: [ContentDigest: [UInt8]] = [:]

    /// A layer can't be had. The document is left out, and tried again in the next run.
    struct Unavailable: Error {
        var failure: StageFailure
    }

    /// Loads the layers that `step` reads.
    func load(_ step: Step, _ session: DocumentSession) throws { try load(step.contract.reads, session) }

    /// Loads layers, as far as their digests are known.
    func load(_ names: [LayerName], _ session: DocumentSession) throws {
        var failure: StageFailure?
        try load(names, [session]) { _ in
        } unavailable: {
            failure = $1
        }
        if let failure { throw Unavailable(failure: failure) }
    }

    /// Loads layers of several documents with one look into the store, and calls `loaded` for each document whose layers
    /// are there, or else `unavailable`, in order.
    func load(
        _ names: [LayerName], _ sessions: [DocumentSession], loaded: (DocumentSession) throws -> Void,
        unavailable: (DocumentSession, StageFailure) -> Void
    ) throws {
        var wanted: [(session: Int, layer: LayerName, digest: ContentDigest)] = []
        for (k, session) in sessions.enumerated() {
            for layer in names where layer != SourceBytes.name && !session.layers.contains(layer) {
                guard let digest = session.digests[layer] else { continue }
                if let bytes = handed[digest] {
                    session.layers.set(layer, bytes: bytes)
                } else {
                    wanted.append((k, layer, digest))
                }
            }
        }
        var lost: [Int: [(layer: LayerName, digest: ContentDigest)]] = [:]
        for ((k, layer, digest), bytes) in zip(wanted, try reader.objects(wanted.map(\.digest))) {
            if let bytes {
                sessions[k].layers.set(layer, bytes: bytes)
            } else {
                lost[k, default: []].append((layer, digest))
            }
        }
        for (k, session) in sessions.enumerated() {
            do {
                if names.contains(SourceBytes.name), !session.layers.contains(SourceBytes.name) {
                    try loadSource(session)
                }
                for (layer, digest) in lost[k] ?? [] where !session.layers.contains(layer) {
                    try restore(layer, digest, session)
                }
                try loaded(session)
            } catch let failure as Unavailable {
                unavailable(session, failure.failure)
            }
        }
    }

    private func loadSource(_ session: DocumentSession) throws {
        let bytes: [UInt8]
        if session.entry.format == .extracted {
            if let kept = try reader.object(session.entry.content) { return session.layers.set(SourceBytes(kept)) }
            do throws(StageFailure) {
                bytes = try Extraction.document(
                    session.entry.id, at: session.entry.path, project: project, columns: plan.columns)
            } catch {
                throw Unavailable(failure: error)
            }
            session.writes.objects.append(KeptObject(session.entry.content, bytes, SourceBytes.name))
        } else {
            do throws(FileReading.Problem) {
                bytes = try FileReading.bytes(of: "\(project)/\(session.entry.path)")
            } catch {
                throw Unavailable(failure: error.failure)
            }
        }
        guard ContentDigest(of: bytes) == session.entry.content else {
            throw Unavailable(failure: FileReading.Problem.unstable.failure)
        }
        session.layers.set(SourceBytes(bytes))
    }

    /// What a join asks of the decisions, with the answers to it; nil for a step that asks nothing. `addressed` are the
    /// decisions that are addressed to the document, where they are known.
    func asks(
        _ execution: StepExecution, _ addressed: [FoldKey: [UInt8]]? = nil
    ) throws -> (keys: [FoldKey], answers: [FoldKey: [UInt8]?])? {
        guard let after = execution.step.after, let keys = try execution.asks() else { return nil }
        let addressed = try addressed ?? decisions.addressed(to: [execution.facts.id], by: after)[execution.facts.id]
        return (keys, try decisions.answers(to: keys, addressed: addressed ?? [:], finish: after))
    }

    /// The store has lost a layer: the step that wrote it runs again, and has to give the same bytes.
    private func restore(_ layer: LayerName, _ digest: ContentDigest, _ session: DocumentSession) throws {
        guard let step = plan.writers[layer] else { return }
        try load(step, session)
        // Among the document's layers only once it is known to be what was lost: other steps would take it for that.
        let made = LayerSet()
        let execution = StepExecution(step, over: session.layers, facts: session.entry.facts, into: made)
        var asked: [FoldKey: [UInt8]?]?
        do {
            if case .program = step.shape { throw EngineProblem.lostLayer(layer) }
            asked = try asks(execution)?.answers
            try execution.run((asked ?? [:]).compactMapValues { $0 })
        } catch let failure as StageFailure {
            throw Unavailable(failure: failure)
        }
        guard let bytes = made.encoded(layer), ContentDigest(of: bytes) == digest else {
            throw Unavailable(
                failure: isOutdated(step, asked, session)
                    ? Self.outdated
                    : StageFailure(
                        "step '\(step.id)' gave another '\(layer)' from the same input",
                        hint: "the output of a stage has to depend on nothing but its input", code: "not-deterministic")
            )
        }
        for name in step.contract.writes {
            guard let bytes = made.encoded(name) else { continue }
            session.layers.set(name, bytes: bytes)
            session.writes.objects.append(KeptObject(ContentDigest(of: bytes), bytes, name))
        }
        session.visits.append(Visit(step: step.id, document: session.entry.id, causes: [.lost], refused: false))
    }

    /// Why a layer that the store has lost can't be made again as it was: the document, its row or a setting is another
    /// than in the run that made it.
    static let outdated = StageFailure(
        "its inputs have changed since the last run, whose result is no longer in the cache",
        hint: "run the pipeline again", code: "outdated")

    /// Whether the key of a step is another now than when it gave the result that is asked for.
    private func isOutdated(_ step: Step, _ asked: [FoldKey: [UInt8]?]?, _ session: DocumentSession) -> Bool {
        let facts = session.entry.facts
        let parts = plan.parts(of: step, facts: facts, layers: session.digests, decisions: asked)
        return parts.map { ContentDigest(of: $0.encoded) } != session.state.steps[step.id]?.key
    }
}
