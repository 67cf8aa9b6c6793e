import Model
import StageKit
package import Store

/// The work of a task on documents of one pass: the steps of the run, over documents that another process chose.
///
/// It has no store of its project: layers of earlier passes are made again from the documents' files, which costs less
/// than carrying them would.
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
        var pass = plan.graph.passes[number]
        // Tables are made where all documents are.
        pass.folds = []
        self.pass = pass
        empty = try ResultStore(folder: nil)
    }

    /// Documents in the portions that are computed at once, each of at most `most`.
    package static func portions(_ documents: [TaskDocument], most: Int = .max) -> [[TaskDocument]] {
        var rest = documents[...]
        return Engine.portions(documents.map(\.entry)).flatMap { portion in
            let own = Array(rest.prefix(portion.count))
            rest = rest.dropFirst(portion.count)
            return Engine.portions(own, of: min(most, max(1, own.count)))
        }
    }

    /// Runs the steps over a portion of documents.
    package func run(_ documents: [TaskDocument]) async throws -> HandedResults {
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
        let leaf = LeafRun(
            plan: plan, pass: pass, store: store, project: project,
            decisions: DecisionTable(decisions.byFinish, addressed: addressed), programs: programs, currentFolds: [],
            earlier: Set(plan.graph.passes[..<number].flatMap { $0.documentSteps + $0.folds }.map(\.id)),
            number: number, isDoubting: false, added: Set(documents.map(\.entry.id)), leftOut: [], entriesBefore: [:],
            layersBefore: [:], dirty: [], currentSteps: [], making: nil)
        let numbers = Dictionary(
            pass.documentSteps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var handed = HandedResults()
        for outcome in try await leaf.run(documents.map { ($0.entry, $0.state) }) {
            let ran = Set(outcome.visits.filter { $0.causes != nil }.compactMap { numbers[$0.step] })
            handed.add(.init(outcome.id, ran: ran.sorted()), outcome.writes)
        }
        return handed
    }
}
