import Digests
package import Model
package import StageKit
import Store
import Text

/// What came of computing again what is kept.
package struct Audit: Sendable {
    /// Something that is kept and comes out otherwise.
    package struct Difference: Hashable, Sendable {
        package var step: StepID
        package var document: String
        /// What differs, in words.
        package var summary: String
        /// The key under which the cached result stands.
        package var key: ContentDigest?
    }

    /// How many results were computed again, and for how many documents.
    package var results = 0
    package var documents = 0
    /// How many results belong to documents or settings that have changed since the last run, and were passed over.
    package var outdated = 0
    package var differences: [Difference] = []
    /// By fold, whether its table is what the documents' summaries add up to.
    package var tables: [StepID: Bool] = [:]

    package init() {}

    mutating func add(_ other: Audit) {
        results += other.results
        documents += other.documents
        outdated += other.outdated
        differences += other.differences
    }
}

extension Engine {
    /// Computes the results of a share of the documents again from their inputs and compares them with what is kept; and
    /// puts every fold's table together from nothing. Which documents are taken follows from their ids.
    package func audit(over tree: CorpusTree, share: Double) async throws -> Audit {
        let last = try LastRun(state)
        let entries = tree.entries.filter { Double(StableHash.of($0.id.utf8) % 10_000) < share * 10_000 }
        let states = try state.documents(entries.map(\.id))
        let decisions = try DecisionTable(state)
        var audit = Audit()
        let parts = try await concurrentMap(Self.portions(entries), jobs: jobs) { portion in
            try await self.audit(portion, states, decisions)
        }
        for part in parts { audit.add(part) }
        for finish in plan.finishes {
            guard let runner = programs.corpusRunner(finish.id) else { continue }
            audit.add(try await self.audit(runner, finish, last, over: tree))
        }
        try await restoreAll(tree.entries)
        for fold in plan.folds where last.steps[fold.id] == plan.digests[fold.id] {
            try Task.checkCancellation()
            audit.tables[fold.id] = try await isSound(fold, last, over: tree)
        }
        return audit
    }

    /// Whether a fold's table is the one that the summaries of all documents make.
    private func isSound(_ fold: Step, _ last: LastRun, over tree: CorpusTree) async throws -> Bool {
        guard let kept = last.tables[fold.id], try state.recomputedDigest(of: fold.id) == kept else { return false }
        let remade = try RemadeTable(of: fold.id)
        let isWhole = try await eachSummary(of: fold, over: tree.entries) { try remade.add($0) }
        // what a document that is gone by now had added can't be made again
        let isComplete = try isWhole && !hasLeft(tree)
        return try remade.digest() == kept || !isComplete
    }

    /// Whether the state tells of a document that the corpus has not any more.
    private func hasLeft(_ tree: CorpusTree) throws -> Bool {
        let entries = Set(tree.entries.map(\.id))
        var hasLeft = false
        try state.eachDocument { id, _ in if !entries.contains(id) { hasLeft = true } }
        return hasLeft
    }

    private func audit(
        _ entries: [DocumentEntry], _ states: [String: DocumentState], _ decisions: DecisionTable
    ) async throws -> Audit {
        try await restore(entries, states)
        var audit = Audit()
        var waiting: [AuditedDocument.ProgramWork] = []
        let loading = LayerLoading(plan: plan, project: project, reader: store.reader, decisions: decisions)
        for entry in entries {
            guard let state = states[entry.id] else { continue }
            var document = AuditedDocument(entry, state, loading)
            try document.check()
            audit.add(document.audit)
            waiting += document.waiting
        }
        for work in waiting {
            let answer = try await programs.answer(work.step, facts: work.facts, layers: work.layers)
            audit.results += 1
            switch answer {
            case .success(let layers):
                for (layer, bytes) in zip(work.step.contract.writes, layers) {
                    let kept = work.kept[layer]
                    guard kept?.digest != ContentDigest(of: bytes) else { continue }
                    let summary = AuditedDocument.difference(kept?.bytes, bytes, layer: layer)
                    audit.differences.append(
                        Audit.Difference(
                            step: work.step.id, document: work.facts.id, summary: summary, key: work.key))
                }
            case .failure(let failure):
                audit.differences.append(
                    Audit.Difference(
                        step: work.step.id, document: work.facts.id, summary: failure.summary, key: work.key))
            }
        }
        return audit
    }
}

/// A fold's table that is put together from nothing.
///
/// A class, so that the closure that adds to it has a reference: the optimizer frees a structure that an asynchronous
/// function lends to a closure out of its turn.
private final class RemadeTable {
    private let fold: StepID
    private var tables: FoldTables

    init(of fold: StepID) throws {
        self.fold = fold
        tables = FoldTables(try StateDatabase(path: nil))
    }

    func add(_ summary: [UInt8]) throws { try tables.add([summary], to: fold) }

