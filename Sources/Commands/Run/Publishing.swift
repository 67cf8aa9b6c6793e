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

    /// The layers that the results are made of.
    private var layers: [LayerName] {
        let known: [LayerName] = [
            DocumentText.name, Origin.name, SourceLines.name, Metadata.name, Blocks.name, Sentences.name, Tokens.name,
            Quotations.name, NameForms.name, Mentions.name, Claims.name, Links.name,
        ]
        let written = Set(analysis.plan.graph.steps.flatMap(\.contract.writes))
        return (known + analysis.customLayers).filter(written.contains)
    }

    /// Documents that are held in memory at once.
    private static let portion = 256

    /// Brings the database up to date, and gives the digest of each table, with names that are decided about and that
    /// the corpus does not have. A database that was touched by others is written anew.
    func update(
        _ results: ResultsDatabase, isTouched: Bool
    ) async throws -> (digests: [String: ContentDigest], unknown: [DecidedName]) {
        let isFresh =
            isTouched || outcome.previousRunKey == nil || results.standsFor != outcome.previousRunKey?.description
            || statistics.contains { outcome.movedRows[$0.name]?.isAll ?? false }
        let writer = try results.begin(fresh: isFresh, layers: analysis.customLayers)
        let changed = Set(outcome.changed)
        let refused = Set(outcome.leftOut.map(\.id))
        for id in isFresh ? [] : outcome.removed + outcome.changed.filter(refused.contains) {
            try writer.remove(document: id)
        }
        let entries = isFresh ? corpus.tree.entries : corpus.tree.entries.filter { changed.contains($0.id) }
        for start in stride(from: 0, to: entries.count, by: Self.portion) {
            let portion = Array(entries[start..<min(start + Self.portion, entries.count)])
            for loaded in try await engine.load(portion, layers: layers) {
                try writer.put(
                    DocumentResult(
                        id: loaded.entry.id, sha256: loaded.entry.content.description, byteCount: loaded.entry.size,
                        layers: loaded.layers))
            }
            ProgressLine.shared.show("results, documents", done: start + portion.count, total: entries.count)
        }
        try putDecisions(writer, isFresh: isFresh)
        try putRows(writer, isFresh: isFresh)
        let unknown = try unknownNames(writer)
        let notes = unknown.map { (key: "note", value: "\($0.file), line \($0.line): \($0.note)") }
        let digests = try writer.finish(
            runKey: facts.runKey.description, leftOut: leftOut, about: facts.about + notes)
        return (digests, unknown)
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

    private func putRows(_ writer: ResultsWriter, isFresh: Bool) throws {
        for fold in statistics {
            if isFresh {
                try state.eachRow(of: fold.name) { try writer.put($0) }
                continue
            }
            for key in (outcome.movedRows[fold.name]?.keys ?? []).sorted() {
                if let row = try state.row(key, of: fold.name) {
                    try writer.put(row)
                } else {
                    try writer.removeRow(key)
                }
            }
        }
    }

    /// Renders the report from the database.
    func render(_ notebook: NotebookSource, results: ResultsDatabase) throws -> RenderedReport {
        try notebook.render(results)
    }
}

extension DecidedName {
    /// What the report repeats where no document has the name.
    var note: String { "a decision is about '\(name)', and no document has this name" }
}
