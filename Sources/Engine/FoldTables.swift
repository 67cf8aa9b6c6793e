import Digests
import StageKit
import Store

/// The tables of the folds while a run brings them up to date: what has to be added is gathered and written in order.
struct FoldTables {
    private let state: StateDatabase
    private var digests: [String: SetDigest] = [:]
    private var current: Set<String> = []
    private var broken: Set<String> = []
    private var pending: [String: [SummaryEntry]] = [:]
    private var moved: [String: Set<FoldKey>] = [:]

    /// Entries that are gathered before they are written.
    private static let most = 400_000

    init(_ state: StateDatabase) { self.state = state }

    /// Takes over the tables of the last run where the fold is still the same.
    mutating func begin(_ last: LastRun, plan: RunPlan) {
        for fold in plan.folds {
            if last.steps[fold.name] == plan.digests[fold.name], let digest = last.tables[fold.name] {
                current.insert(fold.name)
                digests[fold.name] = digest
            } else {
                broken.insert(fold.name)
            }
        }
    }

    /// Whether the table stands for the last run's corpus, so that a difference brings it up to date.
    func isCurrent(_ fold: String) -> Bool { current.contains(fold) }

    /// Whether it need not be put together from nothing.
    func isSound(_ fold: String) -> Bool { !broken.contains(fold) }

    /// Its digest.
    func digest(of fold: String) -> SetDigest { digests[fold] ?? SetDigest() }

    /// A summary is lost that the table still holds: it has to be put together again.
    mutating func lose(_ fold: String) { broken.insert(fold) }

    /// Adds entries, whose counts may be negative.
    mutating func add(_ entries: [SummaryEntry], to fold: String) throws(StoreProblem) {
        guard isSound(fold) else { return }
        pending[fold, default: []] += entries
        if pending[fold, default: []].count > Self.most { try flush(fold) }
    }

    /// Writes what is pending and tells which keys moved since ``begin(_:plan:)``.
    mutating func close(_ fold: String) throws(StoreProblem) -> Set<FoldKey> {
        try flush(fold)
        return moved[fold] ?? []
    }

    /// Puts a table together from the summaries of all documents. Every key counts as moved.
    mutating func rebuild(_ fold: String, store: ResultStore, removed: Set<String>) throws {
        var keys: Set<FoldKey> = []
        try state.eachRow(of: fold) { keys.insert($0.key) }
        try state.clear(fold: fold)
        broken.remove(fold)
        pending[fold] = nil
        digests[fold] = SetDigest()
        moved[fold] = keys
        var summaries: [ContentDigest] = []
        try state.eachDocument { id, document in
            guard !removed.contains(id), let ran = document.steps[fold] else { return }
            summaries += ran.result.outputs.map(\.digest)
        }
        for digest in summaries {
            guard let bytes = try store.object(digest), let summary = try? Summary(encoded: bytes) else {
                throw EngineProblem.lostSummary(fold: fold)
            }
            try add(summary.entries, to: fold)
        }
    }

    private mutating func flush(_ fold: String) throws(StoreProblem) {
        guard let entries = pending.removeValue(forKey: fold), !entries.isEmpty else { return }
        var digest = digest(of: fold)
        moved[fold, default: []].formUnion(try state.add(Summary(entries).entries, to: fold, digest: &digest))
        digests[fold] = digest
    }
}

/// What keeps the engine from finishing a run.
package enum EngineProblem: Error, Equatable {
    /// A summary that a table is made of is neither in the store nor to be had again in this run.
    case lostSummary(fold: String)
}
