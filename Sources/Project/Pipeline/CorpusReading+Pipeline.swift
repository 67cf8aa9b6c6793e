package import Corpus
import Formats
package import Model

extension CorpusReading.Request {
    /// What a pipeline says of its corpus.
    package init(_ pipeline: Pipeline, prefix: String) {
        self.init(
            project: pipeline.projectFolder, include: pipeline.corpus.include, exclude: pipeline.corpus.exclude,
            metadata: pipeline.corpus.metadata, conditions: pipeline.corpus.conditions, prefix: prefix,
            columns: FormatReader.Columns(pipeline.corpus.columns))
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
