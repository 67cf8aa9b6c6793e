import Engine
import Foundation
import Model
import Results
import StageKit
import Store

/// In a store that projects share, the path of a project's folder sets its states apart from those of others. Where the
/// folder is moved, the project finds its states under the old path.
extension ProjectStore {
    /// The file beside a project's states that has the path of its folder.
    private static let note = "folder"

    /// Notes whose states these are.
    func noteFolder() {
        let path = "\(folder)/state/\(prefix)\(Self.note)"
        guard !prefix.isEmpty, FileWriting.contents(of: path) != Array(ownPath.utf8) else { return }
        // Without it, a project that is moved looks at every document again.
        try? FileWriting.makeFolder(Pipeline.folder(of: path))
        try? FileWriting.write(Array(ownPath.utf8), to: path)
    }

    /// A state that a project left whose folder is gone.
    struct StateLeft {
        var path: String
        var prefix: String
    }

    /// The state that this project left under an old path; nil where there is none.
    ///
    /// That it was this project is known from the results, which move with it: they name the run that left the state. A
    /// copy of a project whose original is still there has no state yet.
    func stateLeft(of outputName: String) -> StateLeft? {
        guard !prefix.isEmpty,
            let run = (try? ResultsDatabase(at: "\(project)/outputs/\(outputName)/\(OutputFolder.results)"))?.standsFor
        else { return nil }
        let states = "\(folder)/state"
        for name in ((try? FileManager.default.contentsOfDirectory(atPath: states)) ?? []).sorted() {
            let other = "\(name)/"
            let path = "\(states)/\(other)\(outputName).sqlite"
            guard other != prefix, FileWriting.size(of: path) != nil,
                let was = FileWriting.contents(of: "\(states)/\(other)\(Self.note)"),
                FileWriting.isGone(String(decoding: was, as: UTF8.self)),
                let key = try? openState(at: path).lastRunKey(), key.description == run
            else { continue }
            return StateLeft(path: path, prefix: other)
        }
        return nil
    }

    /// Takes over what was left, with the records of its runs; nothing is left in the old place.
    func take(_ left: StateLeft, as outputName: String, in store: ResultStore) throws(StoreProblem) {
        try openState(at: left.path).copy(to: path(ofState: outputName), without: [])
        try store.rename(runsOf: left.prefix + outputName, to: name(ofRuns: outputName))
        for end in ["", "-wal", "-shm"] { unlink(left.path + end) }
    }
}
