/// Runs steps over documents in memory, without a cache: for one-off annotation, and as what the engine's results are
/// held against.
public struct MemoryRun: Sendable {
    /// A document to run over.
    public struct Document: Sendable {
        /// What is known about it.
        public var facts: DocumentFacts
        /// Its layers; at the start, those that are given.
        public let layers: LayerSet
        /// Why it was left out; nil while it is in.
        public var failure: StageFailure?

        /// A document with these bytes.
        public init(_ facts: DocumentFacts, source: [UInt8]) {
            self.facts = facts
            layers = LayerSet()
            layers.set(SourceBytes(source))
        }
    }

    /// The documents in the order in which they came, with their layers.
    public private(set) var documents: [Document]
    /// The tables of the folds.
    public private(set) var tables: [StepID: FoldTable] = [:]
    /// The decisions of the finishes, in order of their keys.
    public private(set) var decisions: [StepID: [Decision]] = [:]

    /// Runs `graph`, which holds no programs, with at most `jobs` documents under way at once.
    public init(_ graph: StepGraph, over documents: [Document], jobs: Int = 1) async throws {
        self.documents = documents
        var answers: [StepID: Answers] = [:]
        for pass in graph.passes {
            let asked = answers
            let batches = stride(from: 0, to: documents.count, by: Self.batch).map {
                Array(self.documents[$0..<min($0 + Self.batch, documents.count)])
            }
            let results = try await concurrentMap(batches, jobs: jobs) { batch in
                let outcomes = batch.map { Self.run(pass, over: $0, decisions: asked) }
                return (
                    documents: outcomes.map(\.document),
                    runs: try pass.folds.indices.map { k in
                        try EntryMerge.merged(
                            outcomes.filter { $0.document.failure == nil }.map { $0.summaries[k].encoded })
                    }
                )
            }
            self.documents = results.flatMap(\.documents)
            for (k, fold) in pass.folds.enumerated() {
                tables[fold.id] = try FoldTable(runs: results.map { $0.runs[k] })
            }
            for finish in pass.finishes {
                guard case .finish(let body) = finish.shape, let table = finish.after.flatMap({ tables[$0] })
                else { continue }
                let decided = body.decisions(over: table).sorted { $0.key < $1.key }
                decisions[finish.id] = decided
                answers[finish.id] = Answers(decided)
            }
        }
    }

    private static let batch = 32

    /// The decisions of one finish, as joins get them.
    private struct Answers {
        var byKey: [FoldKey: [UInt8]] = [:]
        var addressed: [String: [FoldKey: [UInt8]]] = [:]

        init(_ decisions: [Decision]) {
            byKey.reserveCapacity(decisions.count)
            for decision in decisions {
                if let document = decision.addressee {
                    addressed[document, default: [:]][decision.key] = decision.value
                } else {
                    byKey[decision.key] = decision.value
                }
            }
        }
    }

    private static func run(
        _ pass: StepGraph.Pass, over document: Document, decisions: [StepID: Answers]
    ) -> (document: Document, summaries: [Summary]) {
        var document = document
        guard document.failure == nil else { return (document, []) }
        do throws(StageFailure) {
            for step in pass.documentSteps {
                let execution = StepExecution(step, over: document.layers, facts: document.facts)
                let answers = step.after.flatMap { decisions[$0] } ?? Answers([])
                var asked = answers.addressed[document.facts.id] ?? [:]
                for key in try execution.asks() ?? [] { asked[key] = answers.byKey[key] }
                try execution.run(asked)
            }
            var summaries: [Summary] = []
            for step in pass.folds {
                let execution = StepExecution(step, over: document.layers, facts: document.facts)
                if let summary = try execution.run() { summaries.append(summary) }
            }
            return (document, summaries)
        } catch {
            document.failure = error
            return (document, [])
        }
    }
}
