import Digests
package import StageKit
import Store

/// Which rows of a fold's table a run moved.
package struct MovedRows: Sendable, Equatable {
    /// Their keys; without meaning when ``isAll`` holds.
    package private(set) var keys: Set<FoldKey> = []
    /// Whether the whole table is to be taken for moved: it was put together anew, or too much of it moved to be told
    /// row by row.
    package private(set) var isAll = false
    /// How many rows moved.
    package private(set) var count = 0

    /// No more keys than this are kept in memory.
    private static let most = 200_000

    package init() {}

    /// Takes in a key that was not taken in before.
    mutating func insert(_ key: UnsafeBufferPointer<UInt8>) {
        count += 1
        guard !isAll else { return }
        keys.insert(FoldKey(Array(key)))
        if keys.count > Self.most { takeAll() }
    }

    mutating func takeAll() {
        isAll = true
        keys = []
    }
}

/// The tables of the folds while a run brings them up to date: what has to be added is gathered and written in order.
struct FoldTables {
    private let state: StateDatabase
    private var digests: [StepID: SetDigest] = [:]
    private var current: Set<StepID> = []
    private var broken: Set<StepID> = []
    private var pending: [StepID: EntryPile] = [:]
    private var moved: [StepID: MovedRows] = [:]

    init(_ state: StateDatabase) { self.state = state }

    /// Takes over the tables of the last run where the fold is still the same; others begin empty, and every document
    /// adds to them again.
    mutating func begin(_ last: LastRun, plan: RunPlan) throws {
        for fold in plan.folds {
            if last.steps[fold.id] == plan.digests[fold.id], let digest = last.tables[fold.id] {
                current.insert(fold.id)
                digests[fold.id] = digest
            } else {
                try state.clear(fold: fold.id)
                moved[fold.id, default: MovedRows()].takeAll()
            }
        }
    }

    /// Whether the table stands for the last run's corpus, so that a difference brings it up to date.
    func isCurrent(_ fold: StepID) -> Bool { current.contains(fold) }

    /// Whether what was added makes the table, so that it need not be put together from the store.
    func isSound(_ fold: StepID) -> Bool { !broken.contains(fold) }

    /// Its digest.
    func digest(of fold: StepID) -> SetDigest { digests[fold] ?? SetDigest() }

    /// A summary is lost that the table still holds: it has to be put together again.
    mutating func lose(_ fold: StepID) { broken.insert(fold) }

    /// Adds sorted lists of entries, whose counts may be negative.
    mutating func add(_ runs: [[UInt8]], to fold: StepID) throws {
        guard isSound(fold) else { return }
        let pile = pending[fold] ?? EntryPile(of: state)
        pending[fold] = pile
        try pile.add(runs)
    }

    /// What is pending for one table, handed over to the one task that writes it.
    struct Closing: @unchecked Sendable {
        fileprivate let fold: StepID
        fileprivate let state: StateDatabase
        fileprivate let pile: EntryPile
        fileprivate let digest: SetDigest
        fileprivate let rows: MovedRows

        /// Writes it.
        func write() throws -> Self {
            var (digest, rows) = (digest, rows)
            try state.add(pile, to: fold, digest: &digest) { rows.insert($0) }
            return Closing(fold: fold, state: state, pile: pile, digest: digest, rows: rows)
        }
    }

    /// Writes what is pending for `folds`, for several of them at once, and tells which rows of each moved since
    /// ``begin(_:plan:)``.
    mutating func close(_ folds: [StepID], jobs: Int) async throws -> [StepID: MovedRows] {
        var rows: [StepID: MovedRows] = [:]
        var closing: [Closing] = []
        for fold in folds {
            rows[fold] = moved[fold] ?? MovedRows()
            if let table = takePending(fold) { closing.append(table) }
        }
        for written in try await concurrentMap(closing, jobs: jobs, { try $0.write() }) {
            digests[written.fold] = written.digest
            rows[written.fold] = written.rows
        }
        return rows
    }

    /// Writes what is pending for one table: that takes no task.
    mutating func close(_ fold: StepID) throws {
        if let table = takePending(fold) { digests[fold] = try table.write().digest }
    }

    private mutating func takePending(_ fold: StepID) -> Closing? {
        guard let pile = pending.removeValue(forKey: fold), !pile.isEmpty else { return nil }
        return Closing(
            fold: fold, state: state, pile: pile, digest: digest(of: fold), rows: moved[fold] ?? MovedRows())
    }

    /// Empties a table that is to be put together again from the summaries of all documents. Every key counts as moved.
    mutating func restart(_ fold: StepID) throws {
        try state.clear(fold: fold)
        broken.remove(fold)
        pending[fold] = nil
        digests[fold] = SetDigest()
        moved[fold, default: MovedRows()].takeAll()
    }
}

/// What keeps the engine from finishing a run.
package enum EngineProblem: Error, Equatable {
    /// A summary that a table is made of is neither in the store nor to be had again in this run.
    case lostSummary(fold: StepID)
    /// A layer of a program of the user's own is no longer in the store, and only the program can give it again.
    case lostLayer(LayerName)
}
