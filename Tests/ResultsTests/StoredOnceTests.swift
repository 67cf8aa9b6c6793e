import GRDB
import Results
import StageKit
import TestSupport
import Testing
import Text

/// Words of documents are cut out of their texts, and texts that many rows have are stored once.
@Suite struct StoredOnceTests {
    /// A document of several parts, with characters of one to four bytes, and a passage from each of `starts` on.
    private func document(_ id: String, starts: [Int], length: Int) -> HandmadeDocument {
        let text = (0..<800).map { "wörd 𝔘\($0) " }.joined()
        let document = HandmadeDocument(id, text)
        let characters = CodePointOffsets(Array(text.utf8))
        func span(_ start: Int) -> ByteSpan {
            ByteSpan(
                characters.byte(ofCodePoint: start) ?? 0,
                characters.byte(ofCodePoint: min(start + length, characters.count)) ?? 0)
        }
        document.layers.set(Sentences(starts.map(span)))
        document.layers.set(Mentions(starts.map { Mention(span($0), .place, entity: "place:word") }))
        document.layers.set(
            Claims(
                starts.map {
                    Claim(
                        span($0), cue: span($0 + 3), content: [span($0 + 1)], form: .indirect, stance: .asserted,
                        statements: [Claim.Statement(span($0 + 1))])
                }))
        return document
    }

    @Test(
        "a passage is cut out of the text wherever the parts of that end",
        arguments: [0, 1, 2, 999, 1000, 1001, 2500])
    func parts(length: Int) throws {
        let fixture = try ResultsFixture()
        let starts = [0, 1, 990, 999, 1000, 1001, 1990, 3000, 4999]
        let written = try fixture.write([document("a.txt", starts: starts, length: length)])
        for table in ["mentions", "sentences", "claims", "statements"] {
            let wrong = try fixture.rows(
                """
                select count(*), sum(t.text is not substr(d.text, t.start + 1, t."end" - t.start))
                    from \(table) t join documents d using (document)
                """)
            #expect(wrong == ["\(starts.count)|0"], "\(table)")
        }
        #expect(
            try fixture.rows(
                """
                select count(*) from claims c join documents d using (document)
                    where c.content is not substr(d.text, c.start + 2, \(length))
                        or c.cue is not substr(d.text, c.start + 4, \(length))
                """) == ["0"])
        #expect(try fixture.database().recomputedDigests() == written)
    }

    @Test("a text that no row has any more is gone")
    func gone() throws {
        let fixture = try ResultsFixture()
        try fixture.write()
        let before = try fixture.rows("select text, uses from _searched_texts order by text")
        try fixture.write([document("a.txt", starts: [0, 50], length: 4)], fresh: false)
        #expect(try fixture.rows("select uses from _searched_texts where text = 'place:word'") == ["2"])
        try fixture.write([document("a.txt", starts: [50], length: 4)], fresh: false)
        #expect(try fixture.rows("select uses from _searched_texts where text = 'place:word'") == ["1"])
        try fixture.write([], fresh: false) { try $0.remove(document: "a.txt") }
        #expect(try fixture.rows("select text, uses from _searched_texts order by text") == before)
        try fixture.write([], fresh: false) { writer in
            for document in HandmadeCorpus.documents { try writer.remove(document: document.id) }
        }
        #expect(try fixture.rows("select text from _searched_texts union all select text from _shared_texts") == [])
    }

    @Test("rows come in one order, whatever was there before")
    func order() throws {
        let straight = try ResultsFixture()
        try straight.write()
        let crooked = try ResultsFixture()
        try crooked.write([document("a.txt", starts: [0], length: 9)] + HandmadeCorpus.documents.reversed())
        try crooked.write([], fresh: false) { try $0.remove(document: "a.txt") }
        for sql in [
            "select entity, document from mentions where entity <> ''",
            "select claim from claims where source_entity is not null", "select * from claim_links",
        ] {
            #expect(try crooked.rows(sql) == straight.rows(sql))
        }
    }
}
