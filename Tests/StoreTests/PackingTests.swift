import Digests
import Foundation
import GRDB
import StageKit
import TestSupport
import Testing

@testable import Store

@Suite("How bytes stand in databases")
struct PackingTests {
    @Test("what is packed comes out as it went in, whatever it is")
    func roundTrip() throws {
        forSeeds { random in
            let count = random.below(5000)
            let bytes =
                random.below(2) == 0
                ? random.bytes(count) : Array(random.text(count / 3)) + Array(repeating: 7, count: count)
            return Packing.unpacked(Packing.packed(bytes)) == bytes ? nil : "\(bytes.count) bytes come out otherwise"
        }
        let long = [UInt8](repeating: 65, count: 1 << 20)
        #expect(Packing.packed(long).count < 1000 && Packing.unpacked(Packing.packed(long)) == long)
        #expect(Packing.packed([1, 2, 3]).count == 4)
    }

    @Test("damaged bytes give other bytes or none, and no crash")
    func damaged() {
        forSeeds { random in
            var packed = Packing.packed(random.text(400))
            for _ in 0..<40 {
                packed[random.below(packed.count)] = UInt8(truncatingIfNeeded: random.next())
                _ = Packing.unpacked(packed)
                _ = Packing.unpacked(Array(packed.prefix(random.below(packed.count))))
            }
            return nil
        }
        #expect(Packing.unpacked([UInt8]()) == nil && Packing.unpacked([9, 1]) == nil)
    }

    @Test("a copy of a state holds the same under its own name, without the facts that are left out")
    func copy() async throws {
        let folder = try TemporaryProject(["state/keep": ""])
        let (own, other) = (folder.path("state/own.sqlite"), folder.path("state/other.sqlite"))
        let state = try StateDatabase(path: own)
        try state.begin()
        var digest = SetDigest()
        let pile = EntryPile(of: state)
        try pile.add([Summary((0..<900).map { SummaryEntry(FoldKey("word \($0)"), [], 1 + $0) }).encoded])
        try state.add(pile, to: "count.words", digest: &digest) { _ in }
        let document = DocumentState(content: ContentDigest(of: [1]))
        try state.put([("corpus/a.txt", document), ("corpus/b.txt", document)])
        try state.set("run", [1])
        try state.set("outputs", [2])
        try state.sealIndexes()
        try state.commit()

        try state.copy(to: other, without: ["outputs"])
        let copy = try StateDatabase(path: other)
        try copy.holdIndexes()
        #expect(try copy.meta("run") == [1] && copy.meta("outputs") == nil)
        #expect(try copy.recomputedDigest(of: "count.words") == digest)
        #expect(try copy.documents(["corpus/a.txt", "corpus/b.txt"]).values.map { $0 } == [document, document])
        #expect(try await copy.checkup(jobs: 1).problems.isEmpty)
        #expect(!folder.exists("state/other.sqlite.part"))

        try state.access { try $0.execute(sql: "UPDATE pages SET bytes = x'00' WHERE id = 2") }
        #expect(throws: StoreProblem.damaged(path: own)) {
            try state.copy(to: folder.path("state/third.sqlite"), without: [])
        }
        #expect(!folder.exists("state/third.sqlite") && !folder.exists("state/third.sqlite.part"))
    }
}
