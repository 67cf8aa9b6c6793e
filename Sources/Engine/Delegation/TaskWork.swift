import Model
package import StageKit
package import Store

/// The work of a task on documents of one pass: the steps of the run, over documents that another process chose.
///
/// It has no store of its project. Layers of earlier passes are those that tasks handed in; where they are not to be had,
/// they are made again from the documents' files.
package struct TaskWork: Sendable {
    private let plan: RunPlan
    private let pass: StepGraph.Pass
    private let number: Int
    private let decisions: TaskDecisions
    private let project: String
    private let programs: ProgramSteps
    /// A store that has nothing, for documents that are files.
    private let empty: ResultStore

    /// The work on pass `number` of `plan`; nil where the plan has no such pass.
    package init?(
        _ plan: RunPlan, pass number: Int, decisions: TaskDecisions, project: String, programs: ProgramSteps
    ) throws {
        guard plan.graph.passes.indices.contains(number) else { return nil }
        self.plan = plan
        self.number = number
        self.decisions = decisions
        self.project = project
        self.programs = programs
        pass = plan.graph.passes[number]
        empty = try ResultStore(folder: nil)
    }

    /// Documents in the portions that are computed at once, which are those of the pass, or parts of these of at most `most`.
    package static func portions(_ documents: [TaskDocument], most: Int = .max) -> [[TaskDocument]] {
        var portions: [[TaskDocument]] = []
        for document in documents {
            if let last = portions.last, last[0].portion == document.portion, last.count < most {
                portions[portions.count - 1].append(document)
            } else {
                portions.append([document])
            }
        }
        return portions
    }

    /// The layers of earlier passes that the steps read.
    package var earlierLayers: Set<LayerName> {
        let steps = pass.documentSteps + pass.folds
        return Set(steps.flatMap(\.contract.reads)).subtracting(pass.documentSteps.flatMap(\.contract.writes))
    }

    /// Runs the steps over a portion of documents. Where it is `counting`, it makes what they add to the tables of folds too.
    /// `handed` has layers of earlier passes by their digests, as far as there are.
    package func run(
        _ documents: [TaskDocument], counting: Bool, handed layers: [ContentDigest: [UInt8]] = [:]
    ) async throws -> HandedResults {
        var addressed: [StepID: [String: [FoldKey: [UInt8]]]] = [:]
        for document in documents {
            for (finish, own) in document.addressed { addressed[finish, default: [:]][document.entry.id] = own }
        }
        var sources = WriteBatch()
        for document in documents {
            guard let source = document.source else { continue }
            sources.objects.append(KeptObject(document.entry.content, source, SourceBytes.name))
        }
        let store = sources.isEmpty ? empty : try ResultStore(folder: nil)
        try store.write(sources)
        var pass = pass
        if !counting { pass.folds = [] }
        let leaf = LeafRun(
            plan: plan, pass: pass, store: store, project: project,
            decisions: DecisionTable(decisions.byFinish, addressed: addressed), programs: programs, currentFolds: [],
            earlier: Set(plan.graph.passes[..<number].flatMap { $0.documentSteps + $0.folds }.map(\.id)),
            number: number, isDoubting: false, added: Set(documents.map(\.entry.id)), leftOut: [], entriesBefore: [:],
            layersBefore: [:], dirty: [], currentSteps: [], making: nil, handed: layers)
        let numbers = Dictionary(
            (pass.documentSteps + pass.folds).enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var handed = HandedResults()
        var outcomes = try await leaf.run(documents.map { ($0.entry, $0.state) })
        for outcome in outcomes {
            let ran = Set(outcome.visits.filter { $0.causes != nil }.compactMap { numbers[$0.step] })
            handed.add(.init(outcome.id, ran: ran.sorted()), outcome.writes)
        }
        handed.closeGroup()
        for (fold, runs) in try LeafRun.merged(&outcomes) {
            let keys = outcomes.compactMap { $0.state.steps[fold]?.key }
            handed.add(HandedTables.Portion(fold: fold, keys: keys, entries: try EntryMerge.merged(runs)))
        }
        return handed
    }
}
