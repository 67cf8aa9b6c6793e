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

    /// A layer can't be had. The document is left out, and tried again in the next run.
    struct Unavailable: Error {
        var failure: StageFailure
    }

    /// Loads the layers that `step` reads.
    func load(_ step: Step, _ session: DocumentSession) throws {
        for layer in step.contract.reads { try load(layer, session) }
    }

    /// Loads a layer whose digest is known.
    func load(_ layer: LayerName, _ session: DocumentSession) throws {
        guard !session.layers.contains(layer) else { return }
        if layer == SourceBytes.name { return try loadSource(session) }
        guard let digest = session.digests[layer] else { return }
        if let bytes = try reader.object(digest) {
            session.layers.set(layer, bytes: bytes)
        } else {
            try restore(layer, digest, session)
        }
    }

    private func loadSource(_ session: DocumentSession) throws {
        let bytes: [UInt8]
        do throws(FileReading.Problem) {
            bytes = try FileReading.bytes(of: "\(project)/\(session.entry.path)")
        } catch {
            throw Unavailable(failure: error.failure)
        }
        guard ContentDigest(of: bytes) == session.entry.content else {
            throw Unavailable(failure: FileReading.Problem.unstable.failure)
        }
        session.layers.set(SourceBytes(bytes))
    }

    /// The store has lost a layer: the step that wrote it runs again, and has to give the same bytes.
    private func restore(_ layer: LayerName, _ digest: ContentDigest, _ session: DocumentSession) throws {
        guard let step = plan.writers[layer] else { return }
        try load(step, session)
        let input = StepInput(layers: session.layers, facts: session.entry.facts, contract: step.contract)
        let output: StepOutput
        var asked: [FoldKey: [UInt8]?]?
        do {
            switch step.shape {
            case .map(let body): output = try body.run(input)
            case .join(let body):
                let answers = try decisions.answers(
                    to: try body.asks(input), for: session.entry.id, finish: step.contract.after ?? "")
                asked = answers
                output = try body.apply(input, answers.compactMapValues { $0 })
            case .program: throw EngineProblem.lostLayer(layer)
            case .fold, .finish: return
            }
        } catch let failure as StageFailure {
            throw Unavailable(failure: failure)
        }
        // Among the document's layers only once it is known to be what was lost: other steps would take it for that.
        let made = LayerSet()
        made.set(output)
        guard let bytes = made.encoded(layer), ContentDigest(of: bytes) == digest else {
            throw Unavailable(
                failure: isOutdated(step, asked, session)
                    ? Self.outdated
                    : StageFailure(
                        "step '\(step.name)' gave another '\(layer)' from the same input",
                        hint: "the output of a stage has to depend on nothing but its input", code: "not-deterministic")
            )
        }
        session.layers.set(output)
        for name in step.contract.writes {
            guard let bytes = made.encoded(name) else { continue }
            session.writes.objects.append((ContentDigest(of: bytes), bytes))
        }
        session.visits.append(Visit(step: step.name, document: session.entry.id, causes: [.lost], refused: false))
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
        return parts.map { ContentDigest(of: $0.encoded) } != session.state.steps[step.name]?.key
    }
}
