import Model
package import StageKit
package import Store

extension StateDatabase {
    /// What the run that left this state needs of the store: its results, their layers and the nodes of its corpus tree.
    package func reach(in store: ResultStore) throws -> Reachable {
        var reachable = Reachable()
        try eachDocument { _, document in
            // what was read out of a file of another format
            reachable.objects.insert(document.content)
            for ran in document.steps.values {
                reachable.results.insert(ran.key)
                // A result may be gone while the state still knows it: its layers stay all the same.
                reachable.objects.formUnion(ran.result.outputs.map(\.digest))
            }
        }
        reachable.results.formUnion(try CorpusAnswerKeys(self).keys.values)
        if let root = try LastRun(self).root { try reachable.add(tree: root, in: store) }
        return reachable
    }
}

extension Reachable {
    /// Adds the nodes of the corpus tree whose root is `root`, as far as the store has them.
    package mutating func add(tree root: ContentDigest, in store: ResultStore) throws {
        var waiting = [root]
        while let digest = waiting.popLast() {
            guard objects.insert(digest).inserted, let bytes = try store.object(digest),
                case .inner(let children)? = try? TreeNodeContent(bytes)
            else { continue }
            waiting += children
        }
    }

    /// Adds what `other` holds.
    package mutating func formUnion(_ other: Reachable) {
        results.formUnion(other.results)
        objects.formUnion(other.objects)
    }
}

extension DocumentState {
    /// The keys of results that a document had, and has no more in `newer`, by steps in order.
    func keys(not newer: DocumentState?) -> [ContentDigest] {
        steps.sorted { $0.key < $1.key }.filter { newer?.steps[$0.key]?.key != $0.value.key }.map(\.value.key)
    }
}
