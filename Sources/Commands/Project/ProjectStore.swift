import Digests
import StageKit
import Foundation
import Model
import Store

/// Where a project keeps what it need not compute again: `.colophon/` in the project, or the folder that the environment
/// variable `COLOPHON_STORE` names.
struct ProjectStore {
    let folder: String
    /// The project's folder.
    let project: String
    /// What sets this project's files apart in a store that projects share; empty in a store of its own.
    let prefix: String

    init(of pipeline: Pipeline) { self.init(project: pipeline.projectFolder) }

    /// The store of the project in the folder `project`.
    init(project: String) {
        self.project = project
        let shared = ProcessInfo.processInfo.environment["COLOPHON_STORE"] ?? ""
        if shared.isEmpty {
            folder = Pipeline.join(project, ".colophon")
            prefix = ""
        } else {
            folder = shared
            let path = URL(filePath: project).standardizedFileURL.path
            prefix = String(ContentDigest(of: Array(path.utf8)).description.prefix(16)) + "/"
        }
    }

    /// The results and objects; what had to be put aside is said.
    func open() throws(StoreProblem) -> ResultStore {
        try ResultStore(folder: folder) { Terminal.error("warning: \($0) [damaged-store]") }
    }

    /// The results and objects, and where the last run of an output folder left off.
    ///
    /// Where nothing can be written, a run works without either: it looks at everything, and nothing is kept.
    func open(for outputName: String) throws(StoreProblem) -> (store: ResultStore, state: StateDatabase) {
        do {
            return (try open(), try openState(outputName))
        } catch StoreProblem.readOnly(let path) {
            Terminal.error(
                "warning: '\(path)' is not writable: everything is recomputed, and nothing is kept for the next run. Set "
                    + "COLOPHON_STORE to a writable folder. [read-only-store]")
            return (try ResultStore(folder: nil), try StateDatabase(path: nil))
        }
    }

    /// Where the last run of an output folder left off.
    func openState(_ outputName: String) throws(StoreProblem) -> StateDatabase {
        try openState(at: "\(folder)/state/\(prefix)\(outputName).sqlite")
    }
}
