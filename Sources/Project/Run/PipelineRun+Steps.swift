import CleanStage
import Corpus
import Digests
import Engine
import Foundation
import Model
import Notebook
import Results
import StageKit
import Store

extension PipelineRun {
    /// What an attempt before found not to be so, and the next one does not rely on.
    struct Doubts {
        /// That the store has what programs of the user's own gave.
        var programs = false
        /// That the file table knows the files.
        var files = false
        /// Databases that were put aside.
        var aside: Set<String> = []
    }

    /// What earlier runs have kept.
    struct Cache {
        let store: ResultStore
        let state: StateDatabase
        /// Whether the state was just made; that of a variant is a copy of that of the pipeline as written.
        var isNew = false
    }

    /// Sees to it that the next attempt does not fail for the same reason; throws where nothing can be done about it.
    func recover(from error: any Error, _ doubts: inout Doubts) async throws {
        switch error {
        case EngineProblem.lostLayer where !doubts.programs: doubts.programs = true
        case let stale as StaleFileTable:
            observer.tell(.wrongDigests(stale.paths))
            doubts.files = true
        default:
            let path = await Suspicion.damagedDatabase(
                error, results: outputs.path(OutputFolder.results), store: place, jobs: jobs)
            guard let path, doubts.aside.insert(path).inserted else { throw error }
            try DamagedFile.putAside(path)
            observer.tell(.setAside(path: path))
        }
    }

    /// The variants and the notebook. Where something is wrong with them, everything is told that `colophon check` tells.
    func prepare() async throws -> (variants: [AnalysisVariant], notebook: NotebookSource) {
        do {
            let variants = try analysis.variants()
            let notebook = try NotebookSource(analysis)
            // that of a variant is the same, and was checked with all variants; one that names documents is checked with these
            if seed == nil, !notebook.asksForDocuments {
                try refuse(notebook.problems(variants: analysis.settings(of: variants)))
            }
            return (variants, notebook)
        } catch let problem as ProjectProblem {
            throw try await everything(beside: problem)
        }
    }

    /// Walks the corpus, and refuses a notebook that names documents and is wrong, with or without them.
    func walk(
        _ store: ResultStore, for notebook: NotebookSource, _ variants: [AnalysisVariant]
    ) async throws -> CorpusReading {
        do {
            let corpus = try await walk(store)
            if seed == nil, notebook.asksForDocuments {
                let facts = CorpusFacts(corpus, heads: nil)
                try refuse(notebook.problems(variants: analysis.settings(of: variants), corpus: facts))
            }
            return corpus
        } catch let problem as ProjectProblem where seed == nil {
            throw try await everything(beside: problem)
        }
    }

    /// Refuses a notebook that names columns of metadata which no document has. Documents are asked only where the metadata
    /// file does not have what the notebook names.
    func checkMetadata(of notebook: NotebookSource, _ corpus: CorpusReading, _ variants: [AnalysisVariant]) async throws
    {
        guard seed == nil, notebook.asksForMetadata else { return }
        let facts = CorpusFacts(corpus, heads: nil, isMetadataFileAll: true)
        guard !notebook.problems(variants: analysis.settings(of: variants), corpus: facts).isEmpty else { return }
        try refuse(await errors())
    }

    private func refuse(_ problems: [Diagnostic]) throws {
        guard problems.isEmpty else { throw ProjectProblem.usage(problems) }
    }

    /// What keeps the run from going well, all at once.
    private func errors() async throws -> [Diagnostic] {
        try await PipelineCheck(analysis) { _ in }.problems.filter { $0.severity == .error }
    }

    private func everything(beside problem: ProjectProblem) async throws -> ProjectProblem {
        let errors = try await errors()
        return errors.isEmpty ? problem : ProjectProblem(kind: problem.kind, diagnostics: errors)
    }

    func openCache(_ doubts: Doubts) throws -> Cache {
        let isNew = !place.hasState(analysis.outputName)
        let (store, state) = try place.open(for: analysis.outputName, startingFrom: analysis.baseName)
        if doubts.programs { try state.clear() }
        return Cache(store: store, state: state, isNew: isNew && doubts.aside.isEmpty && !doubts.programs)
    }

    /// Walks the corpus, and tells what is wrong with the metadata file or a pattern; a corpus without a document ends the
    /// run.
    func walk(_ store: ResultStore, isTold: Bool = true) async throws -> CorpusReading {
        let corpus = try await CorpusReading(
            CorpusReading.Request(analysis, prefix: place.prefix, store: store, jobs: jobs), store: store, jobs: jobs)
        if isTold { observer.tell(.diagnostics(corpus.notes.map { Diagnostic($0, in: analysis.pipeline) })) }
        try corpus.check(for: analysis.pipeline)
        guard !corpus.tree.entries.isEmpty else {
            observer.tell(.leftOut(corpus.leftOut))
            throw ProjectProblem.failure([.emptyCorpus(analysis.pipeline)])
        }
        observer.tell(.store(.damage(store.takeDamage())))
        return corpus
    }

