import Digests
import Results
import StageKit
import TestSupport
import Testing

@Suite struct DigestTests {
    @Test("the digests that are kept are those of the rows")
    func kept() throws {
        let fixture = try ResultsFixture()
        let written = try fixture.write(layers: ["mood"]) { writer in
            try writer.put(DocumentResult(CustomSample.document("x.txt", score: .integer(3))))
        }
        let database = try fixture.database()
        #expect(try database.digests() == written)
        #expect(try database.recomputedDigests() == written)
        #expect(written.keys.contains("mood"))
        #expect(database.standsFor == "key")
    }

    @Test("the history of edits leaves no mark")
    func history() throws {
        let straight = try ResultsFixture()
        let expected = try straight.write([HandmadeCorpus.ferry, HandmadeCorpus.telegram], layers: ["mood"])
        let crooked = try ResultsFixture()
        try crooked.write(layers: ["mood"]) { writer in
            try writer.put(DocumentResult(CustomSample.document("x.txt", score: .integer(3))))
        }
        let reached = try crooked.write([HandmadeCorpus.telegram], fresh: false, layers: ["mood"]) { writer in
            try writer.remove(document: "x.txt")
            try writer.remove(document: HandmadeCorpus.harbour.id)
            try writer.remove(document: "never there")
        }
        #expect(reached == expected)
        #expect(try crooked.database().recomputedDigests() == expected)
        for table in ["entities", "aliases", "claims", "mood", "documents"] {
            #expect(try crooked.rows("select * from \(table)") == straight.rows("select * from \(table)"))
        }
    }

    @Test("a sum carries from word to word and comes back")
    func arithmetic() throws {
        let high = try #require(SetDigest(bytes: Array(repeating: 0xFF, count: 32), rows: 1))
        let one = try #require(SetDigest(bytes: [1] + Array(repeating: 0, count: 31), rows: 1))
        var sum = high
        sum += one
        #expect(sum.bytes == Array(repeating: 0, count: 32))
        sum -= one
        #expect(sum == high)
    }
}
