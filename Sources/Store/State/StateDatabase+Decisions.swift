import Foundation
internal import GRDB
package import StageKit
import Text

extension StateDatabase {
    /// Decisions by key: each is an element, with the count one.
    private static func decisions(of finish: StepID) -> String { "decisions \(finish.key)" }
    /// Decisions that are addressed to documents.
    private static func addressed(by finish: StepID) -> String { "addressed \(finish.key)" }
    /// What each row of the fold decided: an element is whether the decision is addressed, and its key.
    private static func owners(of finish: StepID) -> String { "owners \(finish.key)" }

    /// Replaces the decisions that belong to `owners` by `decisions`, and tells what moved.
    package func replace(
        _ decisions: [Decision], ownedBy owners: some Sequence<FoldKey>, finish: StepID
    ) throws(StoreProblem) -> MovedDecisions {
        try access { db in
            var owned: [SummaryEntry] = []
            try table(Self.owners(of: finish), in: db).entries(of: owners.sorted().map(\.bytes)) {
                owner, entry in
                owned.append(SummaryEntry(FoldKey(owner), Array(entry.element), -1))
            }
            var changes = DecisionRuns()
            for isAddressed in [false, true] {
                let keys = owned.filter { ($0.element.first == 1) == isAddressed }.map { Array($0.element.dropFirst()) }
                let table = self.table(isAddressed ? Self.addressed(by: finish) : Self.decisions(of: finish), in: db)
                try table.entries(of: keys.sorted { $0.precedes($1) }) { key, entry in
                    changes.add(SummaryEntry(FoldKey(key), Array(entry.element), -1), isAddressed: isAddressed)
                }
            }
            changes.owners = owned
            for decision in decisions { changes.add(decision) }
            return try apply(changes, finish: finish, in: db)
        }
    }

    /// One table of a finish with what takes the place of its entries, handed over to the one task that writes it.
    package struct Replacement: @unchecked Sendable {  // its pile belongs to it alone
        fileprivate enum Content { case owners, asked, addressed }

        fileprivate let state: StateDatabase
        fileprivate let name: String
        fileprivate let content: Content
        fileprivate let pile: EntryPile

        /// Writes the table, and tells which decisions moved.
        package func write() throws(StoreProblem) -> MovedDecisions {
            var moved = MovedDecisions()
            try state.replace(name, by: pile) { change in
                switch content {
                case .owners: break
                case .asked: moved.take(asked: change.entry.key)
                case .addressed: moved.take(addressed: change.entry.key)
                }
            }
            return moved
        }
    }

    /// What puts all decisions of a finish in the place of those that were there: its tables, which can be written side by
    /// side.
    package func replacing(by decisions: DecisionPile, finish: StepID) -> [Replacement] {
        [
            Replacement(state: self, name: Self.owners(of: finish), content: .owners, pile: decisions.owners),
            Replacement(state: self, name: Self.decisions(of: finish), content: .asked, pile: decisions.asked),
            Replacement(state: self, name: Self.addressed(by: finish), content: .addressed, pile: decisions.addressed),
        ]
    }

    /// Puts all decisions of a finish in the place of those that were there, and tells what moved.
    package func replaceAll(_ decisions: DecisionPile, finish: StepID) throws(StoreProblem) -> MovedDecisions {
        var moved = MovedDecisions()
        for table in replacing(by: decisions, finish: finish) { moved.formUnion(try table.write()) }
        return moved
    }

    fileprivate func replace(
        _ name: String, by pile: EntryPile, each: (PagedTable.Change) -> Void
    ) throws(StoreProblem) {
        if try access({ try table(name, in: $0).isEmpty }) {
            return try add(merge(of: pile), to: name, each: each)
        }
        try access { db in
            // Old and new together: what stays adds up to nothing.
            let table = self.table(name, in: db)
            try table.add(EntryMerge(runs: pile.take() + [try table.negated()]), each: each)
        }
    }

    private func apply(_ changes: DecisionRuns, finish: StepID, in db: Database) throws -> MovedDecisions {
        let runs = changes.encoded
        var moved = MovedDecisions()
        try table(Self.owners(of: finish), in: db).add(EntryMerge([runs.owners])) { _ in }
        try table(Self.decisions(of: finish), in: db).add(EntryMerge([runs.asked])) {
            moved.take(asked: $0.entry.key)
        }
        try table(Self.addressed(by: finish), in: db).add(EntryMerge([runs.addressed])) {
            moved.take(addressed: $0.entry.key)
        }
        return moved
    }

    /// The decisions on these keys; a key without one is missing from the answer.
    package func decisions(
        on keys: some Sequence<FoldKey>, finish: StepID
    ) throws(StoreProblem) -> [FoldKey: [UInt8]] {
        try access { db in
            var values: [FoldKey: [UInt8]] = [:]
            let table = self.table(Self.decisions(of: finish), in: db)
            try table.entries(of: keys.sorted().map(\.bytes)) { values[FoldKey($0)] = Array($1.element) }
            return values
        }
    }

