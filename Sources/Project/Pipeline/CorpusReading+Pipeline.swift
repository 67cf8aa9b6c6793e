package import Corpus
package import Model

extension CorpusReading.Request {
    /// What a pipeline says of its corpus.
    package init(_ pipeline: Pipeline, prefix: String) {
        self.init(
            project: pipeline.projectFolder, include: pipeline.corpus.include, exclude: pipeline.corpus.exclude,
            metadata: pipeline.corpus.metadata, prefix: prefix)
    }
}
