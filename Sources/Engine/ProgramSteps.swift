import Digests
import Model
package import StageKit
import Store

/// The steps that are programs of the user's own, by step name, as the engine sees them: a batch in, an answer for each
/// document out.
package struct ProgramSteps: Sendable {
    /// Runs a program over documents; the answers stand in the same order, and each has the layers of the step in the
    /// order of its contract.
    package typealias Runner =
        @Sendable ([(facts: DocumentFacts, layers: LayerSet)]) async throws -> [Result<[[UInt8]], StageFailure>]

    /// Runs a program that sees the whole corpus over all documents, in order of their ids.
    package typealias CorpusRunner =
        @Sendable ([(facts: DocumentFacts, layers: LayerSet)]) async throws -> CorpusAnswers

    private let runners: [StepID: Runner]
    private let corpusRunners: [StepID: CorpusRunner]

    /// Steps run by `runners`, and finishes run by `corpus`.
    package init(_ runners: [StepID: Runner] = [:], corpus: [StepID: CorpusRunner] = [:]) {
        self.runners = runners
        corpusRunners = corpus
    }

    /// What runs a program that sees the whole corpus; nil where the step is none.
    func corpusRunner(_ step: StepID) -> CorpusRunner? { corpusRunners[step] }

    /// What the program of `step` gives for one document.
    func answer(_ step: Step, facts: DocumentFacts, layers: LayerSet) async throws -> Result<[[UInt8]], StageFailure> {
        let answers = try await runners[step.id]?([(facts, layers)])
        return answers?.first ?? .failure(StageFailure("there is no program to ask", code: "no-program"))
    }

    /// Runs `step` over the documents of a leaf for which the store has no result.
    func run(_ step: Step, over sessions: [DocumentSession], in leaf: LeafRun) async throws {
        guard let runner = runners[step.id] else { return }
        var waiting: [(session: DocumentSession, key: ContentDigest, parts: KeyFields)] = []
        let loading = leaf.loading
        for session in sessions {
            guard
                let parts = leaf.plan.parts(of: step, facts: session.entry.facts, layers: session.digests)
            else { continue }
            let key = ContentDigest(of: parts.encoded)
            if let result = try leaf.known(step, key, session, loading),
                try !leaf.isDoubting || loading.reader.hasAll(of: result, key)
            {
                session.settle(step, key: key, result: result)
            } else {
                do {
                    try loading.load(step, session)
                    waiting.append((session, key, parts))
                } catch let unavailable as LayerLoading.Unavailable {
                    session.refuse(step, unavailable.failure, isUnstable: true)
                }
            }
        }
        guard !waiting.isEmpty else { return }
        let answers = try await runner(waiting.map { ($0.session.entry.facts, $0.session.layers) })
        for ((session, key, parts), answer) in zip(waiting, answers) {
            switch answer {
            case .success(let layers):
                let names = step.contract.writes
                for (name, bytes) in zip(names, layers) { session.layers.set(name, bytes: bytes) }
                let outcome = StepResult.Outcome.layers(leaf.objects(names, session))
                leaf.keep(step, key: key, parts: parts, outcome, session, loading)
            case .failure(let failure):
                // Somebody else's program may do better next time, so its failure is no result to keep.
                session.refuse(step, failure, isUnstable: true)
                session.visits.append(
                    Visit(step: step.id, document: session.entry.id, causes: nil, refused: true))
            }
        }
    }
}
