package import Engine
package import StageKit

/// Why documents ran through steps, as far back as somebody's doing: that a layer is another says little when it is
/// another because its document was edited.
package struct RootCauses {
    private let log: [StepID: [RunLog.Ran]]
    private let writers: [LayerName: StepID]
    private let edited: Set<String>
    /// By step, the first cause of each of its documents; made for the steps that are asked for.
    private var known: [StepID: [String: Cause]] = [:]

    /// The causes of `log`, by step, in a run of `steps` that found the documents `edited` to be others than before.
    package init(_ log: [StepID: [RunLog.Ran]], steps: [Step], edited: [String]) {
        self.log = log
        self.edited = Set(edited)
        var writers: [LayerName: StepID] = [:]
        for step in steps { for layer in step.contract.writes { writers[layer] = step.id } }
        self.writers = writers
    }

    /// What is nearest to the user's doing of why a step ran over a document.
    package mutating func root(of ran: RunLog.Ran) -> Cause {
        let first = ran.causes.first ?? .lost
        var cause = first
        var passed: Set<LayerName> = []
        while case .layer(let layer) = cause, passed.insert(layer).inserted, let writer = writers[layer] {
            // A step that did not run gave another result that was kept: of a text that the document had before.
            cause = reason(of: writer, for: ran.document) ?? (edited.contains(ran.document) ? .edited : first)
        }
        return switch cause {
        case .new, .edited, .readmitted, .fact: cause
        default: first
        }
    }

    private mutating func reason(of step: StepID, for document: String) -> Cause? {
        if known[step] == nil {
            known[step] = Dictionary(
                (log[step] ?? []).map { ($0.document, $0.causes.first ?? .lost) },
                uniquingKeysWith: { first, _ in first })
        }
        return known[step]?[document]
    }
}
