import ArgumentParser
import Corpus
import Engine
import Foundation
import Model
import StageKit
import Store
import Text

/// `colophon show`
struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show a document in the terminal, its annotations marked in it.",
        discussion: """
            Names are underlined, quotations and claims marked in colour, and each claim is listed with its source, cue \
            and stance. Without colours (a pipe, NO_COLOR) brackets stand for them. With a pipeline the document is the \
            one that the last run saw; with a file alone the built-in stages run over it.

              colophon show pipelines/harbour.yaml corpus/courier/who-pays.txt
              colophon show article.html
            """)

    @Argument(help: "A pipeline and a document of it, or a file.", completion: .file())
    var paths: [String]

    func validate() throws {
        guard paths.count <= 2 else { throw ValidationError("name a pipeline and a document, or one file") }
    }

    func run() async throws {
        if paths.count == 2 {
            let analysis = try Analysis(path: paths[0])
            let layers = try await Self.layers(of: paths[1], in: analysis)
            return Terminal.print(try AnnotatedText(layers).rendered(id: paths[1], colour: Terminal.hasColour))
        }
        let analysis = try Analysis(stages: ["clean", "segment", "tag-entities", "link-claims"], settings: [])
        let input = AnnotationInput(paths[0])
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
        let place = ProjectStore(of: analysis.pipeline)
        let store = try place.open()
        let state = try place.openState(analysis.outputName)
        guard let known = try state.documents([id])[id] else {
            var ids: [String] = []
            try state.eachDocument { id, _ in ids.append(id) }
            let hint =
                ids.isEmpty
                ? "There is no run yet: 'colophon run \(analysis.pipeline.path)' makes one."
                : NearName.hint(id, among: ids) ?? "Documents are named by their paths below the project's folder."
            Terminal.report([Diagnostic("no document '\(id)' in the last run", hint: hint, id: "unknown-document")])
            throw Ending.usage
        }
        if let refusal = known.refusal {
            Terminal.error("\(id) was left out by '\(refusal.stage)': \(Failure.message(for: refusal.failure))")
            throw Ending.failed
        }
        let engine = Engine(
            plan: analysis.plan, store: store, state: state, project: analysis.pipeline.projectFolder, jobs: 1)
        let entry = DocumentEntry(
            id: id, path: id, content: known.content, size: 0, folder: "",
            format: DocumentFormat(fileExtension: (id as NSString).pathExtension))
        let names = analysis.plan.graph.steps.flatMap(\.contract.writes)
        guard let loaded = try await engine.load([entry], layers: names).first else { throw Ending.failed }
        return loaded.layers
    }
}
