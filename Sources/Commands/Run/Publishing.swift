import Corpus
import Engine
import EntityStage
import Model
import Notebook
import Results
import StageKit
import Store

/// Brings the results database up to a run, by what the run changed where the database stands for the run before, and
/// renders the report.
struct Publishing {
    let analysis: Analysis
    let corpus: CorpusReading
    let outcome: RunOutcome
    let facts: RunFacts
    let engine: Engine
    let state: StateDatabase
    let jobs: Int

    /// The layers that the results are made of.
    private var layers: [LayerName] {
        let known: [LayerName] = [
            DocumentText.name, Origin.name, SourceLines.name, Metadata.name, Blocks.name, Sentences.name, Tokens.name,
            Quotations.name, Mentions.name, Claims.name, Links.name, Questions.name,
        ]
        let written = Set(analysis.plan.graph.steps.flatMap(\.contract.writes))
        return (known + analysis.customLayers).filter(written.contains)
    }

    private var phases: RunPhases { RunPhases(analysis.plan.graph) }

    /// Documents that are held in memory at once.
    private static let portion = 64

    /// Brings the database up to date, and gives the digest of each table, with names that are decided about and that
    /// the corpus does not have. A database that was touched by others is written anew, and so is one that has no room
    /// left where documents came in between.
    func update(
        _ results: ResultsDatabase, isTouched: Bool
    ) async throws -> (digests: [String: ContentDigest], unknown: [DecidedName]) {
        let isFresh =
            isTouched || outcome.previousRunKey == nil || results.standsFor != outcome.previousRunKey?.description
            || statistics.contains { outcome.movedRows[$0.name]?.isAll ?? false }
        do {
            return try await write(results, isFresh: isFresh)
        } catch let error as ResultsError where error.kind == .crowded && !isFresh {
            return try await write(results, isFresh: true)
        }
    }

    private func write(
        _ results: ResultsDatabase, isFresh: Bool
    ) async throws -> (digests: [String: ContentDigest], unknown: [DecidedName]) {
        let changed = Set(outcome.changed)
        let entries = isFresh ? corpus.tree.entries : corpus.tree.entries.filter { changed.contains($0.id) }
        let writer = try results.begin(
            fresh: isFresh, layers: analysis.customLayers, documents: isFresh ? entries.map(\.id) : [])
        let refused = Set(outcome.leftOut.map(\.id))
        for id in isFresh ? [] : outcome.removed + outcome.changed.filter(refused.contains) {
            try writer.remove(document: id)
        }
        let portions = stride(from: 0, to: entries.count, by: Self.portion).map { start in
            Array(entries[start..<min(start + Self.portion, entries.count)])
        }
        var done = 0
        var next = portions.isEmpty ? [] : try await rows(of: portions[0])
        for (k, portion) in portions.enumerated() {
            // the rows of the next documents are read while these are written
            async let following = k + 1 < portions.count ? rows(of: portions[k + 1]) : []
            for rows in next { try writer.put(rows) }
            done += portion.count
            phases.showResults(done: done, total: entries.count)
            next = try await following
        }
        try putDecisions(writer, isFresh: isFresh)
        try await putRows(writer, isFresh: isFresh)
        let unknown = try unknownNames(writer)
        let notes = unknown.map { (key: "note", value: "\($0.file), line \($0.line): \($0.note)") }
        let digests = try writer.finish(
            runKey: facts.runKey.description, leftOut: leftOut, about: facts.about + notes)
        return (digests, unknown)
    }

    /// The rows of documents that no step refused.
    @concurrent
    private func rows(of entries: [DocumentEntry]) async throws -> [DocumentRows] {
        let custom = analysis.customLayers
        return try await concurrentMap(try await engine.load(entries, layers: layers), jobs: jobs) { loaded in
            try DocumentRows(
                DocumentResult(
                    id: loaded.entry.id, sha256: loaded.entry.content.description, byteCount: loaded.entry.size,
                    layers: loaded.layers),
                custom: custom)
        }
    }

    /// Everything that is not in the analysis, in order of the ids.
    var leftOut: [LeftOut] {
        (corpus.leftOut + outcome.leftOut).sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }

    /// The names in decisions by hand that no document has.
    private func unknownNames(_ writer: ResultsWriter) throws -> [DecidedName] {
        let names = analysis.pipeline.stages.filter { $0.work == .builtin(EntityStage.description.name) }
            .flatMap { EntityStage.decidedNames($0.options) }
        return try names.filter { try !writer.hasDecision(on: $0.prefix) }
    }

    /// What the run left behind, with these files and checks.
    func manifest(files: [String: String], failedChecks: [String]) -> OutputManifest {
        OutputManifest(
            files: files, failedChecks: failedChecks,
            documents: corpus.tree.entries.count - outcome.leftOut.count, leftOut: leftOut.count)
    }

    private func putDecisions(_ writer: ResultsWriter, isFresh: Bool) throws {
        let finish = EntityDecision.finish
        guard analysis.plan.finishes.contains(where: { $0.name == finish }) else { return }
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

    /// The folds whose rows stand in the results.
    private var statistics: [Step] { analysis.plan.folds.filter { $0.name.hasPrefix(StatisticsTable.foldPrefix) } }

    private func putRows(_ writer: ResultsWriter, isFresh: Bool) async throws {
        for fold in statistics {
            if isFresh {
                var next = try await rows(of: fold, after: nil)
                while let (rows, last) = next {
                    // the next rows are read while these are written
                    async let following = self.rows(of: fold, after: last)
                    try writer.put(rows)
                    next = try await following
                }
                continue
            }
            for key in (outcome.movedRows[fold.name]?.keys ?? []).sorted() {
                if let row = try state.row(key, of: fold.name) {
                    try writer.put([row])
                } else {
                    try writer.removeRow(key)
                }
            }
        }
    }

    /// The next rows of a fold behind the page that begins at `start`; nil behind the last.
    @concurrent
    private func rows(of fold: Step, after start: [UInt8]?) async throws -> (rows: StatisticsRows, last: [UInt8])? {
        guard let pages = try state.pages(of: fold.name, after: start), let last = pages.last else { return nil }
        return (try StatisticsRows(pages: pages.map(\.entries)), last.start)
    }

    /// The name under which the state keeps what the report was made of.
    private static let report = "report"

    /// Renders the report from the database. Of what the last run left, `stands` tells which files are still the same.
    func render(
        _ notebook: NotebookSource, results: ResultsDatabase, stands: @escaping (String) -> Bool
    ) throws -> RenderedReport {
        let kept = try state.meta(Self.report).flatMap { try? KeptReport(encoded: $0) } ?? KeptReport()
        return try notebook.render(results, kept: kept, stands: stands)
    }

    /// Keeps what the report was made of, once it is written: not before, or a run that was stopped in between would
    /// leave old pages to be taken for the new ones.
    func keep(_ report: KeptReport) throws { try state.set(Self.report, report.encoded) }
}

extension DecidedName {
    /// What the report repeats where no document has the name.
    var note: String { "a decision names '\(name)', which no document contains" }
}
