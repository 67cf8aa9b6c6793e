import Digests
import Engine
import Foundation
import Model
import Notebook
import Results
import StageKit
import Store

extension PipelineRun {
    /// Runs every variant, as far as its results are not those of the pipeline as written, and gives what the report reads
    /// of each. `results` are those of the pipeline as written, which have to be up to date: a variant that was never run
    /// begins with a copy of them.
    func run(_ variants: [AnalysisVariant], beside results: ResultsDatabase) async throws -> [ReportVariant] {
        var reported: [ReportVariant] = []
        for variant in variants {
            var database = results
            if !variant.sharesResults {
                let run = PipelineRun(
                    variant.analysis, jobs: jobs, scratch: scratch, seed: results.path, programs: programs,
                    observer: VariantObserver(observer))
                _ = try await variant.placing { try await run.run() }
                database = try ResultsDatabase(at: run.outputs.path(OutputFolder.results))
            }
            let parameters = variant.analysis.pipeline.parameters.map { ($0.name, $0.value) }
            reported.append(
                ReportVariant(
                    name: variant.name, settings: variant.settings, isAsWritten: variant.isAsWritten, results: database,
                    parameters: Dictionary(parameters, uniquingKeysWith: { _, last in last })))
        }
        removeOthers(variants)
        return reported
    }

    /// Takes away results of variants that the pipeline has no more.
    private func removeOthers(_ variants: [AnalysisVariant]) {
        let folder = outputs.path("variants")
        let wanted = Set(
            variants.filter { !$0.sharesResults }.map { Pipeline.lastComponent(of: $0.analysis.outputName) })
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where !wanted.contains(name) {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
        rmdir(folder)
    }

    /// The digest of the results of variants; empty for none.
    static func digest(of variants: [ReportVariant]) -> [UInt8] {
        guard !variants.isEmpty else { return [] }
        var key = KeyFields()
        for variant in variants {
            key.add("variant", variant.name)
            for setting in variant.settings { key.add("set", setting) }
            key.add("run", variant.results.standsFor ?? "")
        }
        return ContentDigest(of: key.encoded).bytes
    }

    /// Copies the results that a run begins with, where it has none of its own and its state is a copy of that of the
    /// pipeline as written. False where nothing was copied.
    func beginWithCopy(_ results: ResultsDatabase, _ cache: Cache) -> Bool {
        guard cache.isNew, results.standsFor == nil, let last = try? cache.state.lastRunKey(),
            let seed = try? seed ?? standingResults(), let source = try? ResultsDatabase(at: seed),
            source.standsFor == last.description
        else { return false }
        do {
            try source.copy(to: results.path)
            return true
        } catch {
            // they are written from the cache
            return false
        }
    }

    /// The results of the pipeline as written, as its last run left them; nil where they are gone or others.
    private func standingResults() throws -> String? {
        let base = analysis.pipeline.name
        let folder = OutputFolder(
            scratch.map { "\($0)/outputs/\(base)" } ?? Pipeline.join(analysis.pipeline.projectFolder, "outputs/\(base)")
        )
        let path = folder.path(OutputFolder.results)
        guard let bytes = try place.openState(base).meta(OutputManifest.name),
            let manifest = try? OutputManifest(encoded: bytes),
            let stamp = manifest.stamps[OutputFolder.results], OutputManifest.stamp(path) == stamp
        else { return nil }
        return path
    }
}

/// Passes on how far a variant's run is. What is wrong with documents and files was told of the pipeline as written.
private struct VariantObserver: RunObserver {
    private let observer: any RunObserver

    init(_ observer: any RunObserver) { self.observer = observer }

    func tell(_ event: RunEvent) {
        switch event {
        case .store, .waiting, .setAside, .wrongDigests, .said, .progress, .tasks, .results: observer.tell(event)
        case .diagnostics, .resultsRenewed, .written, .unknownDecisions, .leftOut: break
        }
    }
}
