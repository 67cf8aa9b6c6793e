import Foundation
import Model
import Store

/// Where a run keeps what it need not compute again, and what it writes.
extension PipelineRun {
    var place: ProjectStore {
        let observer = observer
        let tell: @Sendable (StoreEvent) -> Void = { observer.tell(.store($0)) }
        guard let scratch else { return ProjectStore(of: analysis.pipeline, tell: tell) }
        return ProjectStore(project: analysis.pipeline.projectFolder, folder: Self.store(in: scratch), tell: tell)
    }

    /// Makes a temporary folder, which nobody else may look into: documents come into it. Who asked for it removes it.
    static func scratchFolder(for purpose: String) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "colophon-\(purpose)-\(UUID().uuidString)")
            .path
        guard mkdir(path, 0o700) == 0 else { throw FileWriteProblem(path: path, number: errno) }
        return path
    }

    /// The store of a run beside the project.
    static func store(in scratch: String) -> String { "\(scratch)/store" }

    var outputs: OutputFolder {
        OutputFolder(scratch.map { "\($0)/outputs/\(analysis.outputName)" } ?? analysis.outputFolder)
    }

    /// The lock; nil for a run that has none.
    var lockPath: String? {
        analysis.lockPath.map { path in scratch.map { "\($0)/\(analysis.pipeline.name).lock" } ?? path }
    }
}
