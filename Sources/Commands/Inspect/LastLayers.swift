import Corpus
import Engine
import Model
import Project
import StageKit
import Store
import Text

/// The layers of a pipeline's documents as the last run left them. What the cache has lost is computed again.
struct LastLayers {
    private let analysis: Analysis
    private let engine: Engine
    private let state: StateDatabase
    private let entries: [String: DocumentEntry]

    init(of analysis: Analysis, jobs: Int = 1) async throws {
        self.analysis = analysis
        let place = ProjectStore(of: analysis.pipeline, tell: Terminal.tell)
        let (store, state) = try place.open(
            for: analysis.outputName, startingFrom: analysis.pipeline.name, isReading: true)
        self.state = state
        engine = Engine(
            plan: analysis.plan, store: store, state: state, project: analysis.pipeline.projectFolder, jobs: jobs)
        // What is computed again is computed from the document with its row and folder as they are in the corpus.
        let corpus = try await CorpusReading(
            CorpusReading.Request(analysis, prefix: place.prefix, store: store, jobs: jobs), store: store, jobs: jobs)
        entries = Dictionary(corpus.tree.entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The ids of the documents of the last run, in order.
    func documents() throws -> [String] {
        var ids: [String] = []
        try state.eachDocument { id, document in
            if document.refusal == nil { ids.append(id) }
        }
        return ids.sorted { $0.precedes($1) }
    }

    /// The layers `names` of one document. A document that the run does not know, or left out, is an error.
    func layers(_ names: [LayerName], of id: String) async throws -> LayerSet {
        guard let known = try state.documents([id])[id] else {
            var ids: [String] = []
            try state.eachDocument { id, _ in ids.append(id) }
            let hint =
                ids.isEmpty
                ? "This pipeline has not been run yet. Run '\(analysis.command("run"))'."
                : NearName.hint(id, among: ids) ?? "Documents are named by their paths relative to the project folder."
            Terminal.report([Diagnostic("no document '\(id)' in the last run", hint: hint, id: "unknown-document")])
            throw Ending.usage
        }
        if let refusal = known.refusal {
            Terminal.error("\(id) was left out by '\(refusal.stage)': \(Failure.message(for: refusal.failure))")
            throw Ending.failed
        }
        if let entry = entries[id], entry.content != known.content {
            Terminal.error("warning: '\(id)' has changed since the last run, which is what is shown [outdated]")
        }
        guard let loaded = try await layers(names, of: [id])[id] else { throw Ending.failed }
        return loaded
    }

    /// The layers `names` of several documents that the last run knows.
    func layers(_ names: [LayerName], of ids: [String]) async throws -> [String: LayerSet] {
        let known = try state.documents(ids)
        let wanted = ids.compactMap { id -> DocumentEntry? in
            guard let content = known[id]?.content else { return nil }
            var entry =
                entries[id]
                ?? DocumentEntry(
                    id: id, path: SourceFormat.parts(of: id).path, content: content, size: 0, folder: "",
                    format: SourceFormat(document: id).documentFormat)
            entry.content = content
            return entry
        }
        let loaded = try await engine.load(wanted, layers: names)
        return Dictionary(loaded.map { ($0.entry.id, $0.layers) }, uniquingKeysWith: { first, _ in first })
    }
}
