import ClaimStage
import Corpus
import Engine
import EntityStage
import Model
import Notebook
import Results
import StageKit
import Store
import Text

/// Brings the results database up to a run, by what the run changed where the database stands for the run before, and
/// renders the report.
///
/// Rows of documents come while the run is in its last pass and their layers are in memory; what did not come that way
/// is read from the store.
final class Publishing {
    private let analysis: Analysis
    private let corpus: CorpusReading
    private let facts: RunFacts
    private let state: StateDatabase
    private let results: ResultsDatabase
    private let jobs: Int
    private let changes: ChangesFile?
    private let observer: any RunObserver
    /// Whether the database is written anew, as far as that is known before the run.
    private let isFresh: Bool
    private var open: ResultsWriter?
    /// What the last report was made of.
    private var kept = KeptReport()
    /// The digests that the tables have to have; nil where any will do.
    private var tables: [String: String]?
    /// Whether the database has no room left between documents, so that what was written has to be written anew.
    private var isCrowded = false

    /// For a run over `corpus` that is about to begin. A database that was touched by others is written anew.
    init(
        _ analysis: Analysis, corpus: CorpusReading, facts: RunFacts, state: StateDatabase, results: ResultsDatabase,
        isTouched: Bool, changes: ChangesFile?, jobs: Int, observer: any RunObserver
    ) throws {
        self.analysis = analysis
        self.corpus = corpus
        self.facts = facts
        self.state = state
        self.results = results
        self.changes = changes
        self.jobs = jobs
        self.observer = observer
        let previous = try state.lastRunKey()
        isFresh =
            try isTouched || previous == nil || results.standsFor != previous?.description
            || Self.needsAll(state.changedSteps(of: analysis.plan), statistics: Set(analysis.statisticsFolds.map(\.id)))
    }

    /// Whether a run with these steps changed has to write all rows anew. The tables of statistics alone are filled anew in
    /// place; with other steps most documents have other rows as well, and steps that are gone would leave their rows.
    private static func needsAll(_ changed: Set<StepID>?, statistics: Set<StepID>) -> Bool {
        guard let changed else { return true }
        return !changed.isDisjoint(with: statistics) && !changed.isSubset(of: statistics)
    }

    /// The layers that the results are made of.
    private var layers: [LayerName] {
        let known: [LayerName] = [
            DocumentText.name, Origin.name, SourceLines.name, Metadata.name, Blocks.name, Sentences.name, Tokens.name,
            Quotations.name, Mentions.name, Claims.name, Links.name, Questions.name,
        ]
        let written = Set(analysis.plan.graph.steps.flatMap(\.contract.writes))
        return (known + analysis.customLayers).filter(written.contains)
    }

    /// Takes the rows of documents from the run.
    var delivery: Delivery {
        Delivery(layers: layers, isWhole: isFresh, make: Self.rows(with: analysis.customLayers)) { rows in
            guard !self.isCrowded else { return }
            do throws(ResultsError) {
                try self.writer().put(rows)
            } catch {
                guard error.kind == .crowded, !self.isFresh else { throw error }
                self.isCrowded = true
            }
        }
    }

    /// Makes the rows of a document of its layers.
    private static func rows(
        with custom: [LayerName]
    ) -> @Sendable (DocumentEntry, LayerSet) throws -> DocumentRows {
        { entry, layers in
            try DocumentRows(
                DocumentResult(
                    id: entry.id, sha256: (entry.file ?? entry.content).description, byteCount: entry.size,
                    layers: layers),
                custom: custom)
        }
    }

    /// The writer that rows go to while the run is under way.
    private func writer() throws(ResultsError) -> ResultsWriter {
        if let open { return open }
        let writer = try begin(fresh: isFresh)
        open = writer
        return writer
    }

    private func begin(fresh: Bool) throws(ResultsError) -> ResultsWriter {
        try results.begin(
            fresh: fresh, layers: analysis.customLayers,
            statistics: analysis.statistics,
            documents: fresh ? corpus.tree.entries.map(\.id) : [])
    }

    /// Documents that are held in memory at once.
    private static let portion = 64

    /// Brings the database up to what the run of `engine` came to, and gives the digest of each table, with names that are
    /// decided about and that the corpus does not have. A database that has no room left where documents came in between
    /// is written anew.
    ///
    /// With `tables`, the digests of the tables have to be these; where they are others, the database stays as it is, and
    /// `TablesDiffer` is thrown.
    func update(
        to outcome: RunOutcome, of engine: Engine, keeping tables: [String: String]?
    ) async throws -> (digests: [String: ContentDigest], unknown: [UnknownDecision]) {
        self.tables = tables
        let mustBeFresh = isFresh || isCrowded || outcome.previousRunKey == nil
        if mustBeFresh != isFresh || outcome.isRestarted {
            open = nil
            return try await write(outcome, engine, to: begin(fresh: mustBeFresh), isFresh: mustBeFresh, without: [])
        }
        do {
            return try await write(outcome, engine, to: writer(), isFresh: isFresh, without: outcome.delivered)
        } catch let error as ResultsError where error.kind == .crowded && !isFresh {
            open = nil
            return try await write(outcome, engine, to: begin(fresh: true), isFresh: true, without: [])
        }
    }

