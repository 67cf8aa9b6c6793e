import CleanStage
package import Corpus
import Engine
import Formats
import Model
import StageKit
package import Store

extension CorpusReading.Request {
    /// What the pipeline of `analysis` says of its corpus. What documents say of themselves is found by the stage `clean`,
    /// if it has one, and kept in `store`.
    package init(_ analysis: Analysis, prefix: String, store: ResultStore, jobs: Int) {
        let pipeline = analysis.pipeline
        let heads = DocumentHeads(
            analysis.plan, layer: CleanStage.page, project: pipeline.projectFolder,
            read: { try CleanStage.metadata(of: $0) })
        var asked: CorpusReading.Request.Heads?
        if let heads { asked = { try await heads.heads(of: $0, store: store, jobs: jobs) } }
        self.init(
            project: pipeline.projectFolder, include: pipeline.corpus.include, exclude: pipeline.corpus.exclude,
            metadata: pipeline.corpus.metadata, conditions: pipeline.corpus.conditions, prefix: prefix,
            columns: FormatReader.Columns(pipeline.corpus.columns),
            heads: asked)
    }
}

extension CorpusReading {
    /// What is wrong with the conditions of the pipeline, with the lines that it is about.
    func problems(in pipeline: Pipeline) -> [Diagnostic] { problems.map(pipeline.withLine) }

    /// Throws a `ProjectProblem` where the conditions of the pipeline can't be used.
    func check(for pipeline: Pipeline) throws {
        guard problems.isEmpty else { throw ProjectProblem.usage(problems(in: pipeline)) }
    }
}
