import Digests
package import Model
package import StageKit
package import Store

/// A state that another machine left, and what follows from it here.
extension StateDatabase {
    /// The fact that stands in a state whose results may not be in the store, but in the shared cache it came from.
    package static let lacking = "lacking"

    /// Whether the store may lack results that this state names.
    package var isLacking: Bool { get throws { try meta(Self.lacking) != nil } }
}

extension RunPlan {
    /// The keys of all results of a state that came from elsewhere; nil where it is not one that the run `runKey` over
    /// `tree` leaves.
    ///
    /// Every document has to be there with the content it has here, and every result of a map or a fold under the key that
    /// the document and the options give here. The keys of joins take their layers to be made: `colophon verify`
    /// makes them.
    package func keys(
        of state: StateDatabase, over tree: CorpusTree, runKey: ContentDigest
    ) throws -> [ContentDigest]? {
        let last = try LastRun(state)
        guard last.runKey == runKey, last.root == tree.root, last.unstable.isEmpty, last.steps == digests else {
            return nil
        }
        let entries = Dictionary(tree.entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let steps = graph.steps.filter { $0.after == nil }
        var keys: [ContentDigest] = []
        var count = 0
        var isSound = true
        try state.eachDocument { id, document in
            count += 1
            guard isSound else { return }
            guard let entry = entries[id], document.content == entry.content else {
                isSound = false
                return
            }
            let layers = document.layers
            for step in steps {
                guard let ran = document.steps[step.id] else { continue }
                let parts = parts(of: step, facts: entry.facts, layers: layers)
                if parts.map({ ContentDigest(of: $0.encoded) }) != ran.key { isSound = false }
            }
            keys += document.steps.values.map(\.key)
        }
        return isSound && count == entries.count ? keys : nil
    }
}

extension Engine {
    /// Has results of a pass over `portion` brought from elsewhere before anybody computes them; what was asked for once is
    /// not asked for again. `old` is what is known of the documents, and stands for all but changed ones where the pass
    /// `isCurrent`.
    func bring(
        _ portion: [DocumentEntry], _ old: [String: DocumentState], of pass: StepGraph.Pass, isCurrent: Bool
    ) async throws {
        guard let source else { return }
        let due = portion.filter { !isCurrent || old[$0.id]?.content != $0.content }
        let stages = Array(Set((pass.documentSteps + pass.folds).map(\.id.stage))).sorted()
        if !due.isEmpty { await source.bring(due, of: stages, new: Set(due.map(\.id)).subtracting(old.keys)) }
        try await restore(portion, old)
    }

    /// Has results over `entries` that the last run left, and the store lacks, brought from where they are.
    func restore(_ entries: [DocumentEntry], _ states: [String: DocumentState]) async throws {
        guard let source, try state.isLacking else { return }
        let lost = try entries.filter { entry in
            try states[entry.id].map { try store.reader.lacks($0.steps.values.map(\.key)) } ?? false
        }
        if !lost.isEmpty { await source.restore(lost) }
    }

    /// The same over all documents of a corpus, a portion at a time. What reads summaries asks for it before.
    ///
    /// Never inlined: the optimizer leaves behind what such a loop allocates.
    @inline(never)
    func restoreAll(_ entries: [DocumentEntry]) async throws {
        guard source != nil, try state.isLacking else { return }
        for portion in Self.portions(entries) {
            let states = try state.documents(portion.map(\.id))
            try await restore(portion, states)
        }
    }

    /// The same for the neighbours of documents that are others now than in the run that left the root `root`: over them,
    /// results are found elsewhere by what they were.
    func restoreChanged(since root: ContentDigest?, to tree: CorpusTree) async throws {
        guard let source, let root, root != tree.root, try state.isLacking,
            let difference = TreeDifference(from: root, to: tree, node: { try? store.object($0) })
        else { return }
        await source.restore(difference)
    }
}
