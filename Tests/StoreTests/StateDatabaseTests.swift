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

    /// Adds entries to a fold's table, and gives the keys that moved.
    private func add(
        _ entries: [SummaryEntry], to fold: StepID, of state: StateDatabase, digest: inout SetDigest
    ) throws -> [FoldKey] {
        var moved: [FoldKey] = []
        let pile = EntryPile(of: state)
        try pile.add([Summary(entries).encoded])
        try state.add(pile, to: fold, digest: &digest) { moved.append(FoldKey(Array($0))) }
        return moved
    }

    @Test("a table takes entries in and out, and tells the keys that moved")
    func addAndTakeAway() throws {
        let state = try StateDatabase(path: nil)
        var digest = SetDigest()
        let moved = try add(
            [entry("a", "x"), entry("a", "y", 2), entry("b", "x")], to: "words", of: state, digest: &digest)
        #expect(moved == [FoldKey("a"), FoldKey("b")])
        #expect(try state.row(FoldKey("a"), of: "words")?.elements.map(\.count) == [1, 2])
        #expect(try add([entry("b", "x", -1)], to: "words", of: state, digest: &digest) == [FoldKey("b")])
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
                    _ = try add(
                        [SummaryEntry(gone.key, gone.element, -gone.count)], to: "f", of: state, digest: &digest)
                } else {
                    let new = entry("k\(random.below(6))", "e\(random.below(4))", 1 + random.below(3))
                    kept.append(new)
                    _ = try add([new], to: "f", of: state, digest: &digest)
                }
            }
            _ = try add(kept, to: "f", of: fresh, digest: &freshDigest)
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
        #expect(moved.keys == [FoldKey("a"), FoldKey("b"), FoldKey("c")])
        // The same again moves nothing.
        moved = try state.replace(
            [decision("a", "1", "o1"), decision("b", "1", "o1")], ownedBy: [FoldKey("o1")], finish: "f")
        #expect(moved.isEmpty)
        // One changes, one goes, those of other owners stay.
        moved = try state.replace([decision("a", "2", "o1")], ownedBy: [FoldKey("o1")], finish: "f")
        #expect(moved.keys == [FoldKey("a"), FoldKey("b")] && moved.count == 2)
        var keys: [FoldKey] = []
        try state.eachDecision(of: "f") { key, _ in keys.append(key) }
        #expect(keys == [FoldKey("a"), FoldKey("c")])
        #expect(try state.decisions(on: [FoldKey("a"), FoldKey("b")], finish: "f") == [FoldKey("a"): [0x32]])
        #expect(try state.decisions(on: [FoldKey("a")], finish: "other").isEmpty)
    }

    @Test("decisions addressed to a document are found by it, and tell it when they move")
    func addressed() throws {
        let state = try StateDatabase(path: nil)
        let owners = [FoldKey("o1"), FoldKey("o2")]
        var moved = try state.replace(
            [
                Decision(to: "a.txt", [1], owner: owners[0]), Decision(to: "a.txt.txt", [2], owner: owners[0]),
                Decision(to: "a.txt", [3], owner: owners[1]), Decision(FoldKey("a.txt"), [4], owner: owners[1]),
            ], ownedBy: owners, finish: "f")
        #expect(moved.documents == ["a.txt", "a.txt.txt"] && moved.keys == [FoldKey("a.txt")] && moved.count == 4)
        #expect(
            try state.decisions(to: ["a.txt"], finish: "f")["a.txt"]?.values.sorted { $0.precedes($1) } == [[1], [3]])
        #expect(try state.decisions(to: ["a"], finish: "f").isEmpty)
        moved = try state.replace(
            [Decision(to: "a.txt", [1], owner: owners[0])], ownedBy: [owners[0]], finish: "f")
        #expect(moved.documents == ["a.txt.txt"] && moved.keys.isEmpty)
        // All of them again, as after another option: what stays has not moved.
        var runs = DecisionRuns()
        runs.add(Decision(to: "a.txt", [1], owner: owners[0]))
        runs.add(Decision(to: "b.txt", [9], owner: owners[1]))
        let all = DecisionPile(of: state)
        try all.add(runs.encoded)
        moved = try state.replaceAll(all, finish: "f")
        #expect(moved.documents == ["a.txt", "b.txt"] && moved.keys == [FoldKey("a.txt")] && moved.count == 3)
        #expect(try state.decisions(to: ["a.txt"], finish: "f")["a.txt"]?.values.sorted { $0.precedes($1) } == [[1]])
    }

    @Test("decisions to many documents are found in one go, wherever pages end")
    func addressedToMany() throws {
        let state = try StateDatabase(path: nil)
        var random = SplitMix64(seed: 3)
        var decisions: [Decision] = []
        // Most documents have none, some have more than a page holds.
        for document in stride(from: 0, to: 400, by: 3) {
            for owner in 0..<(document.isMultiple(of: 30) ? 300 : 1) {
                decisions.append(Decision(to: "d\(document)", random.bytes(40), owner: FoldKey("o\(owner)")))
            }
        }
        _ = try state.replace(decisions, ownedBy: [], finish: "f")
        let asked = (0..<400).map { "d\($0)" }
        let found = try state.decisions(to: asked, finish: "f")
        let expected = Dictionary(grouping: decisions) { $0.addressee ?? "" }
        #expect(Set(found.keys) == Set(expected.keys))
        for (document, own) in expected {
            #expect(found[document] == Dictionary(uniqueKeysWithValues: own.map { ($0.key, $0.value) }))
            #expect(try state.decisions(to: [document], finish: "f") == [document: found[document] ?? [:]])
        }
    }

    @Test("a table of many pages is the same whether its rows came at once or one by one, and any page may be damaged")
    func pages() throws {
        let state = try StateDatabase(path: nil)
        let single = try StateDatabase(path: nil)
        var random = SplitMix64(seed: 7)
        let entries = (0..<6000).map { _ in
            SummaryEntry(FoldKey("key \(random.below(3000))"), random.bytes(random.below(9)), 1 + random.below(3))
        }
        var digest = SetDigest()
        var singleDigest = SetDigest()
        _ = try add(entries, to: "f", of: state, digest: &digest)
        for start in stride(from: 0, to: entries.count, by: 37) {
            _ = try add(
                Array(entries[start..<min(start + 37, entries.count)]), to: "f", of: single, digest: &singleDigest)
        }
        #expect(digest == singleDigest && digest.rows == Summary(entries).entries.count)
        #expect(try state.recomputedDigest(of: "f") == digest && single.recomputedDigest(of: "f") == digest)
        #expect((try state.pages(of: "f", after: nil, limit: 1000)?.count ?? 0) > 8)
        let keys = Set(entries.map(\.key)).sorted()
        var found: [FoldKey] = []
        try single.rows(keys + [FoldKey("none")], of: "f") { found.append($0.key) }
        #expect(found == keys)
        for step in [3, 40] {
            let some = keys.enumerated().filter { $0.offset.isMultiple(of: step) }.map(\.element)
            let wanted = try single.wanted((some + [FoldKey("none")]).sorted(), of: "f").flatMap { try $0.rows() }
            #expect(try wanted == some.compactMap { try state.row($0, of: "f") })
        }
        // Everything out again, in another order.
        for chunk in stride(from: 0, to: entries.count, by: 501) {
            let gone = entries[chunk..<min(chunk + 501, entries.count)].map {
                SummaryEntry($0.key, $0.element, -$0.count)
            }
            _ = try add(gone, to: "f", of: single, digest: &singleDigest)
        }
        #expect(singleDigest == SetDigest())
        try state.damagePages()
        #expect(throws: StoreProblem.self) { try state.row(keys[5], of: "f") }
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
        func add(_ document: DocumentState, _ id: String, _ count: Int) throws {
            for (step, hashes) in document.asked {
                let entries = hashes.map { StateDatabase.askedEntry($0, by: id, count: count) }
                let pile = EntryPile(of: state)
                try pile.add([Summary(entries).encoded])
                try state.add(asked: pile, step: step)
            }
        }
        func asking(_ key: String, step: StepID = "join") throws -> Set<String> {
            try state.documents(asking: [StableHash.of(FoldKey(key).bytes)], step: step)
        }
        try state.put([("1.txt", one), ("2.txt", two)])
        try add(one, "1.txt", 1)
        try add(two, "2.txt", 1)
        #expect(try asking("a") == ["1.txt"])
        #expect(try asking("b") == ["1.txt", "2.txt"])
        #expect(try asking("b", step: "other").isEmpty)
        try add(one, "1.txt", -1)
        try add(document(1, asks: ["c"]), "1.txt", 1)
        #expect(try asking("a").isEmpty)
        #expect(try asking("b") == ["2.txt"])
        try add(two, "2.txt", -1)
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
        try state.put([("1.txt", document(1, asks: ["a"]))])
        state.rollback()
        #expect(try state.meta("a") == [1])
        #expect(try state.documents(["1.txt"]).isEmpty)
        try state.begin()
        try state.set("a", nil)
        try state.commit()
        #expect(try state.meta("a") == nil)
    }

    @Test("what the indexes lead to is followed through a run, and is what a whole count finds")
    func followedIndexes() throws {
        func number(_ state: StateDatabase, _ words: Range<Int>, _ count: Int) throws {
            var digest = SetDigest()
            let pile = EntryPile(of: state)
            try pile.add([Summary(words.map { SummaryEntry(FoldKey("word \($0 * 7919)"), [], count) }).encoded])
            try state.add(pile, to: "count.words", digest: &digest) { _ in }
        }
        let state = try StateDatabase(path: nil)
        try state.begin()
        try state.put((0..<40).map { ("d\($0).txt", document(1, asks: [])) })
        try number(state, 0..<5000, 1)
        try state.sealIndexes()
        try state.commit()
        // pages go, come and are cut anew; documents come, go and change
        for round in 0..<3 {
            try state.begin()
            try state.holdIndexes()
            try number(state, (1000 * round)..<(1000 * round + 900), -1)
            try number(state, 10_000..<(10_000 + 2000 * (round + 1)), 1)
            try state.put((30..<50).map { ("d\($0 + round).txt", document(2, asks: [])) })
            try state.remove(["d\(round).txt"])
            if round == 2 { try state.clear(fold: "count.words") }
            try state.sealIndexes()
            try state.commit()
        }
        try state.begin()
        try state.holdIndexes()
        state.rollback()
        // what was taken back is not followed: all is counted again
        try state.begin()
        try state.put([("e.txt", document(3, asks: []))])
        try state.sealIndexes()
        try state.commit()
        try state.holdIndexes()
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
