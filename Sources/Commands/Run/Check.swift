import ArgumentParser
import Corpus
import Model
import Project

/// `colophon check`
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a pipeline, its notebook and its corpus without running anything.",
        discussion: """
            Reports every problem at once, with file, line and column, what was expected, and a similar name where there is \
            one. Also reports patterns that match no file, problems in the metadata file, files that can't be read, and \
            programs that are not installed. Exits with code 2 if there is an error; warnings do not stop a run.

              colophon check pipelines/harbour.yaml
            """)

    @OptionGroup var pipeline: PipelineOptions

    func run() async throws {
        let analysis = try pipeline.analysis()
        let check = try await PipelineCheck(analysis, tell: Terminal.tell)
        let problems = check.problems
        Terminal.report(problems)
        let errors = problems.count { $0.severity == .error }
        if errors > 0 {
            if errors > 1 { Terminal.error("\(errors) problems") }
            throw Ending.usage
        }
        let warnings = problems.isEmpty ? "no problems" : Wording.count(problems.count, "warning")
        let left = check.corpus.unselected.count
        Terminal.print(
            "\(pipeline.pipeline): \(Wording.count(analysis.pipeline.stages.count, "stage")), "
                + "\(Wording.count(check.cellCount, "cell")), "
                + "\(Wording.count(check.corpus.tree.entries.count, "document"))"
                + (left > 0 ? " (\(Wording.grouped(left)) not selected)" : "") + ", \(warnings)")
    }
}
