import Foundation
import Model
import Results
import Store

/// One side of a comparison: the results of a run, or a lock.
package enum ComparedSide: Sendable {
    /// The path of a results database.
    case results(String)
    case lock(Lock)
    case pack(PackedResults)

    /// What `path` names: a pipeline whose last results are meant, an output folder, a results database, a lock, or a pack.
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
        case "colophon": self = .pack(try PackedResults(path))
        case "yaml", "yml": self = .results(try Analysis(path: path).lastResults().path)
        default: throw Self.problem("'\(path)' is neither a pipeline, an output folder, a lock nor a pack")
        }
    }

    private static func problem(_ message: String) -> ProjectProblem {
        .usage([
            Diagnostic(
                message,
                hint: "Give two pipelines, two output folders, two results.sqlite, two locks or two packs (.colophon).",
                id: "not-comparable")
        ])
    }

    /// Compares two sides, which have to be of one kind.
    package static func compare(_ old: ComparedSide, _ new: ComparedSide) throws -> Comparison {
        switch (old, new) {
        case (.results(let old), .results(let new)): Comparison(try ResultsComparison(from: old, to: new))
        case (.lock(let old), .lock(let new)): Comparison(LockDifference(from: old, to: new))
        case (.pack(let old), .pack(let new)): try compare(old, new)
        case (.pack(let pack), .lock(let lock)): Comparison(LockDifference(from: try pack.lock(), to: lock))
        case (.lock(let lock), .pack(let pack)): Comparison(LockDifference(from: lock, to: try pack.lock()))
        case (.pack(let pack), .results(let path)):
            Comparison(try ResultsComparison(from: try pack.results(), to: ResultsExtract(of: path)))
        case (.results(let path), .pack(let pack)):
            Comparison(try ResultsComparison(from: ResultsExtract(of: path), to: try pack.results()))
        default: throw problem("a lock can't be compared with results")
        }
    }
}

extension ComparedSide {
    /// Compares what the results say where both packs have it, and else their locks.
    private static func compare(_ old: PackedResults, _ new: PackedResults) throws -> Comparison {
        guard old.hasResults, new.hasResults else {
            return Comparison(LockDifference(from: try old.lock(), to: try new.lock()))
        }
        if old.digest == new.digest { return Comparison(LockDifference(from: Lock([]), to: Lock([]))) }
        return Comparison(try ResultsComparison(from: try old.results(), to: try new.results()))
    }
}
