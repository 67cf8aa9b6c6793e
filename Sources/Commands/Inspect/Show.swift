import Engine
import ArgumentParser
import Corpus
import Foundation
import Model
import Project
import StageKit
import Store
import Text

/// `colophon show`
struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show a document in the terminal with its annotations.",
        discussion: """
            Names are underlined, and what is quoted or claimed is coloured. Below the text each claim is listed with its \
            source, cue and stance, and then what 'clean' removed. Without colours (in a pipe, or with NO_COLOR set) \
            brackets are used instead. With a pipeline the document is shown as the last run saw it; with a file alone \
            the built-in stages run on it. '-' reads standard input.

              colophon show pipelines/harbour.yaml corpus/courier/who-pays.txt
              colophon show article.html
              curl -s https://example.org/article | colophon show --format html -
            """)

    @Argument(help: "A pipeline and one of its documents, or a file.", completion: .file())
    var paths: [String]

    @OptionGroup var input: InputOptions

    func validate() throws {
        guard paths.count <= 2 else { throw ValidationError("give a pipeline and a document, or one file") }
    }

    func run() async throws {
        if paths.count == 2 {
            let analysis = try Analysis(path: paths[0]).told
            let layers = try await Self.layers(of: paths[1], in: analysis)
            return Terminal.print(try AnnotatedText(layers).rendered(id: paths[1], colour: Terminal.hasColour))
        }
        let analysis = try Analysis(stages: ["clean", "segment", "tag-entities", "link-claims"], settings: []).told
        let input = input.read(paths[0])
        Terminal.report(input.problems)
        guard input.problems.isEmpty else { throw Ending.failed }
        let run = try await MemoryRun(analysis.plan.graph, over: input.documents)
        for document in run.documents {
            if let failure = document.failure {
                Terminal.error("\(document.facts.id): error: \(Failure.message(for: failure))")
                throw Ending.failed
            }
            let text = try AnnotatedText(document.layers)
            Terminal.print(text.rendered(id: document.facts.id, colour: Terminal.hasColour))
        }
    }

    /// The layers of a document as the last run left them.
    private static func layers(of id: String, in analysis: Analysis) async throws -> LayerSet {
        let place = ProjectStore(of: analysis.pipeline, tell: Terminal.tell)
        let (store, state) = try place.open(
            for: analysis.outputName, startingFrom: analysis.pipeline.name, isReading: true)
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
        let engine = Engine(
            plan: analysis.plan, store: store, state: state, project: analysis.pipeline.projectFolder, jobs: 1)
        // What the cache has lost is computed again, from the document with its row and folder as they are in the corpus.
        let corpus = try await CorpusReading(
            CorpusReading.Request(analysis.pipeline, prefix: place.prefix), store: store, jobs: 1)
        var entry =
            corpus.tree.entries.first { $0.id == id }
            ?? DocumentEntry(
                id: id, path: id, content: known.content, size: 0, folder: "",
                format: DocumentFormat(fileExtension: Pipeline.fileExtension(of: id)))
        if entry.content != known.content {
            Terminal.error("warning: '\(id)' has changed since the last run, which is what is shown [outdated]")
            entry.content = known.content
        }
        guard let loaded = try await engine.load([entry], layers: AnnotatedText.layers).first else {
            throw Ending.failed
        }
        return loaded.layers
    }
}
