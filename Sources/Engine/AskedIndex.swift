import StageKit
import Store

/// Which documents' joins asked for which keys, while a run brings the index up to date.
struct AskedIndex {
    private let state: StateDatabase
    private var pending: [StepID: EntryPile] = [:]

    init(_ state: StateDatabase) { self.state = state }

    /// A document asks for other keys than before, by join.
    mutating func move(_ id: String, from old: [StepID: [UInt64]], to new: [StepID: [UInt64]]) throws {
        guard old != new else { return }
        for step in Set(old.keys).union(new.keys) {
            let before = Set(old[step] ?? []), after = Set(new[step] ?? [])
            let entries =
                before.subtracting(after).map { StateDatabase.askedEntry($0, by: id, count: -1) }
                + after.subtracting(before).map { StateDatabase.askedEntry($0, by: id, count: 1) }
            let pile = pending[step] ?? EntryPile(of: state)
            pending[step] = pile
            try pile.add([Summary(entries).encoded])
        }
    }

    /// Writes all of it.
    mutating func write() throws {
        for (step, pile) in pending.sorted(by: { $0.key < $1.key }) { try state.add(asked: pile, step: step) }
        pending = [:]
    }
}