    /// Opens the results, and refuses to write over those of another pipeline of the same name, as long as that pipeline is
    /// there.
    func openResults(_ facts: RunFacts) throws -> ResultsDatabase {
        let results = try ResultsDatabase(at: outputs.path(OutputFolder.results))
        if let note = results.note { observer.tell(.resultsRenewed(note)) }
        let own = Pipeline.join(".", facts.relativePath)
        guard let owner = results.pipeline, owner != own,
            FileWriting.size(of: Pipeline.join(analysis.pipeline.projectFolder, owner)) != nil
        else { return results }
        let problem = Diagnostic(
            "the results in '\(analysis.outputFolder)' are those of the pipeline '\(owner)', which has the same name",
            hint: "Rename one of the two pipelines; or delete the folder, if its results are not wanted any more.",
            id: "same-name", at: SourcePosition(file: analysis.pipeline.path))
        throw ProjectProblem.usage([problem])
    }

    /// What the last run left behind.
    func lastOutputs(_ cache: Cache) throws -> OutputManifest? {
        try cache.state.meta(OutputManifest.name).flatMap { try? OutputManifest(encoded: $0) }
    }

    /// Whether the last run was one over the same inputs, and what it left is still there.
    func stands(_ last: OutputManifest, _ facts: RunFacts, _ cache: Cache, _ results: ResultsDatabase) throws -> Bool {
        try isOf(last, facts, cache, results) && last.stands(path)
    }

    /// The same by what the files hold, and not by when they were written: in a project that was copied, say.
    func standsByContent(
        _ last: OutputManifest, _ facts: RunFacts, _ cache: Cache, _ results: ResultsDatabase
    ) throws -> Bool {
        guard try isOf(last, facts, cache, results) else { return false }
        return try last.standsByContent(path) {
            let kept = try results.digests()
            let locked = lockPath.flatMap { Lock(at: $0) }?.tables
            return try kept.mapValues(\.description) == locked && results.recomputedDigests() == kept
        }
    }

    /// Whether the last run, its state and its results are of these inputs.
    private func isOf(
        _ last: OutputManifest, _ facts: RunFacts, _ cache: Cache, _ results: ResultsDatabase
    ) throws -> Bool {
        // the run of a variant leaves no report
        try (seed != nil || last.stamps[Self.reportName] != nil) && cache.state.isSettled(for: facts.runKey)
            && results.standsFor == facts.runKey.description
    }

    /// Whether somebody else wrote into the results, which are no base to go on from then.
    func isTouched(_ results: ResultsDatabase, _ last: OutputManifest?) -> Bool {
        last?.stamps[OutputFolder.results] != OutputManifest.stamp(results.path)
    }

    /// What gives documents to tasks elsewhere; nil where all are computed here.
    func coordinator(_ cache: Cache, _ facts: RunFacts) -> TaskCoordinator? {
        tasks.map {
            TaskCoordinator(analysis, $0, programs, store: cache.store, runKey: facts.runKey, observer: observer)
        }
    }

    /// What brings the results up to the run; `isTouched` says whether somebody else wrote into them.
    func publishing(
        _ corpus: CorpusReading, _ facts: RunFacts, _ cache: Cache, _ results: ResultsDatabase, isTouched: Bool
    ) throws -> Publishing {
        try Publishing(
            analysis, corpus: corpus, facts: facts, state: cache.state, results: results, isTouched: isTouched,
            changes: seed == nil ? ChangesFile(in: outputs) : nil, jobs: jobs, observer: observer)
    }

    /// Runs the passes.
    func compute(
        _ corpus: CorpusReading, _ cache: Cache, _ facts: RunFacts, _ doubts: Doubts, _ shared: SharedCache?,
        _ coordinator: TaskCoordinator?, delivery: Delivery
    ) async throws -> (engine: Engine, outcome: RunOutcome, messages: [RunRecord.Message]) {
        let observer = observer
        var messages: [RunRecord.Message] = []
        let delegation = coordinator.map { coordinator -> Delegation in { try await coordinator.compute($0) } }
        let source = shared?.source(SheetPlan(analysis.plan, over: corpus.tree), cache.store)
        defer { if let source { try? source.settle() } }
        let (engine, outcome) = try await ProgramRunners.with(analysis, permission: programs, jobs: jobs) { programs in
            let engine = Engine(
                plan: analysis.plan, store: cache.store, state: cache.state, project: analysis.pipeline.projectFolder,
                jobs: jobs, programs: programs, isDoubting: doubts.programs, source: source, delegation: delegation,
                progress: { observer.tell(.progress($0)) })
            return (engine, try await engine.run(over: corpus.tree, runKey: facts.runKey, delivery: delivery))
        } said: { said in
            messages = said.sorted { $0.key < $1.key }.map { RunRecord.Message(stage: $0.key, lines: $0.value) }
        }
        observer.tell(.said(messages))
        return (engine, outcome, messages)
    }

