import Foundation
import Model
import Results
import StageKit
import Store

/// One side of a comparison: the results of a run, a lock, or a pack.
package enum ComparedSide: Sendable {
    /// The path of a results database.
    case results(String)
    case lock(Lock)
    case pack(PackedProject)

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
            guard lock.facts.contains(where: { $0.kind == .format }) else { throw Self.problem("'\(path)' is no lock") }
            self = .lock(lock)
        case "sqlite": self = .results(path)
        case "colophon": self = .pack(try PackedProject(path))
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

    /// Compares two sides: results with results, or lock with lock; a pack has both. The results of a pack have to be those
    /// that its lock names.
    package static func compare(_ old: ComparedSide, _ new: ComparedSide, jobs: Int) async throws -> Comparison {
        let (locks, results) = ([old, new].count(where: \.isLock), [old, new].count(where: \.isResults))
        guard locks == 0 || results == 0 else { throw problem("a lock can't be compared with results") }
        if results == 0, locks > 0 || [old, new].contains(where: \.isPackWithoutTexts) {
            return Comparison(LockDifference(from: try old.lock(), to: try new.lock()))
        }
        let scratch = try PipelineRun.scratchFolder(for: "diff")
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let sides = try await concurrentMap([(old, "before"), (new, "after")], jobs: jobs) { side, name in
            try side.results(standingAt: "\(scratch)/\(name).sqlite")
        }
        let databases = sides.compactMap(\.database)
        do {
            return try sides[0].reading { old throws in
                try sides[1].reading { new throws in
                    Comparison(
                        try ResultsComparison(from: old, to: new, locks: (old: sides[0].lock, new: sides[1].lock)))
                }
            }
        } catch let error as ResultsError {
            if let problem = databases.lazy.compactMap(\.problem).first { throw problem }
            guard !databases.isEmpty, error.kind != .full else { throw error }
            throw ProjectProblem.failure([Diagnostic(error.description, hint: PackedProject.hint, id: "pack")])
        }
    }

    /// Results that are compared.
    private struct Results {
        let path: String
        /// What is read at the path, where that is no file of its own; and what the lock says of it.
        var database: PiecedDatabase?
        var lock: LockedResults?

        func reading<Value>(_ body: (String) throws -> Value) throws -> Value {
            try database?.standing(at: path) { try body(path) } ?? body(path)
        }
    }

    private var isLock: Bool { if case .lock = self { true } else { false } }
    private var isResults: Bool { if case .results = self { true } else { false } }
    private var isPackWithoutTexts: Bool { if case .pack(let pack) = self { !pack.manifest.hasTexts } else { false } }

    private func lock() throws -> Lock {
        switch self {
        case .lock(let lock): lock
        case .pack(let pack): try pack.lock()
        case .results: throw Self.problem("a lock can't be compared with results")
        }
    }

    /// Its results; those of a pack stand at `path` while they are read.
    private func results(standingAt path: String) throws -> Results {
        switch self {
        case .results(let path): return Results(path: path)
        case .pack(let pack):
            let (database, lock) = try pack.results()
            guard FileManager.default.createFile(atPath: path, contents: nil) else {
                throw FileWriteProblem(path: path, number: errno)
            }
            return Results(path: path, database: database, lock: lock)
        case .lock: throw Self.problem("a lock can't be compared with results")
        }
    }
}
