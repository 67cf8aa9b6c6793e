import Digests
import StageKit
import Foundation
import Model
import Store
import Synchronization

/// Where a project keeps what it need not compute again: `.colophon/` in the project, or the folder that the environment
/// variable `COLOPHON_STORE` names, relative to the project's folder unless it begins with `/`.
struct ProjectStore {
    let folder: String
    /// The project's folder.
    let project: String
    /// What sets this project's files apart in a store that projects share; empty in a store of its own.
    let prefix: String

    init(of pipeline: Pipeline) { self.init(project: pipeline.projectFolder) }

    /// The store of the project in the folder `project`.
    init(project: String, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.project = project
        let shared = environment["COLOPHON_STORE"] ?? ""
        if shared.isEmpty {
            folder = Pipeline.join(project, ".colophon")
            prefix = ""
        } else {
            let path = URL(filePath: project).standardizedFileURL.path
            // Seen from the project, not from the shell's folder: from wherever a run is started, it finds its store.
            folder = Pipeline.join(path, shared)
            prefix = String(ContentDigest(of: Array(path.utf8)).description.prefix(16)) + "/"
        }
    }

    /// Whether there is a store: opening one makes it.
    var isThere: Bool { FileWriting.size(of: ResultStore.path(in: folder)) != nil }

    /// The results and objects; what had to be put aside is said.
    func open() throws(StoreProblem) -> ResultStore {
        try ResultStore(
            folder: folder, note: { Terminal.error("warning: \($0) [damaged-store]") }, renewed: tellRenewed)
    }

    private static let isRenewalTold = Mutex(false)

    /// Says once that what an earlier release kept can't be used, and that all of it is computed again.
    func tellRenewed() {
        let isFirst = Self.isRenewalTold.withLock { isTold in
            defer { isTold = true }
            return !isTold
        }
        guard isFirst else { return }
        Terminal.error(
            "note: what an earlier release kept in '\(folder)' can't be used by this one: it is begun anew [renewed-store]"
        )
    }

    /// The results and objects, and where the last run of an output folder left off.
    ///
    /// A run with settings of its own goes on from the pipeline's own state, `base`, where it has none yet; who is only
    /// reading is given that one. Where nothing can be written, a run works without either: it looks at everything, and nothing is kept.
    func open(
        for outputName: String, startingFrom base: String, isReading: Bool = false
    ) throws(StoreProblem) -> (store: ResultStore, state: StateDatabase) {
        do {
            let store = try open()
            guard let base = existing(base), existing(outputName) == nil else {
                return (store, try openState(outputName))
            }
            if isReading { return (store, try openState(at: base)) }
            let facts: Set<String> = [OutputManifest.name, Publishing.report]
            try openState(at: base).copy(to: path(ofState: outputName), without: facts)
            return (store, try openState(outputName))
        } catch StoreProblem.readOnly(let path) {
            Terminal.error(
                "warning: '\(path)' is not writable: everything is recomputed, and nothing is kept for the next run. Set "
                    + "COLOPHON_STORE to a writable folder. [read-only-store]")
            return (try ResultStore(folder: nil), try StateDatabase(path: nil))
        }
    }

    /// Where the last run of an output folder left off.
    func openState(_ outputName: String) throws(StoreProblem) -> StateDatabase {
        try openState(at: path(ofState: outputName))
    }

    private func path(ofState outputName: String) -> String { "\(folder)/state/\(prefix)\(outputName).sqlite" }

    /// The path of a state that is there.
    private func existing(_ outputName: String) -> String? {
        let path = path(ofState: outputName)
        return FileWriting.size(of: path) == nil ? nil : path
    }
}
