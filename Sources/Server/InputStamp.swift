import Corpus
import Foundation
import Model

/// The state of all files that a run depends on, as the file system tells it: sizes and times of the pipeline and what it
/// names, and of every document. Two stamps differ when something was saved in between.
struct InputStamp: Equatable {
    private let files: [String: [Int]]
    private let documents: [FoundFile]

    /// The stamp of a pipeline that could be read.
    init(_ pipeline: Pipeline) {
        let named =
            [pipeline.notebook, pipeline.decisions, pipeline.corpus.metadata].compactMap { $0 }
            + pipeline.inputs.map(\.path)
        files = Self.stamps(named.map { Pipeline.join(pipeline.projectFolder, $0) } + [pipeline.path])
        documents =
            FolderWalk(
                project: pipeline.projectFolder, include: pipeline.corpus.include.map { Glob($0) },
                exclude: pipeline.corpus.exclude.map { Glob($0, .hidden) }
            ).files
    }

    /// The stamp of a pipeline that can't be read: it changes when the file does, or one that it was read from before.
    init(unreadable path: String, _ last: Pipeline?) {
        let inputs = last.map { last in last.inputs.map { Pipeline.join(last.projectFolder, $0.path) } } ?? []
        files = Self.stamps(inputs + [path])
        documents = []
    }

    private static func stamps(_ paths: [String]) -> [String: [Int]] {
        var stamps: [String: [Int]] = [:]
        for path in paths {
            var info = stat()
            stamps[path] =
                stat(path, &info) == 0
                ? [Int(info.st_size), Int(info.st_mtim.tv_sec), Int(info.st_mtim.tv_nsec), Int(info.st_ino)] : []
        }
        return stamps
    }
}
