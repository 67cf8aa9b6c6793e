import Corpus
import Engine
import Foundation
import Model
import Notebook
import Results
import StageKit
import Store

/// One run of a pipeline, from the walk over the corpus to the report.
struct PipelineRun {
    let analysis: Analysis
    let jobs: Int

    /// What a run tells when it is over.
    struct Summary {
        var record: RunRecord
        /// Where the report is, as seen from where the user is.
        var report: String
        /// Checks of the report that failed, in words.
        var failedChecks: [String]
        /// Whether everything stood already and nothing had to be done.
        var isUnchanged: Bool
    }

    /// Runs it. Several at once on one store are fine; on one output folder, one waits for the other.
    func run() async throws -> Summary {
        let began = Date()
        let notebook = try NotebookSource(analysis.pipeline)
        let outputs = OutputFolder(analysis.outputFolder)
        let lock = try outputs.lock()
        defer { withExtendedLifetime(lock) {} }
        let place = ProjectStore(of: analysis.pipeline)
        let store = try place.open()
        let state = try place.openState(analysis.outputName)

        let corpus = try await CorpusReading(
            CorpusReading.Request(analysis.pipeline, prefix: place.prefix), store: store, jobs: jobs)
        try report(corpus)

        let facts = RunFacts(analysis: analysis, corpus: corpus, notebook: notebook)
        let results = try ResultsDatabase(at: outputs.path("results.sqlite"))
        if let note = results.note { Terminal.error("warning: \(note) [results-renewed]") }
        let manifest = try state.meta(OutputFolder.manifest)
        if try state.runKey(store: store) == facts.runKey, results.standsFor == facts.runKey.description,
            let manifest, let checks = outputs.stands(as: manifest)
        {
            let record = RunRecord(
                pipeline: analysis.pipeline.path, began: began, documents: corpus.tree.entries.count, outcome: nil,
                facts: facts, failedChecks: checks.count)
            return Summary(
                record: record, report: outputs.path("report.md"), failedChecks: checks, isUnchanged: true)
        }

        let programs = ProgramRunners(analysis, jobs: jobs)
        let engine = Engine(
            plan: analysis.plan, store: store, state: state, project: analysis.pipeline.projectFolder, jobs: jobs,
            programs: programs.steps, progress: Self.show)
        let outcome: RunOutcome
        do {
            outcome = try await engine.run(over: corpus.tree, runKey: facts.runKey)
        } catch {
            await programs.shutdown()
            throw error
        }
        await programs.shutdown()
        for note in outcome.notes { Terminal.error("warning: \(note) [damaged-store]") }

        ProgressLine.shared.show("results", done: 0, total: 1)
        let publishing = Publishing(
            analysis: analysis, corpus: corpus, outcome: outcome, facts: facts, engine: engine, state: state)
        let digests = try await publishing.update(results)
        let rendered = try publishing.render(notebook, results: results)
        try outputs.replace(rendered.files.map { ($0.path, $0.bytes) })
        let checks = rendered.failedChecks.map { "\($0.message) (\(Wording.count($0.rows, "row")) against it)" }
        try state.set(OutputFolder.manifest, outputs.manifest(of: rendered.files.map(\.path), checks: checks))
        if let path = analysis.lockPath { try Lock(facts: facts, digests: digests).write(to: path) }
        ProgressLine.shared.clear()

        var record = RunRecord(
            pipeline: analysis.pipeline.path, began: began, documents: corpus.tree.entries.count, outcome: outcome,
            facts: facts, failedChecks: checks.count)
        record.number = try store.append(run: record.json, of: analysis.outputName)
        return Summary(
            record: record, report: outputs.path("report.md"), failedChecks: checks, isUnchanged: false)
    }

    /// Tells what is wrong with the metadata file or a pattern; a corpus without a document ends the run.
    private func report(_ corpus: CorpusReading) throws {
        for note in corpus.notes {
            let file = note.file.map { Pipeline.join(analysis.pipeline.projectFolder, $0) } ?? analysis.pipeline.path
            Terminal.report([
                Diagnostic(
                    note.summary, hint: note.hint, id: note.code, severity: .warning,
                    at: SourcePosition(file: file, line: note.line))
            ])
        }
        guard corpus.tree.entries.isEmpty else { return }
        for left in corpus.leftOut { Terminal.error("\(left.id): \(left.failure.summary) [\(left.failure.code)]") }
        Terminal.report([
            Diagnostic(
                "the corpus has no document",
                hint: "'include' has to name files below '\(analysis.pipeline.projectFolder)', "
                    + "for example [corpus/**/*.txt].",
                id: "empty-corpus", at: SourcePosition(file: analysis.pipeline.path))
        ])
        throw Ending.failed
    }

    @Sendable
    private static func show(_ progress: EngineProgress) {
        switch progress {
        case .documents(let pass, let passes, let done, let total):
            ProgressLine.shared.show("pass \(pass + 1) of \(passes), documents", done: done, total: total)
        case .deciding(let pass, let passes):
            ProgressLine.shared.show("pass \(pass + 1) of \(passes), tables and decisions", done: 0, total: 1)
        }
    }
}
