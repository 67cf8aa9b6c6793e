import Model
import StageKit
import Store

extension EngineRun {
    /// Has tasks elsewhere compute what the documents `entries` lack in a pass, where a run has such and the pass is one
    /// for them.
    func delegate(
        _ entries: [DocumentEntry], number: Int, isCurrent: Bool, _ leaf: LeafRun, _ tables: HandedTables
    ) async throws -> Delegated {
        guard let delegation = engine.delegation, !entries.isEmpty, engine.plan.isForTasks(pass: number) else {
            return Delegated()
        }
        let finishes = engine.plan.finishesAsked(upTo: number)
        var decisions: [StepID: [FoldKey: [UInt8]]] = [:]
        for finish in finishes {
            try engine.state.eachDecision(of: finish) { decisions[finish, default: [:]][$0] = $1 }
        }
        let (engine, state, store, jobs, added) = (engine, engine.state, engine.store, engine.jobs, added)
        let isFirst = number == 0
        let pass = DelegatedPass(
            number: number, passes: engine.plan.graph.passes.count, count: entries.count,
            decisions: TaskDecisions(decisions), tables: tables
        ) {
            var lacking: [TaskDocument] = []
            let portions = Engine.portions(entries)
            try await concurrentForEach(Array(portions.enumerated()), jobs: jobs) { number, portion in
                let old = try Self.known(portion.map(\.id), in: state, added: added)
                // what somebody else has computed is no work for a task
                try await engine.bring(portion, old, of: leaf.pass, isCurrent: isCurrent)
                let lack = try leaf.lack(portion.map { ($0, old[$0.id]) })
                let documents = zip(portion, lack).filter(\.1).map(\.0)
                var addressed: [String: [StepID: [FoldKey: [UInt8]]]] = [:]
                for finish in finishes {
                    for (id, own) in try state.decisions(to: documents.map(\.id), finish: finish) {
                        addressed[id, default: [:]][finish] = own
                    }
                }
                let extracted = documents.filter { $0.format == .extracted }
                let sources = Dictionary(
                    zip(extracted.map(\.id), try store.reader.objects(extracted.map(\.content))),
                    uniquingKeysWith: { first, _ in first })
                return documents.map {
                    TaskDocument(
                        $0, portion: number, state: isFirst ? nil : old[$0.id]?.only(leaf.earlier),
                        addressed: addressed[$0.id] ?? [:], source: sources[$0.id] ?? nil)
                }
            } then: {
                lacking += $0
            }
            return lacking
        }
        return try await delegation(pass)
    }
}

extension RunPlan {
    /// Whether tasks elsewhere may compute a pass: it reads the files or the texts of documents, which is the greater part
    /// of the work over them, and no layer of an earlier pass that only a program could make again. The other passes go
    /// over layers that are small beside what would have to be carried to the tasks.
    package func isForTasks(pass number: Int) -> Bool {
        let steps = graph.passes[number].documentSteps
        let own = Set(steps.flatMap(\.contract.writes))
        return steps.contains { step in
            if case .program = step.shape { return true }
            guard step.after == nil else { return false }
            return !Set(step.contract.reads).isDisjoint(with: [SourceBytes.name, DocumentText.name])
        } && !steps.contains { isMadeByProgram(Set($0.contract.reads).subtracting(own)) }
    }

    private func isMadeByProgram(_ layers: Set<LayerName>) -> Bool {
        layers.contains { layer in
            guard let writer = writers[layer] else { return false }
            if case .program = writer.shape { return true }
            return isMadeByProgram(Set(writer.contract.reads))
        }
    }

    /// The finishes whose decisions the joins of the passes up to `number` ask for: a task makes the layers of earlier
    /// passes again where it needs them and no pack has them.
    func finishesAsked(upTo number: Int) -> [StepID] {
        let joins = graph.passes[...number].flatMap(\.documentSteps).filter {
            if case .join = $0.shape { true } else { false }
        }
        return Set(joins.compactMap(\.after)).sorted()
    }
}

extension DocumentState {
    /// Of what is known of the document, what the steps `steps` gave.
    fileprivate func only(_ steps: Set<StepID>) -> DocumentState {
        var state = self
        state.steps = self.steps.filter {
            steps.contains($0.key) && $0.value.result.outputs.first?.layer != StepResult.summary
        }
        state.asked = [:]
        return state
    }
}
