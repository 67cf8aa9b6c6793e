import CleanStage
import Corpus
import Engine
import EntityStage
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
    ///
    /// A database that turns out to be damaged is put aside, and the run begins anew: all it loses is time.
    func run() async throws -> Summary {
        let outputs = OutputFolder(analysis.outputFolder)
        let lock = try await outputs.lock(with: analysis.lockPath)
        defer { withExtendedLifetime(lock) {} }
        var aside: Set<String> = []
        var doubts = Doubts()
        while true {
            do {
                return try await attempt(outputs, doubts)
            } catch EngineProblem.lostLayer where !doubts.programs {
                doubts.programs = true
            } catch is StaleFileTable {
                doubts.files = true
            } catch {
                guard
                    let path = Failure.damagedDatabase(error, results: outputs.path(OutputFolder.results)),
                    aside.insert(path).inserted
                else { throw error }
                try DamagedFile.putAside(path)
                Terminal.error("warning: \(DamagedFile.note(path)) [damaged-store]")
            }
        }
    }

    /// What an attempt before found not to be so, and this one does not rely on.
    private struct Doubts {
        /// That the store has what programs of the user's own gave.
        var programs = false
        /// That the file table knows the files.
        var files = false
    }

    /// The file table had other digests for files than they have.
    private struct StaleFileTable: Error {}

    private func attempt(_ outputs: OutputFolder, _ doubts: Doubts) async throws -> Summary {
        let began = Date()
        let notebook = try NotebookSource(analysis)
        let place = ProjectStore(of: analysis.pipeline)
        let (store, state) = try place.open(for: analysis.outputName)
        if doubts.programs { try state.clear() }

        let corpus = try await CorpusReading(
            CorpusReading.Request(analysis.pipeline, prefix: place.prefix), store: store, jobs: jobs)
        try report(corpus)
        Terminal.tell(damage: store.takeDamage())

        let facts = RunFacts(analysis: analysis, corpus: corpus, notebook: notebook)
        let results = try ResultsDatabase(at: outputs.path(OutputFolder.results))
        if let note = results.note { Terminal.error("warning: \(note) [results-renewed]") }
        let manifest = try state.meta(OutputManifest.name).flatMap { try? OutputManifest(encoded: $0) }
        if let manifest, manifest.stands(path), try state.isSettled(for: facts.runKey),
            results.standsFor == facts.runKey.description
        {
            let record = RunRecord(
                pipeline: analysis.pipeline.path, began: began, outcome: nil, facts: facts, manifest: manifest)
            return Summary(
                record: record, report: outputs.path("report.md"), failedChecks: manifest.failedChecks,
                isUnchanged: true)
        }

        if !doubts.files { try await holdFileTable(to: corpus, store: store, state: state, place: place) }
        let (engine, outcome) = try await compute(
            corpus, store: store, state: state, runKey: facts.runKey, isDoubting: doubts.programs)
        if !doubts.files { try holdFileTable(to: outcome, store: store, place: place) }
        Terminal.tell(damage: outcome.notes)
        try store.forget(files: outcome.removed.map { place.prefix + $0 }.filter(place.isGone))

        let publishing = Publishing(
            analysis: analysis, corpus: corpus, outcome: outcome, facts: facts, engine: engine, state: state,
            jobs: jobs)
        func record(_ manifest: OutputManifest) -> RunRecord {
            RunRecord(
                pipeline: analysis.pipeline.path, began: began, outcome: outcome, facts: facts, manifest: manifest)
        }
        let left: OutputManifest
        let unknown: [DecidedName]
        do {
            (left, unknown) = try await publish(publishing, notebook, results, over: manifest)
        } catch {
            // What was computed is kept and will not run again, so it has to be told of this run.
            var unfinished = record(publishing.manifest(files: [:], failedChecks: []))
            unfinished.unfinished = true
            _ = try? store.append(run: unfinished.json, of: analysis.outputName)
            throw error
        }
        // What the results and the report read, and no step had asked for.
        Terminal.tell(damage: store.takeDamage())
        try state.set(OutputManifest.name, left.encoded)
        ProgressLine.shared.clear()
        tell(unknown)
        tell(publishing.leftOut)
        try tellRecurring(results)

        var record = record(left)
        record.number = try store.append(run: record.json, of: analysis.outputName)
        return Summary(
            record: record, report: outputs.path("report.md"), failedChecks: left.failedChecks, isUnchanged: false)
    }

    /// Writes results, report and lock over those of the last run, and tells what was written.
    private func publish(
        _ publishing: Publishing, _ notebook: NotebookSource, _ results: ResultsDatabase, over last: OutputManifest?
    ) async throws -> (manifest: OutputManifest, unknown: [DecidedName]) {
        RunPhases(analysis.plan.graph).showResults(done: 0, total: publishing.corpus.tree.entries.count)
        // Results that somebody else wrote into are no base to go on from.
        let isTouched = last?.stamps[OutputFolder.results] != OutputManifest.stamp(results.path)
        let (digests, unknown) = try await publishing.update(results, isTouched: isTouched)
        let rendered = try publishing.render(notebook, results: results) { name in
            last?.stamps[name].map { $0 == OutputManifest.stamp(path(name)) } ?? false
        }
        try OutputFolder(analysis.outputFolder).replace(rendered.files.map { ($0.path, $0.bytes) })
        try publishing.keep(rendered.kept)
        if let lock = analysis.lockPath { try Lock(facts: publishing.facts, digests: digests).write(to: lock) }
        let names = rendered.files.map(\.path) + [OutputFolder.results] + (analysis.lockPath == nil ? [] : [Self.lock])
        let manifest = publishing.manifest(
            files: Dictionary(names.map { ($0, path($0)) }, uniquingKeysWith: { first, _ in first }),
            failedChecks: rendered.failedChecks.map { "\($0.message) (\(Wording.count($0.rows, "row")) against it)" })
        return (manifest, unknown)
    }

    /// The name under which the lock stands in the manifest.
    private static let lock = "lock"

    /// Where a file of the manifest is.
    private func path(_ name: String) -> String {
        name == Self.lock ? analysis.lockPath ?? "" : OutputFolder(analysis.outputFolder).path(name)
    }

    private func compute(
        _ corpus: CorpusReading, store: ResultStore, state: StateDatabase, runKey: ContentDigest, isDoubting: Bool
    ) async throws -> (Engine, RunOutcome) {
        let programs = ProgramRunners(analysis, jobs: jobs)
        let phases = RunPhases(analysis.plan.graph)
        let engine = Engine(
            plan: analysis.plan, store: store, state: state, project: analysis.pipeline.projectFolder, jobs: jobs,
            programs: programs.steps, isDoubting: isDoubting, progress: { phases.show($0) })
        let outcome: RunOutcome
        do {
            outcome = try await engine.run(over: corpus.tree, runKey: runKey)
        } catch {
            await programs.shutdown()
            throw error
        }
        await programs.shutdown()
        return (engine, outcome)
    }

    /// Names the decisions that decide nothing.
    private func tell(_ unknown: [DecidedName]) {
        for name in unknown.prefix(Self.named) {
            let position = SourcePosition(
                file: Pipeline.join(analysis.pipeline.projectFolder, name.file), line: name.line)
            Terminal.report([
                analysis.pipeline.diagnostic(
                    name.note,
                    hint:
                        "Remove it, or correct the name: the table 'aliases' of the results lists the names that were found.",
                    id: "unknown-name", severity: .warning, at: position)
            ])
        }
        if unknown.count > Self.named {
            let more = unknown.count - Self.named
            Terminal.error(
                "warning: \(more) more names that no document contains; the report lists all of them [unknown-name]")
        }
    }

    /// Files that were found to be others than the file table says, and have not been written to, are hashed again.
    private func holdFileTable(to outcome: RunOutcome, store: ResultStore, place: ProjectStore) throws {
        let suspects = outcome.leftOut.filter { $0.failure.code == FileReading.Problem.unstable.failure.code }.map(\.id)
        guard !suspects.isEmpty else { return }
        let records = try store.fileRecords()
        try doubt(
            suspects.filter { id in
                records[place.prefix + id].map { FileStamp(path: "\(place.project)/\(id)") == $0.stamp } ?? false
            }, store: store, place: place)
    }

    /// Documents that are others than in the last run by what the file table says, and not because somebody read them now,
    /// are read: nothing else would, where the store has the results of what the table has them to be.
    private func holdFileTable(
        to corpus: CorpusReading, store: ResultStore, state: StateDatabase, place: ProjectStore
    ) async throws {
        let suspects = try state.changed(in: corpus.tree, store: store).filter { !corpus.read.contains($0.path) }
        let project = place.project
        let wrong = try await concurrentMap(suspects, jobs: jobs) { entry in
            let found = try? FileReading.digest(of: "\(project)/\(entry.path)").digest
            return found == nil || found == entry.content ? nil : entry.path
        }
        try doubt(wrong.compactMap { $0 }, store: store, place: place)
    }

    /// Has files be read again of which the file table was wrong, and the run begin anew.
    private func doubt(_ wrong: [String], store: ResultStore, place: ProjectStore) throws {
        guard !wrong.isEmpty else { return }
        try store.forget(files: wrong.map { place.prefix + $0 })
        Terminal.error(
            "warning: the cache had wrong digests for \(Wording.count(wrong.count, "file")) (\(Wording.names(wrong))), which "
                + "are now read again [damaged-store]")
        throw StaleFileTable()
    }

    /// How many documents that are left out, or names that are unknown, are named.
    private static let named = 20

    /// Names the documents that lost a good part of their prose because it recurs.
    private func tellRecurring(_ results: ResultsDatabase) throws {
        let documents = try results.documents(noting: CleanStage.recurringText)
        guard let first = documents.first else { return }
        let more = documents.count > 1 ? " and \(Wording.count(documents.count - 1, "other"))" : ""
        Terminal.report([
            analysis.pipeline.diagnostic(
                "more than 30 % of the prose of '\(first)'\(more) was taken out, because other documents have it too",
                hint: "If it is text, give the option 'keep' of the stage 'clean' a pattern, such as keep: [\"*\"]. "
                    + (documents.count > 1 ? "The documents are: \(Wording.names(documents, shown: 10)). " : "")
                    + "The table 'blocks' of the results has what was taken out.",
                id: "recurring-text", severity: .warning,
                at: SourcePosition(file: analysis.pipeline.path))
        ])
    }

    /// Names what is not in the analysis, with the reason.
    private func tell(_ leftOut: [LeftOut]) {
        for left in leftOut.prefix(Self.named) { Terminal.report([Diagnostic(left, in: analysis.pipeline)]) }
        if leftOut.count > Self.named {
            let more = leftOut.count - Self.named
            Terminal.error(
                "warning: \(Wording.count(more, "more document", "more documents")) left out; the report lists all of them "
                    + "[left-out]")
        }
    }

    /// Tells what is wrong with the metadata file or a pattern; a corpus without a document ends the run.
    private func report(_ corpus: CorpusReading) throws {
        Terminal.report(corpus.notes.map { Diagnostic($0, in: analysis.pipeline) })
        guard corpus.tree.entries.isEmpty else { return }
        tell(corpus.leftOut)
        Terminal.report([.emptyCorpus(analysis.pipeline)])
        throw Ending.failed
    }

}

extension Diagnostic {
    /// A warning about the metadata file or a pattern.
    init(_ note: CorpusReading.Note, in pipeline: Pipeline) {
        let file = note.file.map { Pipeline.join(pipeline.projectFolder, $0) } ?? pipeline.path
        self.init(
            note.summary, hint: note.hint, id: note.code, severity: .warning,
            at: SourcePosition(file: file, line: note.line))
    }

    /// That no pattern of the corpus matches a file that can be read.
    static func emptyCorpus(_ pipeline: Pipeline) -> Diagnostic {
        Diagnostic(
            "the corpus has no documents",
            hint: "'include' has to match files below '\(pipeline.projectFolder)', for example 'corpus/**/*.txt'.",
            id: "empty-corpus", at: SourcePosition(file: pipeline.path))
    }

    /// That a document is left out, and why.
    init(_ left: LeftOut, in pipeline: Pipeline) {
        let stage = left.stage.isEmpty ? "" : " by '\(left.stage)'"
        self.init(
            "left out\(stage): \(left.failure.summary)", hint: left.failure.hint.map(Wording.sentence),
            id: left.failure.code, severity: .warning,
            at: SourcePosition(file: Pipeline.join(pipeline.projectFolder, left.id)))
    }
}
