import Digests
import Model
import StageKit
import Store

/// What a program that sees the whole corpus is asked: its documents, and the key that its answers have.
struct CorpusQuestion {
    let step: Step
    /// The ids of the documents, in order.
    let ids: [String]
    let parts: KeyFields
    let key: ContentDigest

    /// The layers under which a result of the store names the answers.
    private static let answers: LayerName = "answers"

    /// The question about documents of which the program reads `inputs`, by id (``CorpusProgram/digest(of:)``).
    init(_ step: Step, about inputs: [String: ContentDigest], plan: RunPlan) {
        self.step = step
        ids = inputs.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        // The program is told no ids: a corpus whose files have other names, in the same order, has the same answers.
        var writer = ByteWriter()
        writer.write(list: ids) { writer, id in writer.write(inputs[id]?.bytes ?? []) }
        var parts = plan.fixedParts[step.id] ?? KeyFields()
        parts.add(Cause.documentsTag, ContentDigest(of: writer.bytes).bytes)
        self.parts = parts
        key = ContentDigest(of: parts.encoded)
    }

    /// The question about the documents as the state has them.
    init(_ step: Step, plan: RunPlan, state: StateDatabase) throws {
        self.init(step, about: try Self.inputs(of: step, state), plan: plan)
    }

    /// By document, what the program read of it in the last run.
    static func inputs(of step: Step, _ state: StateDatabase) throws -> [String: ContentDigest] {
        var inputs: [String: ContentDigest] = [:]
        guard let fold = step.after else { return inputs }
        try state.eachRow(of: fold) { row in
            guard let id = try row.key.parts().first,
                let digest = row.elements.first.flatMap({ ContentDigest($0.bytes) })
            else { return }
            inputs[id] = digest
        }
        return inputs
    }

    /// The answers that the store has under the key; nil where it has none that are sound.
    func kept(in reader: StoreReader) throws -> CorpusAnswers? {
        guard let result = try reader.result(key), try reader.hasAll(of: result, key),
            let digest = result.outputs.first?.digest, let bytes = try reader.object(digest),
            let answers = try? CorpusAnswers(encoded: bytes), answers.documents.count == ids.count
        else { return nil }
        return answers
    }

    /// The answers as a result under the key.
    func batch(_ answers: CorpusAnswers) -> WriteBatch {
        let bytes = answers.encoded
        let digest = ContentDigest(of: bytes)
        var batch = WriteBatch()
        batch.objects = [KeptObject(digest, bytes, Self.answers)]
        batch.results = [
            KeptResult(
                key: key, step: step.id, parts: parts, result: StepResult(.layers([.init(Self.answers, digest)])))
        ]
        return batch
    }

    /// Why the store has no answers: what differs from the key that the last run had.
    func causes(since last: ContentDigest?, _ reader: StoreReader) throws -> [Cause] {
        guard let last else { return [.new] }
        guard last != key, let before = try reader.parts(last) else { return [.lost] }
        return Cause.difference(from: before, to: parts).sorted()
    }

    /// Asks the program. Each of the documents has to be in `tree`.
    func ask(_ runner: ProgramSteps.CorpusRunner, _ engine: Engine, over tree: CorpusTree) async throws -> CorpusAnswers
    {
        let asked = Set(ids)
        let reads = step.after.map(engine.plan.reads(of:)) ?? []
        // A document that the last run refused for what the program said of it is still one that it reads.
        let documents = try await engine.load(
            tree.entries.filter { asked.contains($0.id) }, layers: reads, includingRefused: true)
        guard documents.count == ids.count else { throw engine.state.damage }
        return try await runner(documents.map { ($0.entry.facts, $0.layers) })
    }
}

extension EngineRun {
    /// What came of a program that sees the whole corpus.
    struct Asked {
        var moved = MovedDecisions()
        /// How many documents it was asked about; none where its answers stand or were in the store.
        var asked = 0
        /// Why it had to be asked; nil where it had not.
        var causes: [Cause]?
        /// Whether its answers stand, because nothing moved that it reads.
        var stands = false
    }

    /// Brings the answers of a program that sees the whole corpus up to date. Where nothing moved that it reads, they
    /// stand; where the store has them under their key, it is not asked.
    func ask(_ runner: ProgramSteps.CorpusRunner, _ step: Step, _ keys: Set<FoldKey>?) async throws -> Asked {
        if let keys, keys.isEmpty { return Asked(stands: true) }
        let question = try CorpusQuestion(step, plan: engine.plan, state: engine.state)
        var known = try CorpusAnswerKeys(engine.state)
        let last = known.keys[step.id]
        var asked = Asked()
        var answers = try question.kept(in: engine.store.reader)
        if answers == nil {
            asked.causes = try question.causes(since: last, engine.store.reader)
            asked.asked = question.ids.count
            let made = try await question.ask(runner, engine, over: tree)
            try engine.store.write(question.batch(made))
            answers = made
        }
        var runs = DecisionRuns()
        for decision in answers?.decisions(to: question.ids) ?? [] { runs.add(decision) }
        let pile = DecisionPile(of: engine.state)
        try pile.add(runs.encoded)
        asked.moved = try engine.state.replaceAll(pile, finish: step.id)
        if last != question.key {
            try known.set(question.key, of: step.id, in: engine.state)
            try engine.store.retire([last].compactMap { $0 })
        }
        return asked
    }
}

extension Engine {
    /// Asks a program that sees the whole corpus again, and compares what it says with what the state has of it. Where its
    /// inputs are others than in the last run, there is nothing to compare.
    func audit(_ runner: ProgramSteps.CorpusRunner, _ step: Step, _ last: LastRun, over tree: CorpusTree) async throws
        -> Audit
    {
        var audit = Audit()
        let question = try CorpusQuestion(step, plan: plan, state: state)
        let key = try CorpusAnswerKeys(state).keys[step.id]
        let there = Set(tree.entries.map(\.id))
        guard last.steps[step.id] == plan.digests[step.id], key == question.key, question.ids.allSatisfy(there.contains)
        else {
            audit.outdated = 1
            return audit
        }
        audit.results = 1
        let made: CorpusAnswers
        do {
            made = try await question.ask(runner, self, over: tree)
        } catch let failure as StageFailure where failure == LayerLoading.outdated {
            audit.results = 0
            audit.outdated = 1
            return audit
        }
        let kept = try state.decisions(to: question.ids, finish: step.id)
        for (id, answer) in zip(question.ids, made.documents)
        where kept[id]?.values.first != CorpusProgram.encoded(answer) {
            audit.differences.append(
                Audit.Difference(
                    step: step.id, document: id, summary: "asked again, the program says something else of it", key: key
                ))
        }
        var rows: [CustomLayer.Annotation] = []
        try state.eachDecision(of: step.id) { rows += try CustomLayer(encoded: $1).annotations }
        if rows != made.rows.annotations {
            audit.differences.append(
                Audit.Difference(
                    step: step.id, document: "the whole corpus",
                    summary: "asked again, the program says something else of the corpus", key: key))
        }
        return audit
    }
}
