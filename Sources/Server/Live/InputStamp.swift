import Corpus
import Foundation
import Model
import Project
import Store

/// The state of all files that a run depends on, as the file system tells it: sizes and times of the pipeline and what it
/// names, and of every document. Two stamps differ when something was saved in between.
struct InputStamp: Equatable {
    private let files: [String: FileStamp?]
    private let documents: [FoundFile]

    /// The stamp of a pipeline that could be read.
    init(_ analysis: Analysis) {
        let pipeline = analysis.pipeline
        files = Self.stamps(analysis.files)
        documents =
            FolderWalk(
                project: pipeline.projectFolder, include: pipeline.corpus.include.map { Glob($0) },
                exclude: pipeline.corpus.exclude.map { Glob($0, .hidden) }
            ).files
    }

    /// The stamp of a pipeline that can't be read: it changes when its file does, or one that it was read from before.
    init(unreadable path: String, _ last: Analysis?) {
        files = Self.stamps((last?.files ?? []) + [path])
        documents = []
    }

    private static func stamps(_ paths: [String]) -> [String: FileStamp?] {
        Dictionary(paths.map { ($0, FileStamp(path: $0)) }, uniquingKeysWith: { first, _ in first })
    }
}
