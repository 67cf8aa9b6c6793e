import Digests
import Model
package import StageKit
import Store

/// A program of the user's own that sees the whole corpus, as steps: a fold of what each document gives it, a finish that
/// is the program, and a join that deals its answers out.
///
/// The table has the digest of each document's layers. With what stands for the program they make the key under which the
/// store keeps its answers: the program runs when there are none under the key. A document whose answer is the same as
/// before is not touched.
package enum CorpusProgram {
    /// The steps of the stage `stage`, and which of them is the program. `isOwn` says whether the layer that it writes is a
    /// ``CustomLayer``.
    package static func steps(
        stage: String, reads: [LayerName], writes: LayerName, isOwn: Bool
    ) -> (steps: [Step], program: StepID) {
        let inputs = StepContract("inputs", reads: reads, facts: [.id])
        let answers = StepContract(
            "answers", after: "inputs", publishes: isOwn ? .corpus(LayerName.corpus(writes)) : nil)
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
            var digests: [ContentDigest] = []
            for layer in reads { digests.append(ContentDigest(of: try input.encoded(layer))) }
            return Summary([SummaryEntry(FoldKey(input.facts.id), CorpusProgram.digest(of: digests).bytes)])
        }
    }

    /// Whether a step is such a program.
    static func isProgram(_ step: Step) -> Bool {
        if case .finish(let body) = step.shape { body is Answers } else { false }
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

    /// What stands for a document in the key: the digest of its layers, in the order in which the program reads them.
    static func digest(of layers: [ContentDigest]) -> ContentDigest { ContentDigest(of: layers.flatMap(\.bytes)) }

    /// What the program said of a document, addressed to it.
    static func decision(to document: String, _ answer: Result<[UInt8], StageFailure>) -> Decision {
        Decision(to: document, encoded(answer), owner: FoldKey(document))
    }

    static func encoded(_ answer: Result<[UInt8], StageFailure>) -> [UInt8] {
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
        return writer.bytes
    }

    static func answer(decoding bytes: [UInt8]) throws(LayerError) -> Result<[UInt8], StageFailure> {
        var reader = ByteReader(bytes)
        guard try reader.byte() == 1 else { return .success(try reader.blob()) }
        let (summary, code) = (try reader.string(), try reader.string())
        let hint = try reader.optional { reader throws(LayerError) in try reader.string() }
        return .failure(StageFailure(summary, hint: hint, code: code))
    }
}
