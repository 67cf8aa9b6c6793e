package import StageKit
import Text

/// The corpus as a Merkle tree: documents sorted by id, cut into nodes where an id's own hash says so.
///
/// An id is hashed with SHA-256, and every six zero bits at the hash's end lift it a level. One of level 1 starts a
/// leaf, one of level 2 also a node of the storey above, and so on upwards. Only ids decide where the cuts fall, one id
/// in 64 makes a cut, and an edited document gives new nodes on its way to the root alone. (Compare prolly trees, Dolt
/// 2020.)
package struct CorpusTree: Sendable {
    /// A node as it is kept: its digest is the SHA-256 of its bytes.
    package struct Node: Sendable {
        /// The digest of `bytes`.
        package let digest: ContentDigest
        /// How far above the documents: 0 for a leaf.
        package let height: Int
        /// The canonical bytes.
        package let bytes: [UInt8]
    }

    /// The documents in order of their ids' bytes.
    package let entries: [DocumentEntry]
    /// Every node, leaves first, the root last.
    package let nodes: [Node]
    /// The digest of the root, which names the corpus.
    package let root: ContentDigest

    /// The tree over `entries`, which have different ids; `hash` is SHA-256.
    package init(_ entries: [DocumentEntry], hash: ([UInt8]) -> ContentDigest) {
        let sorted = Self.sorted(entries)
        let levels = sorted.map { Self.level(of: hash(Array($0.id.utf8))) }
        var nodes: [Node] = []

        func node(_ height: Int, _ write: (inout ByteWriter) -> Void) -> ContentDigest {
            var writer = ByteWriter()
            writer.write(height)
            write(&writer)
            let digest = hash(writer.bytes)
            nodes.append(Node(digest: digest, height: height, bytes: writer.bytes))
            return digest
        }

        var current: [(first: Int, digest: ContentDigest)] = []
        for range in Self.cuts(levels.indices.map { $0 }, at: 1, levels: levels) {
            let part = sorted[range.first...range.last]
            let digest = node(0) { $0.write(list: part) { $1.encode(into: &$0) } }
            current.append((range.first, digest))
        }
        var height = 1
        while current.count > 1 {
            var next: [(first: Int, digest: ContentDigest)] = []
            for range in Self.cuts(current.map(\.first), at: height + 1, levels: levels) {
                let children = current.filter { range.first <= $0.first && $0.first <= range.last }
                next.append((range.first, node(height) { $0.write(list: children) { $0.write($1.digest.bytes) } }))
            }
            current = next
            height += 1
        }
        self.entries = sorted
        root = current.first?.digest ?? node(0) { $0.write(list: [DocumentEntry]()) { $1.encode(into: &$0) } }
        self.nodes = nodes
    }

    /// The documents among `ids`, in order. Few are looked up; for many, all are gone through.
    package func entries(of ids: Set<String>) -> [DocumentEntry] {
        guard ids.count < entries.count / 16 else { return entries.filter { ids.contains($0.id) } }
        return ids.compactMap(place(of:)).sorted().map { entries[$0] }
    }

    /// The leaves in order: the digest of each and how many documents it has.
    package var leaves: [(digest: ContentDigest, count: Int)] {
        nodes.filter { $0.height == 0 }.map { node in
            var reader = ByteReader(node.bytes)
            // The height and the length of the list stand first.
            _ = try? reader.integer()
            return (node.digest, (try? reader.unsigned()).map { Int($0) } ?? 0)
        }
    }

    /// Where the document `id` stands; nil where it is not there.
    private func place(of id: String) -> Int? {
        var low = 0, high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].id.precedes(id) { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].id.utf8.elementsEqual(id.utf8) ? low : nil
    }

    /// Documents come from a walk in order, as a rule, and to see that they do costs less than to sort them.
    private static func sorted(_ entries: [DocumentEntry]) -> [DocumentEntry] {
        let isSorted = zip(entries, entries.dropFirst()).allSatisfy { $0.id.precedes($1.id) }
        return isSorted ? entries : entries.sorted { $0.id.precedes($1.id) }
    }

    /// How high in the tree a document of this id's digest begins a node: 0 for none.
    package static func level(of digest: ContentDigest) -> Int {
        var zeros = 0
        for byte in digest.bytes.reversed() {
            zeros += byte.trailingZeroBitCount
            if byte != 0 { break }
        }
        return zeros / 6
    }

    /// Runs of positions, each begun by one whose level is at least `minimum`.
    private static func cuts(
        _ positions: [Int], at minimum: Int, levels: [Int]
    ) -> [(first: Int, last: Int)] {
        var runs: [(first: Int, last: Int)] = []
        for position in positions {
            if runs.isEmpty || levels[position] >= minimum {
                runs.append((position, position))
            } else {
                runs[runs.count - 1].last = position
            }
        }
        return runs
    }
}
