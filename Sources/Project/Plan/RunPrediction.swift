package import Corpus
package import Engine
import Model
import Store

/// What a run of a pipeline would do now.
package struct RunPrediction: Sendable {
    package let prediction: Prediction
    /// The corpus as the run would find it.
    package let corpus: CorpusReading

    /// What the run of a variant would do; a problem with a setting is told at its place.
    package init(
        of variant: AnalysisVariant, jobs: Int, tell: @escaping @Sendable (StoreEvent) -> Void
    ) async throws {
        self = try await variant.placing { try await RunPrediction(of: variant.analysis, jobs: jobs, tell: tell) }
    }

    package init(of analysis: Analysis, jobs: Int, tell: @escaping @Sendable (StoreEvent) -> Void) async throws {
        let place = ProjectStore(of: analysis.pipeline, tell: tell)
        let (store, state) = try place.open(
            for: analysis.outputName, startingFrom: analysis.baseName, isReading: true)
        corpus = try await CorpusReading(
            CorpusReading.Request(analysis, prefix: place.prefix, store: store, jobs: jobs), store: store, jobs: jobs)
        try corpus.check(for: analysis.pipeline)
        let engine = Engine(
            plan: analysis.plan, store: store, state: state, project: analysis.pipeline.projectFolder, jobs: jobs)
        prediction = try engine.predict(over: corpus.tree)
        tell(.damage(store.takeDamage()))
    }
}
