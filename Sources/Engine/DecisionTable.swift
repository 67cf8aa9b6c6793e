import StageKit
import Store

/// The decisions that joins ask for, as they stood at the last border between passes.
struct DecisionTable: Sendable {
    /// By finish: all its decisions; a finish that is missing is asked in the state instead.
    private var loaded: [String: [FoldKey: [UInt8]]] = [:]
    private let state: StateDatabase

    /// The decisions in `state`; those of `finishes` are read at once, for runs over many documents.
    init(_ state: StateDatabase, loading finishes: [String] = []) throws(StoreProblem) {
        self.state = state
        for finish in finishes {
            loaded[finish] = Dictionary(
                try state.decisions(of: finish).map { ($0.key, $0.value) }, uniquingKeysWith: { a, _ in a })
        }
    }

    /// The decision on each key, nil for a key without one.
    func answers(to keys: [FoldKey], finish: String) -> [FoldKey: [UInt8]?] {
        let found: [FoldKey: [UInt8]]
        if let all = loaded[finish] {
            found = Dictionary(keys.compactMap { key in all[key].map { (key, $0) } }, uniquingKeysWith: { a, _ in a })
        } else {
            found = (try? state.decisions(on: keys, finish: finish)) ?? [:]
        }
        return Dictionary(keys.map { ($0, found[$0]) }, uniquingKeysWith: { a, _ in a })
    }
}
