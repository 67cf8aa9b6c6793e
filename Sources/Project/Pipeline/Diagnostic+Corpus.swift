package import Corpus
package import Model
import StageKit

extension Diagnostic {
    /// A warning about the metadata file or a pattern.
    package init(_ note: CorpusReading.Note, in pipeline: Pipeline) {
        let file = note.file.map { Pipeline.join(pipeline.projectFolder, $0) } ?? pipeline.path
        self.init(
            note.summary, hint: note.hint, id: note.code, severity: .warning,
            at: SourcePosition(file: file, line: note.line))
    }

    /// That no pattern of the corpus matches a file that can be read.
    package static func emptyCorpus(_ pipeline: Pipeline) -> Diagnostic {
        Diagnostic(
            "the corpus has no documents",
            hint: "'include' has to match files below '\(pipeline.projectFolder)', for example 'corpus/**/*.txt'.",
            id: "empty-corpus", at: SourcePosition(file: pipeline.path))
    }

    /// That a document is left out, and why.
    package init(_ left: LeftOut, in pipeline: Pipeline) {
        let stage = left.stage.isEmpty ? "" : " by '\(left.stage)'"
        self.init(
            "left out\(stage): \(left.failure.summary)", hint: left.failure.hint.map(Wording.sentence),
            id: left.failure.code, severity: .warning,
            at: SourcePosition(file: Pipeline.join(pipeline.projectFolder, left.id)))
    }
}
