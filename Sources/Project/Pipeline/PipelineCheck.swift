package import Corpus
import Foundation
package import Model
import Notebook
import PipelineFile
import Programs
import StageKit
import Store

/// What can be said of a pipeline, its notebook and its corpus without running anything.
package struct PipelineCheck: Sendable {
    /// How many cells the notebook has.
    package let cellCount: Int
    /// How many variants the pipeline has, itself as it is written among them; 0 where it has none.
    package let variants: Int
    /// The corpus as a run would find it.
    package let corpus: CorpusReading
    /// What would keep a run from going well: an error for what would end it, a warning for what would be left out.
    package let problems: [Diagnostic]

    /// Everything that is wrong is among the problems. A store that is there knows the digests of most files; none is made.
    package init(_ analysis: Analysis, tell: @escaping @Sendable (StoreEvent) -> Void) async throws {
        var found: [Diagnostic] = []
        func catching<Value>(_ body: () throws -> Value) throws -> Value? {
            do { return try body() } catch let problem as ProjectProblem {
                found += problem.diagnostics
                return nil
            }
        }
        let variants = try catching { try analysis.variants() } ?? []
        self.variants = variants.count
        let notebook = try catching { try NotebookSource(analysis) }
        cellCount = notebook?.cellCount ?? 0
        let place = ProjectStore(of: analysis.pipeline, tell: tell)
        let store = try place.isThere ? place.open() : ResultStore(folder: nil)
        let jobs = ProcessInfo.processInfo.activeProcessorCount
        corpus = try await CorpusReading(
            CorpusReading.Request(analysis, prefix: place.prefix, store: store, jobs: jobs), store: store, jobs: jobs)
        for variant in variants where variant.analysis.pipeline.corpus != analysis.pipeline.corpus {
            let selected = try await CorpusReading(
                CorpusReading.Request(variant.analysis, prefix: place.prefix, store: store, jobs: jobs), store: store,
                jobs: jobs)
            found += selected.problems.map(variant.place)
        }
        if let notebook {
            let request = CorpusReading.Request(analysis, prefix: place.prefix, store: store, jobs: jobs)
            let heads = notebook.asksForMetadata ? try await request.heads?(corpus.tree.entries) : nil
            found += notebook.problems(
                variants: analysis.settings(of: variants), corpus: CorpusFacts(corpus, heads: heads))
        }
        problems = found + Self.problems(analysis, corpus)
    }

    /// The analysis of the pipeline at `path`. Where it is wrong, what is wrong with its notebook is told with it.
    package static func analysis(at path: String, settings: [String] = []) throws -> Analysis {
        do {
            return try Analysis(path: path, settings: settings)
        } catch let problem as ProjectProblem {
            let outline = PipelineFile.outline(of: path, settings: settings)
            throw ProjectProblem(
                kind: problem.kind, diagnostics: problem.diagnostics + NotebookSource.problems(of: outline))
        }
    }

    private static func problems(_ analysis: Analysis, _ corpus: CorpusReading) -> [Diagnostic] {
        let pipeline = analysis.pipeline
        var problems = corpus.notes.map { Diagnostic($0, in: pipeline) }
        problems += corpus.leftOut.map { Diagnostic($0, in: pipeline) }
        problems += corpus.problems(in: pipeline)
        if corpus.tree.entries.isEmpty, corpus.unselected.isEmpty { problems.append(.emptyCorpus(pipeline)) }
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
