import Digests
import Foundation
package import Model
import StageKit
package import Store

/// Where a project keeps what it need not compute again: `.colophon/` in the project, or the folder that the environment
/// variable `COLOPHON_STORE` names, relative to the project's folder unless it begins with `/`.
package struct ProjectStore: Sendable {
    package let folder: String
    /// The project's folder.
    package let project: String
    /// What sets this project's files apart in a store that projects share; empty in a store of its own.
    package let prefix: String
    /// The path of the project's folder from the root.
    let ownPath: String
    private let tell: @Sendable (StoreEvent) -> Void

    /// The store of the project that a pipeline belongs to. `tell` is told what stood in the way of what earlier runs kept.
    package init(of pipeline: Pipeline, tell: @escaping @Sendable (StoreEvent) -> Void) {
        self.init(project: pipeline.projectFolder, tell: tell)
    }

    /// The store of the project in the folder `project`.
    package init(
        project: String, environment: [String: String] = ProcessInfo.processInfo.environment,
        tell: @escaping @Sendable (StoreEvent) -> Void
    ) {
        self.project = project
        self.tell = tell
        let shared = environment["COLOPHON_STORE"] ?? ""
        ownPath = URL(filePath: project).standardizedFileURL.path
        if shared.isEmpty {
            folder = Pipeline.join(project, ".colophon")
            prefix = ""
        } else {
            // Seen from the project, not from the shell's folder: from wherever a run is started, it finds its store.
            folder = Pipeline.join(ownPath, shared)
            prefix = String(ContentDigest(of: Array(ownPath.utf8)).description.prefix(16)) + "/"
        }
    }

    /// A store of its own for the project in the folder `project`, kept in `folder`.
    init(project: String, folder: String, tell: @escaping @Sendable (StoreEvent) -> Void) {
        self.project = project
        self.folder = folder
        ownPath = URL(filePath: project).standardizedFileURL.path
        self.tell = tell
        prefix = ""
    }

    /// Whether there is a store: opening one makes it.
    package var isThere: Bool { FileWriting.size(of: ResultStore.path(in: folder)) != nil }

    /// The results and objects.
    package func open() throws(StoreProblem) -> ResultStore {
        try ResultStore(
            folder: folder, note: { tell(.damage([$0])) }, renewed: { tell(.renewed(folder: folder)) })
    }

    /// The results and objects, and where the last run of an output folder left off.
    ///
    /// A run with settings of its own goes on from the pipeline's own state, `base`, where it has none yet; who is only
    /// reading is given that one. A project that was moved goes on from the state that it left under its old path. Where
    /// nothing can be written, a run works without either: it looks at everything, and nothing is kept.
    package func open(
        for outputName: String, startingFrom base: String, isReading: Bool = false
    ) throws(StoreProblem) -> (store: ResultStore, state: StateDatabase) {
        do {
            let store = try open()
            if !isReading { noteFolder() }
            guard existing(outputName) == nil else { return (store, try openState(outputName)) }
            if let left = stateLeft(of: outputName) {
                if isReading { return (store, try openState(at: left.path)) }
                try take(left, as: outputName, in: store)
                return (store, try openState(outputName))
            }
            guard let base = existing(base) else { return (store, try openState(outputName)) }
            if isReading { return (store, try openState(at: base)) }
            try openState(at: base).copy(to: path(ofState: outputName), without: Publishing.ofOutputs)
            return (store, try openState(outputName))
        } catch StoreProblem.readOnly(let path) {
            tell(.readOnly(path: path))
            return (try ResultStore(folder: nil), try StateDatabase(path: nil))
        }
    }

    /// Where the last run of an output folder left off.
    package func openState(_ outputName: String) throws(StoreProblem) -> StateDatabase {
        try openState(at: path(ofState: outputName))
    }

    /// Whether an output folder was run before.
    func hasState(_ outputName: String) -> Bool { existing(outputName) != nil }

    /// Opens a state that is there.
    package func openState(at path: String) throws(StoreProblem) -> StateDatabase {
        try StateDatabase(
            path: path, note: { tell(.damage([$0])) }, renewed: { tell(.renewed(folder: folder)) })
    }

    /// The states that pipelines left in the store: each one's name and path, in order.
    package var states: [(name: String, path: String)] {
        let folder = "\(folder)/state"
        let found = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return found.filter { $0.hasSuffix(".sqlite") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
            (name: String($0.dropLast(".sqlite".count)), path: "\(folder)/\($0)")
        }
    }

    /// Whether a path of the file table is one of this project's, and there is no such file any more.
    package func isGone(_ path: String) -> Bool {
        guard path.hasPrefix(prefix) else { return false }
        return FileWriting.isGone("\(project)/\(path.dropFirst(prefix.count))")
    }

    /// The name under which the store keeps the records of the runs of an output folder.
    package func name(ofRuns outputName: String) -> String { prefix + outputName }

    func path(ofState outputName: String) -> String { "\(folder)/state/\(prefix)\(outputName).sqlite" }

    /// The folder of the snapshot that a pack brought for an output folder.
    func path(ofSnapshot outputName: String) -> String { "\(folder)/unpacked/\(prefix)\(outputName)" }

    /// The path of a state that is there.
    private func existing(_ outputName: String) -> String? {
        let path = path(ofState: outputName)
        return FileWriting.size(of: path) == nil ? nil : path
    }
}
