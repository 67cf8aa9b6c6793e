import Engine
import ArgumentParser
import Foundation
import Project
import StageKit
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
            let layers = try await LastLayers(of: analysis).layers(AnnotatedText.layers, of: paths[1])
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
}