    /// The cache that the project shares with others; nil for none. A run beside the project shares nothing.
    func sharedCache() throws -> SharedCache? {
        guard scratch == nil else { return nil }
        let consents = if case .consented(let given) = programs { given } else { Consents() }
        let observer = observer
        // What is wrong with it, the pipeline's own run has told before the run of a variant.
        let isVariant = seed != nil
        return try SharedCache(of: analysis, consents: consents) {
            if !isVariant { observer.tell(.diagnostics([$0])) }
        }
    }

    /// Writes what the run computed to the shared cache, if runs are to do so; and where it left off, if that is far from
    /// where it began.
    func share(
        _ outcome: RunOutcome, _ corpus: CorpusReading, _ facts: RunFacts, _ cache: Cache, _ shared: SharedCache?
    ) async throws {
        let changed = Set(outcome.changed + outcome.added + outcome.edited).union(outcome.countedAnew)
        guard let shared, shared.settings.push, !changed.isEmpty else { return }
        let states = try cache.state.allDocuments()
        let plan = SheetPlan(analysis.plan, over: corpus.tree)
        let sent = try await shared.push(plan, states, cache.store, changed: changed)
        guard sent.failed == 0, changed.count * Self.snapshotShare >= corpus.tree.entries.count else { return }
        _ = try await pushSnapshot(to: shared, facts, cache)
    }

    /// A run writes a snapshot when one document in so many is another than in the run before: it is as large as the results.
    private static let snapshotShare = 8

    /// Tells what was damaged, and forgets the files that are gone.
    func settle(_ outcome: RunOutcome, _ cache: Cache) throws {
        observer.tell(.store(.damage(outcome.notes)))
        let (place, removed) = (place, outcome.removed)
        try cache.store.forget(files: removed.map { place.prefix + $0 }.filter(place.isGone))
    }

    /// Writes results, report and lock over those of the last run, and tells what was written.
    func publish(
        _ publishing: Publishing, _ outcome: RunOutcome, _ engine: Engine, _ notebook: NotebookSource,
        _ results: ResultsDatabase, _ facts: RunFacts, over last: OutputManifest?, _ cache: Cache,
        _ variants: (all: [AnalysisVariant], reported: [ReportVariant]?)
    ) async throws -> OutputManifest {
        observer.tell(.results(done: 0, total: facts.documents))
        let (digests, unknown) = try await publishing.update(to: outcome, of: engine, keeping: frozenTables)
        if seed != nil {
            let left = publishing.manifest(
                of: outcome, files: [OutputFolder.results: results.path], failedChecks: [])
            try cache.state.set(OutputManifest.name, left.encoded)
            return left
        }
        var reported = variants.reported ?? []
        if variants.reported == nil { reported = try await run(variants.all, beside: results) }
        try checkLock(of: reported)
        let rendered: RenderedReport
        do {
            rendered = try publishing.render(notebook, results: results, variants: reported) { name in
                last?.stamps[name].map { $0 == OutputManifest.stamp(path(name)) } ?? false
            }
        } catch let problem as ProjectProblem {
            throw withheldReport(outcome, problem) ?? problem
        }
        if !rendered.warnings.isEmpty { observer.tell(.diagnostics(rendered.warnings)) }
        // A report that lacks what programs would have given is not the one that the lock is about.
        let isWhole = !outcome.leftOut.contains { $0.failure.code == ProgramPermission.withheld }
        let lock = isWhole ? lockPath : nil
        var contents = self.contents(of: rendered, over: last)
        let made =
            lock == nil ? nil : try Lock(facts, tables: digests, variants: reported, files: contents)
        if let made { try checkLock(of: made) }
        try outputs.replace(rendered.files.map { ($0.path, $0.bytes) })
        try publishing.keep(rendered.kept)
        if let lock, let made { contents[Self.lock] = try made.write(to: lock) }
        let names = rendered.files.map(\.path) + [OutputFolder.results] + (lock == nil ? [] : [Self.lock])
        let left = publishing.manifest(
            of: outcome, files: Dictionary(names.map { ($0, path($0)) }, uniquingKeysWith: { first, _ in first }),
            digests: contents,
            failedChecks: rendered.failedChecks.map {
                $0.rows > 0 ? "\($0.message) (\(Wording.count($0.rows, "row")) against it)" : $0.message
            },
            variants: Self.digest(of: reported))
        // What the results and the report read, and no step had asked for.
        observer.tell(.store(.damage(cache.store.takeDamage())))
        try cache.state.set(OutputManifest.name, left.encoded)
        observer.tell(.written)
        observer.tell(.unknownDecisions(unknown))
        observer.tell(.leftOut(publishing.leftOut(outcome)))
        try tellRecurring(results)
        return left
    }