    private func write(
        _ outcome: RunOutcome, _ engine: Engine, to writer: ResultsWriter, isFresh: Bool, without delivered: Set<String>
    ) async throws -> (digests: [String: ContentDigest], unknown: [UnknownDecision]) {
        let due = isFresh ? corpus.tree.entries : corpus.tree.entries(of: Set(outcome.changed))
        let entries = due.filter { !delivered.contains($0.id) }
        let refused = Set(outcome.leftOut.map(\.id))
        for id in isFresh ? [] : outcome.removed + outcome.changed.filter(refused.contains) {
            try writer.remove(document: id)
        }
        let portions = stride(from: 0, to: entries.count, by: Self.portion).map { start in
            Array(entries[start..<min(start + Self.portion, entries.count)])
        }
        var done = 0
        let (make, layers) = (Self.rows(with: analysis.customLayers), layers)
        try await concurrentForEach(portions, jobs: jobs) { portion in
            try await engine.load(portion, layers: layers).map { try make($0.entry, $0.layers) }
        } then: { rows in
            for rows in rows { try writer.put(rows) }
            done += rows.count
            observer.tell(.results(done: done, total: entries.count))
        }
        try putDecisions(writer, outcome, isFresh: isFresh)
        try putCorpusRows(writer, outcome, isFresh: isFresh)
        try await putRows(writer, outcome, isFresh: isFresh)
        let unknown = try unknownDecisions(writer)
        let notes = unknown.map { (key: "note", value: "\($0.file), line \($0.line): \($0.note)") }
        let digests = try writer.settle(
            runKey: facts.runKey.description, leftOut: notInAnalysis(outcome), about: facts.about + notes)
        if let tables, tables != digests.mapValues(\.description) { throw TablesDiffer(digests: digests) }
        // Before the results are there: a run that is stopped in between makes the same changes again.
        if let changes { try changes.write(writer.comparison()) }
        try writer.commit()
        return (digests, unknown)
    }

    /// Everything that is not in the analysis, that which the pipeline does not select too, in order of the ids.
    private func notInAnalysis(_ outcome: RunOutcome) -> [LeftOut] {
        (leftOut(outcome) + corpus.unselected).sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }

    /// Everything that could not be read or was rejected, in order of the ids.
    func leftOut(_ outcome: RunOutcome) -> [LeftOut] {
        (corpus.leftOut + outcome.leftOut).sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }

    /// The decisions by hand on names and claims that no document has.
    private func unknownDecisions(_ writer: ResultsWriter) throws -> [UnknownDecision] {
        let names = analysis.pipeline.stages.filter { $0.work == .builtin(EntityStage.description.name) }
            .flatMap { EntityStage.decidedNames($0.options) }
        let claims = analysis.pipeline.stages.filter { $0.work == .builtin(ClaimStage.description.name) }
            .flatMap { ClaimStage.decidedClaims($0.options) }
        return try names.filter { try !writer.hasDecision(on: $0.prefix) }.map(UnknownDecision.init)
            + claims.filter { try !writer.hasClaim($0.claim) }.map(UnknownDecision.init)
    }

    /// What the run left behind, with these files and checks.
    func manifest(
        of outcome: RunOutcome, files: [String: String] = [:], digests: [String: ContentDigest] = [:],
        failedChecks: [String] = [], variants: [UInt8] = []
    ) -> OutputManifest {
        OutputManifest(
            files: files, digests: digests, failedChecks: failedChecks, variants: variants,
            documents: corpus.tree.entries.count - outcome.leftOut.count, leftOut: leftOut(outcome).count,
            unselected: corpus.unselected.count)
    }

    private func putDecisions(_ writer: ResultsWriter, _ outcome: RunOutcome, isFresh: Bool) throws {
        // Those of another use of the stage have no table of their own.
        let publishing = analysis.plan.finishes.first { $0.contract.publishes == .entities && $0.namespace == nil }
        guard let finish = publishing?.id else { return }
        if isFresh {
            try state.eachDecision(of: finish) { try writer.put(EntityDecision(encoded: $1), on: $0) }
            return
        }
        let moved = outcome.movedDecisions[finish]?.keys ?? []
        let standing = try state.decisions(on: moved, finish: finish)
        for key in moved.sorted() {
            if let value = standing[key] {
                try writer.put(EntityDecision(encoded: value), on: key)
            } else {
                try writer.removeDecision(on: key)
            }
        }
    }

