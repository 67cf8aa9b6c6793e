import Foundation
import Model
package import Results
import StageKit
import Store

/// What came out when a pipeline was run from its documents alone, beside what its lock says.
package struct LockVerification: Sendable {
    /// The lock's path.
    package let path: String
    package let documents: Int
    /// How the lock of the new run differs from the one that is there.
    package let difference: LockDifference
    /// The first row that differs from the results of the last run; nil where nothing differs, or where there are no
    /// results that the lock is about.
    package let first: FirstDifference?

    /// Runs the pipeline in a folder of its own, with nothing cached, and removes the folder.
    package init(of analysis: Analysis, jobs: Int, observer: any RunObserver) async throws {
        guard let path = analysis.lockPath else {
            throw ProjectProblem.usage([
                Diagnostic("a run with '--set' has no lock", hint: "Leave out '--set'.", id: "no-lock")
            ])
        }
        let lock = try Lock(of: analysis, at: path)
        self.path = path
        let scratch = try PipelineRun.scratchFolder(for: "verify")
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let run = PipelineRun(analysis, jobs: jobs, scratch: scratch, observer: observer)
        documents = try await run.run().record.documents
        guard let made = run.lockPath.flatMap({ Lock(at: $0) }) else {
            throw FileWriteProblem(path: scratch, reason: "the run left no lock there")
        }
        difference = LockDifference(from: lock, to: made)
        let last = try? analysis.lastResults()
        // Somebody may have changed the results, or brought them along: their rows are what the lock is about, or they are not.
        let isOfLock = try last?.recomputedDigests().mapValues(\.description) == lock.tables
        first = try last.flatMap { last in
            isOfLock ? try FirstDifference(from: last.path, to: run.outputs.path(OutputFolder.results)) : nil
        }
    }

    /// Whether tables and report are those of the lock.
    package var isSame: Bool { !difference.changes.contains { $0.kind.isResult } }

    /// The tables with other rows than the lock says, by name.
    package var changedTables: [String] { difference.changes.filter { $0.kind == .table }.map(\.name) }
}

extension Lock {
    /// The lock at `path`, as long as this release can compare with it; throws a `ProjectProblem` otherwise.
    init(of analysis: Analysis, at path: String) throws {
        guard let lock = Lock(at: path) else {
            throw ProjectProblem.difference([.noLock(path, run: analysis.command("run"))])
        }
        if let line = lock.conflict {
            throw ProjectProblem.difference([
                .conflict(at: SourcePosition(file: path, line: line), isFrozen: true)
            ])
        }
        guard lock.isCurrent else {
            throw ProjectProblem.difference([.oldLock(path, run: analysis.command("run"))])
        }
        self = lock
    }
}