    func digest() throws -> SetDigest {
        try tables.close(fold)
        return tables.digest(of: fold)
    }
}

/// One document whose results are computed again, each from the kept layers that it was made of.
private struct AuditedDocument {
    /// A program's result, which takes the program to be made again.
    struct ProgramWork {
        var step: Step
        var facts: DocumentFacts
        var layers: LayerSet
        var key: ContentDigest
        /// By layer, the digest that is kept, and the bytes where the store has them.
        var kept: [LayerName: (digest: ContentDigest, bytes: [UInt8]?)]
    }

    private let entry: DocumentEntry
    private let state: DocumentState
    private let loading: LayerLoading
    private let session: DocumentSession
    var audit = Audit()
    var waiting: [ProgramWork] = []

    init(_ entry: DocumentEntry, _ state: DocumentState, _ loading: LayerLoading) {
        self.entry = entry
        self.state = state
        self.loading = loading
        session = DocumentSession(entry, old: state, pass: .max, known: state.layers)
        audit.documents = 1
    }

    mutating func check() throws {
        for step in loading.plan.graph.steps {
            guard let ran = state.steps[step.id] else { continue }
            do {
                try check(step, ran)
            } catch let unavailable as LayerLoading.Unavailable {
                if unavailable.failure == LayerLoading.outdated {
                    audit.outdated += 1
                    continue
                }
                audit.differences.append(
                    Audit.Difference(
                        step: step.id, document: entry.id, summary: unavailable.failure.summary, key: ran.key))
            }
        }
    }

    private mutating func check(_ step: Step, _ ran: DocumentState.Ran) throws {
        var asked: [FoldKey: [UInt8]?]?
        let made: StepResult
        // What the step gives goes beside the kept layers, which those behind it are computed from.
        let layers = LayerSet()
        do {
            if step.after != nil, ran.result.failure == nil {
                try loading.load(step, session)
                asked = try loading.asks(StepExecution(step, over: session.layers, facts: entry.facts))?.answers
            }
            let parts = loading.plan.parts(of: step, facts: entry.facts, layers: session.digests, decisions: asked)
            guard let parts, ContentDigest(of: parts.encoded) == ran.key else {
                audit.outdated += 1
                return
            }
            try loading.load(step, session)
            if case .program = step.shape { return try wait(step, ran) }
            let execution = StepExecution(step, over: session.layers, facts: entry.facts, into: layers)
            if let summary = try execution.run((asked ?? [:]).compactMapValues { $0 }) {
                layers.set(StepResult.summary, bytes: summary.encoded)
            }
            made = StepResult(
                .layers(
                    (step.contract.writes + [StepResult.summary]).sorted().compactMap { name in
                        layers.encoded(name).map { .init(name, ContentDigest(of: $0)) }
                    }))
        } catch let failure as StageFailure {
            made = StepResult(.failure(failure))
        }
        audit.results += 1
        guard made != ran.result else { return }
        audit.differences.append(
            Audit.Difference(
                step: step.id, document: entry.id, summary: try summary(made, ran.result, layers), key: ran.key))
    }

    private mutating func wait(_ step: Step, _ ran: DocumentState.Ran) throws {
        guard !ran.result.outputs.isEmpty else { return }
        var kept: [LayerName: (digest: ContentDigest, bytes: [UInt8]?)] = [:]
        for output in ran.result.outputs {
            kept[output.layer] = (output.digest, try loading.reader.object(output.digest))
        }
        let layers = LayerSet()
        for name in step.contract.reads {
            if let bytes = session.layers.encoded(name) { layers.set(name, bytes: bytes) }
        }
        waiting.append(
            ProgramWork(step: step, facts: entry.facts, layers: layers, key: ran.key, kept: kept))
    }

    private func summary(_ made: StepResult, _ kept: StepResult, _ layers: LayerSet) throws -> String {
        if let failure = made.failure { return "it now rejects the document: \(failure.summary)" }
        if let failure = kept.failure { return "it rejected the document before: \(failure.summary)" }
        let before = Dictionary(kept.outputs.map { ($0.layer, $0.digest) }, uniquingKeysWith: { first, _ in first })
        for output in made.outputs where before[output.layer] != output.digest {
            let old = try before[output.layer].flatMap { try loading.reader.object($0) }
            return Self.difference(old, layers.encoded(output.layer) ?? [], layer: output.layer)
        }
        return "it now gives other layers"
    }

    /// Where two encodings of a layer part.
    static func difference(_ kept: [UInt8]?, _ made: [UInt8], layer: LayerName?) -> String {
        let name = "the layer '\(layer?.rawValue ?? "")'"
        guard let kept else { return "\(name) differs, and the cached bytes are lost" }
        let same = zip(kept, made).prefix { $0 == $1 }.count
        return "\(name) differs from byte \(same) on (\(kept.count) bytes cached, \(made.count) recomputed)"
    }
}
