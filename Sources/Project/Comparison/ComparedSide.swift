import Foundation
import Model
import Results
import Store

/// One side of a comparison: the results of a run, or a lock.
package enum ComparedSide: Sendable {
    /// The path of a results database.
    case results(String)
    case lock(Lock)

    /// What `path` names: a pipeline whose last results are meant, an output folder, a results database, or a lock.
    package init(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Self.problem("there is no '\(path)'")
        }
        if isFolder.boolValue {
            let results = OutputFolder(path).path(OutputFolder.results)
            guard FileManager.default.fileExists(atPath: results) else {
                throw Self.problem("the folder '\(path)' has no results (\(OutputFolder.results))")
            }
            self = .results(results)
            return
        }
        switch Pipeline.fileExtension(of: path).lowercased() {
        case "lock":
            guard let lock = Lock(at: path) else { throw Self.problem("the lock '\(path)' can't be read") }
            if let line = lock.conflict {
                throw Self.problem("the lock '\(path)' has the marks of a merge conflict in line \(line)")
            }
            self = .lock(lock)
        case "sqlite": self = .results(path)
        case "yaml", "yml": self = .results(try Analysis(path: path).lastResults().path)
        default: throw Self.problem("'\(path)' is neither a pipeline, an output folder nor a lock")
        }
    }

    private static func problem(_ message: String) -> ProjectProblem {
        .usage([
            Diagnostic(
                message, hint: "Give two pipelines, two output folders, two results.sqlite or two locks.",
                id: "not-comparable")
        ])
    }

    /// Compares two sides, which have to be of one kind.
    package static func compare(_ old: ComparedSide, _ new: ComparedSide) throws -> Comparison {
        switch (old, new) {
        case (.results(let old), .results(let new)): Comparison(try ResultsComparison(from: old, to: new))
        case (.lock(let old), .lock(let new)): Comparison(LockDifference(from: old, to: new))
        default: throw problem("a lock can't be compared with results")
        }
    }
}