    /// By document, the decisions that are addressed to it; a document without any is missing from the answer.
    package func decisions(
        to documents: [String], finish: StepID
    ) throws(StoreProblem) -> [String: [FoldKey: [UInt8]]] {
        let order = documents.map { (id: $0, prefix: Decision.prefix(addressing: $0)) }
            .sorted { $0.prefix.precedes($1.prefix) }
        return try access { db in
            var values: [String: [FoldKey: [UInt8]]] = [:]
            let table = self.table(Self.addressed(by: finish), in: db)
            try table.entries(prefixes: order.map(\.prefix)) { k, entry in
                values[order[k].id, default: [:]][FoldKey(Array(entry.key))] = Array(entry.element)
            }
            return values
        }
    }

    /// Every decision of a finish that is asked for by its key, in order of the keys.
    package func eachDecision(
        of finish: StepID, _ body: (_ key: FoldKey, _ value: [UInt8]) throws -> Void
    ) throws {
        var start: [UInt8]?
        while true {
            let pages = try access { db in
                try table(Self.decisions(of: finish), in: db).pages(after: start, limit: 64)
            }
            guard let last = pages.last else { return }
            for page in pages {
                let cursor = EntryCursor(page.entries)
                while try cursor.next() { try body(FoldKey(cursor.key), cursor.element) }
            }
            start = last.start
        }
    }

    /// Takes out all decisions of a finish.
    package func clear(finish: StepID) throws(StoreProblem) {
        try access { db in
            for name in [Self.owners(of: finish), Self.decisions(of: finish), Self.addressed(by: finish)] {
                try table(name, in: db).clear()
            }
        }
    }
}

/// Decisions that are no longer what they were.
package struct MovedDecisions: Sendable, Equatable {
    /// Keys that are asked for.
    package private(set) var keys: Set<FoldKey> = []
    /// Ids of documents to which other decisions are addressed than before.
    package private(set) var documents: Set<String> = []
    /// How many decisions moved.
    package private(set) var count = 0
    private var last: [UInt8] = []
    private var lastDocument: [UInt8] = []

    package init() {}

    /// Whether nothing moved.
    package var isEmpty: Bool { count == 0 }

    /// Takes in the decisions that moved in another way of the same run.
    package mutating func formUnion(_ other: MovedDecisions) {
        keys.formUnion(other.keys)
        documents.formUnion(other.documents)
        count += other.count
    }

    /// A decision that has another value is told twice, one after the other: as gone and as come.
    fileprivate mutating func take(asked key: UnsafeBufferPointer<UInt8>) {
        guard isAnother(key) else { return }
        keys.insert(FoldKey(last))
    }

    fileprivate mutating func take(addressed key: UnsafeBufferPointer<UInt8>) {
        guard isAnother(key) else { return }
        // The decisions to one document stand one after the other.
        let id = key.prefix { $0 != 0 }
        guard !id.elementsEqual(lastDocument) else { return }
        lastDocument = Array(id)
        documents.insert(String(decoding: id, as: UTF8.self))
    }

    private mutating func isAnother(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == 0 || last.withUnsafeBufferPointer({ $0.order(to: key) != 0 }) else { return false }
        last = Array(key)
        count += 1
        return true
    }

    package static func == (a: MovedDecisions, b: MovedDecisions) -> Bool {
        a.keys == b.keys && a.documents == b.documents && a.count == b.count
    }
}

/// Decisions on their way into the tables of the state.
package struct DecisionRuns {
    fileprivate var owners: [SummaryEntry] = []
    private var asked: [SummaryEntry] = []
    private var addressed: [SummaryEntry] = []

    package init() {}

    /// Adds a decision that is there from now on.
    package mutating func add(_ decision: Decision) {
        let isAddressed = decision.addressee != nil
        owners.append(SummaryEntry(decision.owner, [isAddressed ? 1 : 0] + decision.key.bytes))
        add(SummaryEntry(decision.key, decision.value), isAddressed: isAddressed)
    }

    fileprivate mutating func add(_ entry: SummaryEntry, isAddressed: Bool) {
        if isAddressed { addressed.append(entry) } else { asked.append(entry) }
    }

    /// Sorted lists for each of the three tables.
    package struct Encoded: Sendable {
        package let owners: [UInt8]
        package let asked: [UInt8]
        package let addressed: [UInt8]
    }

    package var encoded: Encoded {
        Encoded(
            owners: Summary(owners).encoded, asked: Summary(asked).encoded, addressed: Summary(addressed).encoded)
    }
}

/// All decisions of a finish, gathered before they take the place of the old ones.
package struct DecisionPile {
    fileprivate let owners, asked, addressed: EntryPile

    /// No decisions yet, for `state`.
    package init(of state: StateDatabase) {
        owners = EntryPile(of: state)
        asked = EntryPile(of: state)
        addressed = EntryPile(of: state)
    }

    /// Adds what ``DecisionRuns`` made.
    package func add(_ runs: DecisionRuns.Encoded) throws {
        try owners.add([runs.owners])
        try asked.add([runs.asked])
        try addressed.add([runs.addressed])
    }
}
