import Digests
import Model
package import StageKit
import Store

/// A program of the user's own that sees the whole corpus, as steps: a fold of what each document gives it, a finish that
/// is the program, and a join that deals its answers out.
///
/// The table has the digest of each document's layers, so the program runs again when any of them is another, and a
/// document whose answer is the same as before is not touched.
package enum CorpusProgram {
    /// The steps of the stage `stage`, and which of them is the program. `isOwn` says whether the layer that it writes is a
    /// ``CustomLayer``.
    package static func steps(
        stage: String, reads: [LayerName], writes: LayerName, isOwn: Bool
    ) -> (steps: [Step], program: StepID) {
        let inputs = StepContract("inputs", reads: reads, facts: [.id])
        let answers = StepContract("answers", after: "inputs")
        let layer = StepContract("layer", writes: [writes], after: "answers", publishes: isOwn ? .annotations : nil)
        let program = Step(stage: stage, contract: answers, shape: .finish(Answers()), fingerprint: "program")
        return (
            [
                Step(stage: stage, contract: inputs, shape: .fold(Inputs(reads: reads)), fingerprint: "program"),
                program,
                Step(stage: stage, contract: layer, shape: .join(Dealing(layer: writes)), fingerprint: "program"),
            ], program.id
        )
    }

    /// A row for each document: the digest of what the program reads of it.
    private struct Inputs: FoldStep {
        static let contract = StepContract("inputs")
        var reads: [LayerName]

        init(reads: [LayerName]) { self.reads = reads }
        init(options: OptionReader) throws(OptionProblem) { reads = [] }

        func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
            var writer = ByteWriter()
            for layer in reads { writer.write(ContentDigest(of: try input.encoded(layer)).bytes) }
            return Summary([SummaryEntry(FoldKey(input.facts.id), ContentDigest(of: writer.bytes).bytes)])
        }
    }

    /// Stands for the program, which the engine asks.
    private struct Answers: FinishStep {
        static let contract = StepContract("answers", after: "inputs")
        init() {}
        init(options: OptionReader) throws(OptionProblem) {}
        func decide(_ rows: [FoldRow], _ lookup: NoLookup) -> [Decision] { [] }
    }

    /// Gives each document the layer that the program wrote about it.
    private struct Dealing: JoinStep {
        static let contract = StepContract("layer", after: "answers")
        let layer: LayerName

        init(layer: LayerName) { self.layer = layer }
        init(options: OptionReader) throws(OptionProblem) { layer = "" }

        func asks(_ input: StepInput) throws(StageFailure) -> [FoldKey] { [] }

        func apply(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> StepOutput {
            guard let answer = decisions.values.first else {
                throw StageFailure("the program gave no answer about it", code: "program-silent")
            }
            let read: Result<[UInt8], StageFailure>
            do throws(LayerError) {
                read = try CorpusProgram.answer(decoding: answer)
            } catch {
                throw StageFailure("the answer of the program can't be read: \(error.message)", code: "damaged-layer")
            }
            return StepOutput(layer, bytes: try read.get())
        }
    }

    /// What the program said of a document, addressed to it.
    static func decision(to document: String, _ answer: Result<[UInt8], StageFailure>) -> Decision {
        var writer = ByteWriter()
        switch answer {
        case .success(let bytes):
            writer.write(byte: 0)
            writer.write(bytes)
        case .failure(let failure):
            writer.write(byte: 1)
            writer.write(failure.summary)
            writer.write(failure.code)
            writer.write(optional: failure.hint) { $0.write($1) }
        }
        return Decision(to: document, writer.bytes, owner: FoldKey(document))
    }

    private static func answer(decoding bytes: [UInt8]) throws(LayerError) -> Result<[UInt8], StageFailure> {
        var reader = ByteReader(bytes)
        guard try reader.byte() == 1 else { return .success(try reader.blob()) }
        let (summary, code) = (try reader.string(), try reader.string())
        let hint = try reader.optional { reader throws(LayerError) in try reader.string() }
        return .failure(StageFailure(summary, hint: hint, code: code))
    }
}

extension EngineRun {
    /// Asks a program that sees the whole corpus, unless nothing of what it read has changed.
    func ask(
        _ runner: ProgramSteps.Runner, _ step: Step, reads: [LayerName], _ keys: Set<FoldKey>?
    ) async throws -> (moved: MovedDecisions, decided: Int) {
        if let keys, keys.isEmpty { return (MovedDecisions(), 0) }
        let documents = try await engine.load(tree.entries, layers: reads)
        let answers = try await runner(documents.map { ($0.entry.facts, $0.layers) })
        var runs = DecisionRuns()
        for (document, answer) in zip(documents, answers) {
            runs.add(CorpusProgram.decision(to: document.entry.id, answer.map { $0[0] }))
        }
        let pile = DecisionPile(of: engine.state)
        try pile.add(runs.encoded)
        return (try engine.state.replaceAll(pile, finish: step.id), documents.count)
    }
}
