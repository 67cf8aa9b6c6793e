import ArgumentParser
import Corpus
import Model

/// `colophon check`
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read a pipeline and its notebook and report every problem; run nothing.",
        discussion: """
            Every mistake is told at once, with file, line and column, what was expected, and a near name where there is \
            one. Exit code 2 when there is an error.

              colophon check pipelines/harbour.yaml
            """)

    @OptionGroup var pipeline: PipelineOptions

    func run() throws {
        let analysis = try pipeline.analysis()
        let notebook = try NotebookSource(analysis.pipeline)
        let stages = Wording.count(analysis.pipeline.stages.count, "stage")
        Terminal.print("\(pipeline.pipeline): \(stages), \(Wording.count(notebook.cellCount, "cell")), no problems")
    }
}