    /// That a report can't be made because what it shows is what programs would give that may not run; nil where they gave
    /// everything. The columns of their tables follow from their results.
    private func withheldReport(_ outcome: RunOutcome, _ problem: ProjectProblem) -> ProjectProblem? {
        let withheld = outcome.leftOut.filter { $0.failure.code == ProgramPermission.withheld }
        guard let first = problem.diagnostics.first, !withheld.isEmpty else { return nil }
        let stages = Dictionary(grouping: withheld, by: \.stage).sorted { $0.key < $1.key }
        return .failure(
            stages.map { stage, documents in
                Diagnostic(
                    "the report can't be made: the cache has no result of the program of stage '\(stage.printable())' for "
                        + "\(Wording.count(documents.count, "document")) (\(Wording.names(documents.map(\.id)))), and programs "
                        + "may not run",
                    hint: "Get the results from a pack or a shared cache; or consent to the program with "
                        + "'\(analysis.command("trust"))', and run without '--no-programs'.",
                    id: ProgramPermission.withheld, at: SourcePosition(file: first.file ?? "", line: first.line ?? 0))
            })
    }

    /// Names the documents that lost a good part of their prose because it recurs.
    private func tellRecurring(_ results: ResultsDatabase) throws {
        let documents = try results.documents(noting: CleanStage.recurringText)
        guard let first = documents.first else { return }
        let more = documents.count > 1 ? " and \(Wording.count(documents.count - 1, "other"))" : ""
        let problem = analysis.pipeline.diagnostic(
            "more than 30 % of the prose of '\(first)'\(more) was taken out, because other documents have it too",
            hint: "If it is text, give the option 'keep' of the stage 'clean' a pattern, such as keep: [\"*\"]. "
                + (documents.count > 1 ? "The documents are: \(Wording.names(documents, shown: 10)). " : "")
                + "The table 'blocks' of the results has what was taken out.",
            id: "recurring-text", severity: .warning, at: SourcePosition(file: analysis.pipeline.path))
        observer.tell(.diagnostics([problem]))
    }

    /// The digests of the report's files, those that stand as the `last` run left them among them.
    private func contents(of rendered: RenderedReport, over last: OutputManifest?) -> [String: ContentDigest] {
        let digests = rendered.files.map { file in
            let made = file.bytes.map { ContentDigest(of: $0) } ?? last?.digests[file.path]
            return (file.path, made ?? ContentDigest(of: FileWriting.contents(of: outputs.path(file.path)) ?? []))
        }
        return Dictionary(digests, uniquingKeysWith: { first, _ in first })
    }

    static let reportName = "report.md"

    /// The name under which the lock stands in the manifest.
    static let lock = "lock"

    /// Where a file of the manifest is.
    private func path(_ name: String) -> String {
        name == Self.lock ? lockPath ?? "" : outputs.path(name)
    }

    func record(
        _ began: Date, _ outcome: RunOutcome?, _ facts: RunFacts, _ left: OutputManifest
    ) -> RunRecord {
        RunRecord(pipeline: analysis.pipeline.path, began: began, outcome: outcome, facts: facts, manifest: left)
    }

    /// Keeps the record of the run, which gets its number.
    func append(_ record: RunRecord, _ cache: Cache) throws -> RunRecord {
        var record = record
        record.number = try cache.store.append(run: record.json, of: place.name(ofRuns: analysis.outputName))
        return record
    }

    /// Keeps the record of a run whose results could not be written. What was computed is kept and will not run again, so it
    /// has to be told of this run.
    func appendUnfinished(_ record: RunRecord, _ cache: Cache) {
        var record = record
        record.unfinished = true
        _ = try? append(record, cache)
    }

    func summary(_ record: RunRecord, _ left: OutputManifest, isUnchanged: Bool) -> Summary {
        Summary(
            record: record, report: outputs.path("report.md"), failedChecks: left.failedChecks,
            isUnchanged: isUnchanged)
    }
}
