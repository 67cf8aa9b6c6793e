import ArgumentParser
import Corpus
import Foundation
import Model
import Programs
import StageKit
import Store

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
        let notebook = try NotebookSource(analysis)
        let corpus = try await Self.corpus(of: analysis.pipeline)
        let problems = Self.problems(analysis, corpus)
        Terminal.report(problems)
        let errors = problems.count { $0.severity == .error }
        if errors > 0 {
            if errors > 1 { Terminal.error("\(errors) problems") }
            throw Ending.usage
        }
        let warnings = problems.isEmpty ? "no problems" : Wording.count(problems.count, "warning")
        Terminal.print(
            "\(pipeline.pipeline): \(Wording.count(analysis.pipeline.stages.count, "stage")), "
                + "\(Wording.count(notebook.cellCount, "cell")), "
                + "\(Wording.count(corpus.tree.entries.count, "document")), \(warnings)")
    }

    /// The corpus as a run would find it. A store that is there knows the digests of most files; none is made.
    private static func corpus(of pipeline: Pipeline) async throws -> CorpusReading {
        let place = ProjectStore(of: pipeline)
        return try await CorpusReading(
            CorpusReading.Request(pipeline, prefix: place.prefix),
            store: place.isThere ? try place.open() : try ResultStore(folder: nil),
            jobs: ProcessInfo.processInfo.activeProcessorCount)
    }

    /// What would keep a run from going well: an error for what would end it, a warning for what would be left out.
    private static func problems(_ analysis: Analysis, _ corpus: CorpusReading) -> [Diagnostic] {
        let pipeline = analysis.pipeline
        var problems = corpus.notes.map { Diagnostic($0, in: pipeline) }
        problems += corpus.leftOut.map { Diagnostic($0, in: pipeline) }
        if corpus.tree.entries.isEmpty { problems.append(.emptyCorpus(pipeline)) }
        for use in pipeline.stages {
            guard case .program(let program) = use.work, let name = program.command.first,
                let specification = analysis.programs.values.first(where: { $0.stage == use.id }),
                !specification.isInstalled
            else { continue }
            problems.append(
                pipeline.diagnostic(
                    "the program '\(name)' of stage '\(use.id)' is not installed",
                    hint: name.utf8.contains(UInt8(ascii: "/"))
                        ? "There has to be an executable file '\(Pipeline.join(pipeline.projectFolder, name))'."
                        : "Install it, or give a path in the project, such as './\(name)'.",
                    id: "program-not-found", at: use.places[.run] ?? use.position))
        }
        return problems
    }
}
