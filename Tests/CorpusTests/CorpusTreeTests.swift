import Model
import Digests
import StageKit
import Store
import TestSupport
import Testing

@testable import Corpus

@Suite("The corpus as a tree")
struct CorpusTreeTests {
    private static func hash(_ bytes: [UInt8]) -> ContentDigest { ContentDigest(of: bytes) }

    private func entry(_ number: Int, _ version: Int = 0) -> DocumentEntry {
        DocumentEntry(
            id: "corpus/d\(number).txt", path: "corpus/d\(number).txt", content: Self.hash(Array("\(version)".utf8)),
            size: 1, folder: "", format: .text)
    }

    private func tree(_ entries: [DocumentEntry]) -> CorpusTree { CorpusTree(entries, hash: Self.hash) }

    @Test("its shape depends on the set of documents alone")
    func shape() {
        forSeeds(5) { random in
            let entries = (0..<800).map { entry($0) }
            let one = tree(entries)
            let other = tree(entries.shuffled(using: &random))
            return one.root == other.root && one.nodes.map(\.digest) == other.nodes.map(\.digest)
                ? nil : "shapes differ"
        }
    }

    @Test("documents are found by their ids, few or many, and ids without a document are passed over")
    func entries() {
        let tree = tree((0..<400).map { entry($0) })
        for count in [0, 1, 5, 24, 25, 26, 399, 400] {
            let ids = Set((0..<count).map { "corpus/d\($0 * 7 % 400).txt" } + ["corpus/none.txt", "", "zzz"])
            #expect(tree.entries(of: ids) == tree.entries.filter { ids.contains($0.id) }, "\(count)")
        }
    }

    @Test("one changed document changes one path")
    func path() {
        let entries = (0..<2000).map { entry($0) }
        let before = Set(tree(entries).nodes.map(\.digest))
        var edited = entries
        edited[777] = entry(777, 1)
        let after = tree(edited)
        let fresh = after.nodes.filter { !before.contains($0.digest) }
        #expect(fresh.count == (after.nodes.map(\.height).max() ?? 0) + 1)
    }

    @Test("whatever is known of a document is in the root's digest")
    func facts() {
        let base = entry(1)
        var others: [DocumentEntry] = []
        for k in 0..<5 {
            var other = base
            switch k {
            case 0: other.folder = "courier"
            case 1: other.format = .html
            case 2: other.row = [MetadataField("title", "A")]
            case 3: other.content = Self.hash([9])
            default: other.path = "corpus/other.txt"
            }
            others.append(other)
        }
        #expect(Set(([base] + others).map { tree([$0]).root }).count == 6)
    }

    @Test("an empty corpus has a root of its own")
    func empty() {
        #expect(tree([]).entries.isEmpty)
        #expect(tree([]).root != tree([entry(1)]).root)
    }

    @Test("the difference of two corpora is what comparing every document gives")
    func difference() {
        forSeeds(40) { random in
            let old = (0..<random.below(600)).filter { _ in random.below(4) > 0 }.map { entry($0) }
            var new = old.filter { _ in random.below(20) > 0 }
            for k in new.indices where random.below(20) == 0 { new[k].content = Self.hash([1]) }
            new += (0..<random.below(20)).map { entry(1000 + $0) }

            let before = tree(old)
            let nodes = Dictionary(before.nodes.map { ($0.digest, $0.bytes) }, uniquingKeysWith: { first, _ in first })
            guard let found = TreeDifference(from: before.root, to: tree(new), node: { nodes[$0] }) else {
                return "no difference found"
            }
            let olds = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            let news = Dictionary(new.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            let changed = new.filter { olds[$0.id] != $0 }.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
            let removed = old.map(\.id).filter { news[$0] == nil }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            if found.changed != changed { return "changed: \(found.changed.count) for \(changed.count)" }
            if found.removed != removed { return "removed: \(found.removed) for \(removed)" }
            let kept = Set(found.old.keys)
            return kept == Set((changed.map(\.id) + removed).filter { olds[$0] != nil }) ? nil : "old entries differ"
        }
    }

    @Test("a node that is lost or damaged leaves no answer")
    func lost() {
        let before = tree((0..<500).map { entry($0) })
        let after = tree((0..<500).map { entry($0, $0 == 3 ? 1 : 0) })
        #expect(TreeDifference(from: before.root, to: after, node: { _ in nil }) == nil)
        #expect(TreeDifference(from: before.root, to: after, node: { _ in [0, 255, 255, 255] }) == nil)
        #expect(TreeDifference(from: before.root, to: before, node: { _ in nil })?.changed.isEmpty == true)
    }
}
