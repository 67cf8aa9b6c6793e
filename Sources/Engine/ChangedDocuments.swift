package import Model
package import Store

extension StateDatabase {
    /// The documents of `tree` that the last run had not, or had otherwise; all of them where that is not known.
    package func changed(in tree: CorpusTree, store: ResultStore) throws -> [DocumentEntry] {
        guard let root = try LastRun(self).root,
            let difference = TreeDifference(from: root, to: tree, node: { try? store.object($0) })
        else { return tree.entries }
        return difference.changed
    }
}
