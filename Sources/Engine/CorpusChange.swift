import Model
package import StageKit
import Store

/// Which documents of a corpus are others than in the last run.
package struct CorpusChange: Equatable, Sendable {
    /// The digest of the last run's corpus.
    package let root: ContentDigest
    /// Documents that are new, changed and gone, in order.
    package let added: [String]
    package let edited: [String]
    package let removed: [String]

    /// Nil where the corpus of the last run is not known any more.
    init?(since last: LastRun, to tree: CorpusTree, _ store: ResultStore) {
        guard let root = last.root,
            let difference = TreeDifference(from: root, to: tree, node: { try? store.object($0) })
        else { return nil }
        self.root = root
        added = difference.changed.map(\.id).filter { difference.old[$0] == nil }
        edited = difference.changed.map(\.id).filter { difference.old[$0] != nil }
        removed = difference.removed
    }
}
