import Digests
import Corpus
import Engine
import Model
import Notebook
package import StageKit
import Store

/// What a run is a function of: its key, and the facts of it that reports and locks show.
struct RunFacts {
    let runKey: ContentDigest
    let tree: CorpusTree
    var corpusRoot: ContentDigest { tree.root }
    let documents: Int
    let pipelineDigest: ContentDigest
    /// The files of the pipeline, each with its digest.
    let inputs: [(path: String, digest: ContentDigest)]
    /// The notebook and the files that its report is made from, each with its digest.
    let notebookFiles: [(path: String, digest: ContentDigest)]
    let analysis: Analysis
    /// What the report repeats of the notes on the metadata file and the patterns.
    let notes: [String]

    init(analysis: Analysis, corpus: CorpusReading, notebook: NotebookSource) {
        self.analysis = analysis
        tree = corpus.tree
        documents = corpus.tree.entries.count
        notes = corpus.notes.map { note in
            let place = [note.file, note.line > 0 ? "line \(note.line)" : nil].compactMap { $0 }.joined(separator: ", ")
            return (place.isEmpty ? "" : place + ": ") + note.summary
        }
        var pipeline = KeyFields()
        inputs = analysis.pipeline.inputs.map { ($0.path, ContentDigest(of: $0.bytes)) }
        notebookFiles = notebook.files.map { file in
            (analysis.pipeline.notebook == nil ? "built-in" : analysis.relative(file.path), file.digest)
        }
        for input in inputs { pipeline.add(input.path, input.digest.bytes) }
        for setting in analysis.pipeline.settings { pipeline.add("set", setting) }
        pipelineDigest = ContentDigest(of: pipeline.encoded)

        var key = KeyFields()
        key.add("release", Release.version)
        key.add("corpus", corpus.tree.root.bytes)
        for left in corpus.leftOut { key.add("left out \(left.id)", left.failure.summary) }
        var unselected = KeyFields()
        for left in corpus.unselected { unselected.add(left.id, left.failure.summary) }
        if !corpus.unselected.isEmpty { key.add("not selected", ContentDigest(of: unselected.encoded).bytes) }
        for note in notes { key.add("note", note) }
        key.add("pipeline", pipelineDigest.bytes)
        for step in analysis.plan.digests.sorted(by: { $0.key < $1.key }) {
            key.add("step \(step.key)", step.value.bytes)
        }
        key.add("notebook", ContentDigest(of: notebook.bytes).bytes)
        key.add("report", BuiltInReport.fingerprint)
        runKey = ContentDigest(of: key.encoded)
    }

    /// The facts for the table `about`, in the order in which the report shows them.
    var about: [(key: String, value: String)] {
        var facts: [(key: String, value: String)] = [
            ("title", analysis.pipeline.title),
            ("pipeline", Pipeline.join(".", relativePath)),
            ("release", Release.version),
            ("corpus", corpusRoot.description),
            ("pipeline_digest", pipelineDigest.description),
            ("run", runKey.description),
        ]
        for condition in analysis.pipeline.corpus.conditions { facts.append(("where", condition.words)) }
        for use in analysis.pipeline.stages { facts.append(("stage \(use.id)", options(of: use))) }
        for setting in analysis.pipeline.settings { facts.append(("setting", setting)) }
        for layer in Set(analysis.plan.graph.steps.flatMap(\.contract.writes)).sorted() {
            facts.append(("layer", layer.rawValue))
        }
        for note in notes { facts.append(("note", note)) }
        return facts
    }

    /// The pipeline's path relative to the project.
    var relativePath: String { analysis.pipeline.inputs.first?.path ?? analysis.pipeline.path }

    /// The options of a stage as the report shows them; a program's command before them.
    func options(of use: StageUse) -> String {
        var parts: [String] = []
        if case .program(let program) = use.work { parts.append("run: " + program.command.joined(separator: " ")) }
        parts += use.options.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.shown)" }
        return parts.joined(separator: ", ")
    }
}

extension OptionValue {
    /// The value as a person would write it in a line.
    package var shown: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): "\(value)"
        case .real(let value): "\(value)"
        case .string(let value): value
        case .list(let values): "[" + values.map(\.shown).joined(separator: ", ") + "]"
        case .mapping(let entries): "{" + entries.map { "\($0.key): \($0.value.shown)" }.joined(separator: ", ") + "}"
        case .file(let file): file.path
        }
    }
}