    /// Brings the tables of what programs say of the corpus up to date, each as a whole.
    private func putCorpusRows(_ writer: ResultsWriter, _ outcome: RunOutcome, isFresh: Bool) throws {
        for finish in analysis.plan.finishes {
            guard case .corpus(let layer) = finish.contract.publishes,
                isFresh || outcome.movedDecisions[finish.id]?.keys.isEmpty == false
            else { continue }
            var rows: [CustomLayer.Annotation] = []
            try state.eachDecision(of: finish.id) { rows += try CustomLayer(encoded: $1).annotations }
            try writer.put(rows, ofCorpus: layer)
        }
    }

    /// Brings the tables of statistics up to date. Several folds may fill one table: where one of them is another than in
    /// the last run, all of them fill it anew; the other tables stay.
    private func putRows(_ writer: ResultsWriter, _ outcome: RunOutcome, isFresh: Bool) async throws {
        let folds = analysis.statisticsFolds
        var anew: [StatisticsNamespace: Set<StatisticsTable>] = [:]
        for fold in folds where isFresh || outcome.movedRows[fold.id]?.isAll ?? false {
            anew[StatisticsNamespace(fold.namespace), default: []].formUnion(fold.statistics ?? [])
        }
        if !isFresh { for (namespace, tables) in anew { try writer.clear(tables, in: namespace) } }
        for fold in folds {
            let namespace = StatisticsNamespace(fold.namespace)
            let whole = (fold.statistics ?? []).filter { anew[namespace]?.contains($0) ?? false }
            for table in whole { try await fill(table, of: fold, writer) }
            let prefixes = whole.map { FoldKey($0.name).bytes }
            for key in (outcome.movedRows[fold.id]?.keys ?? []).sorted()
            where !prefixes.contains(where: key.bytes.starts) {
                if let row = try state.row(key, of: fold.id) {
                    try writer.put([row], in: namespace)
                } else {
                    try writer.removeRow(key, in: namespace)
                }
            }
        }
    }

    /// Puts all rows that a fold has for a table into it.
    private func fill(_ table: StatisticsTable, of fold: Step, _ writer: ResultsWriter) async throws {
        let first = FoldKey(table.name)
        let state = state
        var next = try await Self.rows(
            of: fold, in: state, from: state.startOfPage(covering: first, of: fold.id) ?? [], including: true, table)
        while let (rows, last) = next {
            // the next rows are read while these are written
            async let following = Self.rows(of: fold, in: state, from: last, including: false, table)
            try writer.put(rows)
            next = try await following
        }
    }

    /// The next rows that a fold has for a table, from the page that begins at `start` or behind it; nil where there are no
    /// more.
    @concurrent
    private static func rows(
        of fold: Step, in state: StateDatabase, from start: [UInt8]?, including: Bool, _ table: StatisticsTable
    ) async throws -> (rows: StatisticsRows, last: [UInt8]?)? {
        guard including || start != nil,
            let pages = try state.pages(of: fold.id, after: start, including: including), let last = pages.last
        else { return nil }
        let rows = try StatisticsRows(
            pages: pages.map(\.entries), of: table, in: StatisticsNamespace(fold.namespace))
        let prefix = FoldKey(table.name).bytes
        let isBehind = prefix.precedes(last.start) && !last.start.starts(with: prefix)
        return (rows, isBehind ? nil : last.start)
    }

    /// The names under which the state keeps what the report was made of.
    static let report = "report"
    static let pages = "report pages"
    /// What a state keeps about its own output folder: a copy of the state goes without.
    static let ofOutputs: Set<String> = [OutputManifest.name, report, pages]

    /// Renders the report from the database. Of what the last run left, `stands` tells which files are still the same.
    func render(
        _ notebook: NotebookSource, results: ResultsDatabase, variants: [ReportVariant],
        stands: @escaping (String) -> Bool
    ) throws -> RenderedReport {
        if let pages = try state.meta(Self.pages), let rest = try state.meta(Self.report) {
            kept = (try? KeptReport(encoded: rest, pages: pages)) ?? KeptReport()
        }
        return try notebook.render(results, variants: variants, kept: kept, jobs: jobs, stands: stands)
    }

    /// Keeps what the report was made of, once it is written: not before, or a run that was stopped in between would
    /// leave old pages to be taken for the new ones.
    func keep(_ report: KeptReport) throws {
        // The pages come first: with the moment of the report before, they are written again where they may be others.
        if report.hasOtherPages(than: kept) { try state.set(Self.pages, report.encodedPages) }
        try state.set(Self.report, report.encoded)
    }
}

/// The tables that a run made are not those that were expected, and are not kept.
struct TablesDiffer: Error {
    let digests: [String: ContentDigest]
}
