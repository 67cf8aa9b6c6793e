import StageKit
import Store

/// The decisions that joins ask for, as they stood at the last border between passes.
struct DecisionTable: Sendable {
    /// By finish: all its decisions that are asked for by key; a finish that is missing is asked in the state instead.
    private var loaded: [StepID: [FoldKey: [UInt8]]] = [:]
    /// Where decisions are looked up that are not at hand; nil where all are.
    private let state: StateDatabase?
    /// By finish and document, the decisions that are addressed to it, where there is no state.
    private var addressed: [StepID: [String: [FoldKey: [UInt8]]]] = [:]

    /// The decisions in `state`; those of `finishes` are read at once, for runs over many documents.
    init(_ state: StateDatabase, loading finishes: [StepID] = []) throws {
        self.state = state
        for finish in finishes {
            var decisions: [FoldKey: [UInt8]] = [:]
            try state.eachDecision(of: finish) { decisions[$0] = $1 }
            loaded[finish] = decisions
        }
    }

    /// Decisions that are all at hand: `loaded` by finish, and those that are `addressed` to documents.
    init(
        _ loaded: [StepID: [FoldKey: [UInt8]]], addressed: [StepID: [String: [FoldKey: [UInt8]]]]
    ) {
        self.loaded = loaded
        self.addressed = addressed
        state = nil
    }

    /// The decision on each key, nil for a key without one, beside those that are addressed to the document.
    func answers(
        to keys: [FoldKey], addressed: [FoldKey: [UInt8]], finish: StepID
    ) throws(StoreProblem) -> [FoldKey: [UInt8]?] {
        var answers: [FoldKey: [UInt8]?] = addressed.mapValues { .some($0) }
        if let all = loaded[finish] {
            for key in keys { answers[key] = .some(all[key]) }
        } else if !keys.isEmpty {
            let found = try state?.decisions(on: keys, finish: finish) ?? [:]
            for key in keys { answers[key] = .some(found[key]) }
        }
        return answers
    }

    /// By document, the decisions of a finish that are addressed to it.
    func addressed(
        to documents: [String], by finish: StepID?
    ) throws(StoreProblem) -> [String: [FoldKey: [UInt8]]] {
        guard let finish else { return [:] }
        guard let state else { return addressed[finish] ?? [:] }
        return try state.decisions(to: documents, finish: finish)
    }
}
