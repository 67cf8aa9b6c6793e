import Digests
import StageKit
import TestSupport
import Testing
import Text

@testable import Store

@Suite("Where the last run left off")
struct StateDatabaseTests {
    private func entry(_ key: String, _ element: String, _ count: Int = 1) -> SummaryEntry {
        SummaryEntry(FoldKey(key), Array(element.utf8), count)
    }

    @Test("a table takes entries in and out, and tells the keys that moved")
    func addAndTakeAway() throws {
        let state = try StateDatabase(path: nil)
        var digest = SetDigest()
        let moved = try state.add(
            [entry("a", "x"), entry("a", "y", 2), entry("b", "x")], to: "words", digest: &digest)
        #expect(moved == [FoldKey("a"), FoldKey("b")])
        #expect(try state.row(FoldKey("a"), of: "words")?.elements.map(\.count) == [1, 2])
        #expect(try state.add([entry("b", "x", -1)], to: "words", digest: &digest) == [FoldKey("b")])
        #expect(try state.row(FoldKey("b"), of: "words") == nil)
        #expect(try state.row(FoldKey("a"), of: "others") == nil)
    }

    @Test("a table and its digest tell the set of entries, not their history")
    func history() throws {
        try forSeeds(20) { random in
            let state = try StateDatabase(path: nil)
            let fresh = try StateDatabase(path: nil)
            var digest = SetDigest()
            var freshDigest = SetDigest()
            var kept: [SummaryEntry] = []
            for _ in 0..<60 {
                if let last = kept.indices.last, random.below(3) == 0 {
                    kept.swapAt(random.below(kept.count), last)
                    let gone = kept.removeLast()
                    _ = try state.add(
                        [SummaryEntry(gone.key, gone.element, -gone.count)], to: "f", digest: &digest)
                } else {
                    let new = entry("k\(random.below(6))", "e\(random.below(4))", 1 + random.below(3))
                    kept.append(new)
                    _ = try state.add([new], to: "f", digest: &digest)
                }
            }
            _ = try fresh.add(Summary(kept).entries, to: "f", digest: &freshDigest)
            if digest != freshDigest { return "the digest depends on history" }
            if try state.recomputedDigest(of: "f") != digest { return "the digest is not that of the rows" }
            var rows: [FoldRow] = []
            var freshRows: [FoldRow] = []
            try state.eachRow(of: "f") { rows.append($0) }
            try fresh.eachRow(of: "f") { freshRows.append($0) }
            let same = zip(rows, freshRows).allSatisfy { a, b in
                a.key == b.key && a.elements.map(\.bytes) == b.elements.map(\.bytes)
                    && a.elements.map(\.count) == b.elements.map(\.count)
            }
            return same && rows.count == freshRows.count ? nil : "the rows depend on history"
        }
    }

    @Test("decisions are replaced by the keys that own them, and what moved is told")
    func decisions() throws {
        let state = try StateDatabase(path: nil)
        func decision(_ key: String, _ value: String, _ owner: String) -> Decision {
            Decision(FoldKey(key), Array(value.utf8), owner: FoldKey(owner))
        }
        let owners = [FoldKey("o1"), FoldKey("o2")]
        var moved = try state.replace(
            [decision("a", "1", "o1"), decision("b", "1", "o1"), decision("c", "1", "o2")], ownedBy: owners,
            finish: "f")
        #expect(moved == [FoldKey("a"), FoldKey("b"), FoldKey("c")])
        // The same again moves nothing.
        moved = try state.replace(
            [decision("a", "1", "o1"), decision("b", "1", "o1")], ownedBy: [FoldKey("o1")], finish: "f")
        #expect(moved.isEmpty)
        // One changes, one goes, those of other owners stay.
        moved = try state.replace([decision("a", "2", "o1")], ownedBy: [FoldKey("o1")], finish: "f")
        #expect(moved == [FoldKey("a"), FoldKey("b")])
        #expect(try state.decisions(of: "f").map(\.key) == [FoldKey("a"), FoldKey("c")])
        #expect(try state.decisions(on: [FoldKey("a"), FoldKey("b")], finish: "f") == [FoldKey("a"): [0x32]])
        #expect(try state.decisions(on: [FoldKey("a")], finish: "other").isEmpty)
    }

    private func document(_ content: UInt8, asks keys: [String]) -> DocumentState {
        var document = DocumentState(content: ContentDigest(of: [content]))
        document.asked = ["join": keys.map { StableHash.of(FoldKey($0).bytes) }.sorted()]
        document.steps = [
            "map": .init(
                key: ContentDigest(of: [content, 1]),
                result: StepResult(.layers([.init("text", ContentDigest(of: [2]))])))
        ]
        return document
    }

    @Test("the documents that asked for a key are found, as long as they ask for it")
    func asked() throws {
        let state = try StateDatabase(path: nil)
        let one = document(1, asks: ["a", "b"])
        let two = document(2, asks: ["b"])
        try state.put([("1.txt", nil, one), ("2.txt", nil, two)])
        func asking(_ key: String, step: String = "join") throws -> Set<String> {
            try state.documents(asking: [StableHash.of(FoldKey(key).bytes)], step: step)
        }
        #expect(try asking("a") == ["1.txt"])
        #expect(try asking("b") == ["1.txt", "2.txt"])
        #expect(try asking("b", step: "other").isEmpty)
        try state.put([("1.txt", one, document(1, asks: ["c"]))])
        #expect(try asking("a").isEmpty)
        #expect(try asking("b") == ["2.txt"])
        try state.remove(["2.txt"])
        #expect(try asking("b").isEmpty)
        #expect(try state.documents(["1.txt", "2.txt"]).keys.sorted() == ["1.txt"])
    }

    @Test("what is known of a document is read as it was written, and damage never crashes")
    func documentCodec() throws {
        var document = document(1, asks: ["a", "b", "c"])
        document.refusal = .init(
            stage: "clean", pass: 1, failure: StageFailure("no text", hint: "look", code: "no-text"), isUnstable: true)
        #expect(try DocumentState(encoded: document.encoded) == document)
        let encoded = document.encoded
        for k in encoded.indices {
            _ = try? DocumentState(encoded: Array(encoded[..<k]))
            var flipped = encoded
            flipped[k] ^= 0xFF
            _ = try? DocumentState(encoded: flipped)
        }
    }

    @Test("a transaction moves all of it or nothing")
    func transaction() throws {
        let state = try StateDatabase(path: nil)
        try state.set("a", [1])
        try state.begin()
        try state.set("a", [2])
        try state.put([("1.txt", nil, document(1, asks: ["a"]))])
        state.rollback()
        #expect(try state.meta("a") == [1])
        #expect(try state.documents(["1.txt"]).isEmpty)
        try state.begin()
        try state.set("a", nil)
        try state.commit()
        #expect(try state.meta("a") == nil)
    }

    @Test("the sum of a set's hashes comes back to nothing when everything is taken out")
    func setDigest() {
        forSeeds(20) { random in
            let rows = (0..<50).map { _ in random.bytes(random.below(40)) }
            var digest = SetDigest()
            for row in rows { digest += SetDigest(row: row) }
            var other = SetDigest()
            for row in rows.shuffled(using: &random) { other += SetDigest(row: row) }
            if digest != other || SetDigest(bytes: digest.bytes, rows: rows.count) != digest {
                return "depends on order"
            }
            for row in rows.shuffled(using: &random) { digest -= SetDigest(row: row) }
            return digest == SetDigest() ? nil : "something is left"
        }
    }
}
