package import StageKit

/// What changed between two corpora, found by walking down only where the nodes' digests differ.
package struct TreeDifference: Sendable {
    /// Documents that the new corpus has and the old one has not, or has with other bytes or facts, in order of ids.
    package var changed: [DocumentEntry] = []
    /// Ids of documents that the old corpus had and the new one has not, in order.
    package var removed: [String] = []
    /// The nodes that only the new tree has: those that have to be kept beside the old one's.
    package var nodes: [CorpusTree.Node] = []
    /// The old entries of the changed and removed documents, by id.
    package var old: [String: DocumentEntry] = [:]

    /// Compares the corpus `old` with `new`. `node` gives the bytes of a node of either; nil where they are lost,
    /// and then the answer is nil too.
    package init?(from old: ContentDigest, to new: CorpusTree, node: (ContentDigest) -> [UInt8]?) {
        guard old != new.root else { return }
        let fresh = Dictionary(new.nodes.map { ($0.digest, $0) }, uniquingKeysWith: { a, _ in a })

        // The old side is read node by node: a node that stands in the new tree as well holds nothing that changed.
        var oldEntries: [DocumentEntry] = []
        var shared: Set<ContentDigest> = []
        var open = [old]
        while let digest = open.popLast() {
            if fresh[digest] != nil {
                shared.insert(digest)
                continue
            }
            guard let bytes = node(digest), let content = try? TreeNodeContent(bytes) else { return nil }
            switch content {
            case .leaf(let entries): oldEntries += entries
            case .inner(let children): open += children
            }
        }
        var newEntries: [DocumentEntry] = []
        open = [new.root]
        while let digest = open.popLast() {
            guard !shared.contains(digest), let node = fresh[digest], let content = try? TreeNodeContent(node.bytes)
            else {
                continue
            }
            nodes.append(node)
            switch content {
            case .leaf(let entries): newEntries += entries
            case .inner(let children): open += children
            }
        }

        let before = Dictionary(oldEntries.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
        let after = Set(newEntries.map(\.id))
        changed = newEntries.filter { before[$0.id] != $0 }.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        removed = before.keys.filter { !after.contains($0) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for id in changed.map(\.id) + removed { self.old[id] = before[id] }
    }
}

/// What a node of the tree holds.
package enum TreeNodeContent {
    case leaf([DocumentEntry])
    case inner([ContentDigest])

    /// Reads a node.
    package init(_ bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        if try reader.integer() == 0 {
            self = .leaf(try reader.list { reader throws(LayerError) in try DocumentEntry(decoding: &reader) })
        } else {
            self = .inner(
                try reader.list { reader throws(LayerError) in
                    guard let digest = ContentDigest(try reader.blob()) else { throw LayerError("no digest of a node") }
                    return digest
                })
        }
        try reader.finish()
    }
}
