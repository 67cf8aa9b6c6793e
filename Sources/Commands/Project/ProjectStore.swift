import Digests
import StageKit
import Foundation
import Model
import Store

/// Where a project keeps what it need not compute again: `.colophon/` in the project, or the folder that the environment
/// variable `COLOPHON_STORE` names.
struct ProjectStore {
    let folder: String
    /// What sets this project's files apart in a store that projects share; empty in a store of its own.
    let prefix: String

    init(of pipeline: Pipeline) {
        let shared = ProcessInfo.processInfo.environment["COLOPHON_STORE"] ?? ""
        if shared.isEmpty {
            folder = Pipeline.join(pipeline.projectFolder, ".colophon")
            prefix = ""
        } else {
            folder = shared
            let path = URL(filePath: pipeline.projectFolder).standardizedFileURL.path
            prefix = String(ContentDigest(of: Array(path.utf8)).description.prefix(16)) + "/"
        }
    }

    /// The results and objects; what had to be put aside is said.
    func open() throws(StoreProblem) -> ResultStore {
        try ResultStore(folder: folder) { Terminal.error("warning: \($0) [damaged-store]") }
    }

    /// Where the last run of an output folder left off.
    func openState(_ outputName: String) throws(StoreProblem) -> StateDatabase {
        try StateDatabase(path: "\(folder)/state/\(prefix)\(outputName).sqlite") {
            Terminal.error("warning: \($0) [damaged-store]")
        }
    }
}
