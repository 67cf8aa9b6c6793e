import GRDB
import Results
import StageKit
import TestSupport
import Testing
import Text

@Suite struct DocumentTablesTests {
    let fixture: ResultsFixture
    init() throws { fixture = try ResultsFixture() }

    @Test("a document's row counts its words and sentences and keeps its metadata")
    func documents() throws {
        try fixture.write()
        #expect(
            try fixture.rows(
                "select document, title, date, publisher, language, words, sentences, bytes from documents")
                == [
                    "corpus/ferry.txt|-|-|-|-|4|1|21",
                    "corpus/harbour.txt|What the Harbour | Board *knew*|2024-05-04|Daily Lamp|en|34|5|\(HandmadeCorpus.harbour.source.count)",
                    "corpus/telegram.txt|Toll|2024-06-01|Wire|-|12|2|64",
                ])
        #expect(
            try fixture.rows("select key, value, place from metadata where document like '%telegram%'")
                == ["date|2024-06-01|front matter", "publisher|Wire|metadata file", "title|Toll|front matter"])
    }

    @Test("spans count code points, and cut the passage out of the document's text")
    func codePoints() throws {
        try fixture.write()
        let cut = """
            select count(*) from claims join documents using (document)
                where claims.text <> substr(documents.text, start + 1, "end" - start)
            """
        #expect(try fixture.rows(cut) == ["0"])
        #expect(
            try fixture.rows(#"select start, "end" from quotations"#) == ["79|98"])
        #expect(
            try fixture.rows("select text from sentences where document like '%ferry%'") == ["The ferry runs again."])
    }

    @Test("source places are bytes and lines of the original file")
    func sourcePlaces() throws {
        try fixture.write()
        let place = try fixture.rows("select source_start, source_end, line from mentions where n = 3")
        let source = HandmadeCorpus.harbour.source
        let start = try #require(source.firstRange(of: Array("Mira".utf8))?.lowerBound)
        #expect(place == ["\(start)|\(start + 12)|6"])
    }

    @Test("a block that was taken out stays, with its text, its bytes and the reason")
    func removedBlocks() throws {
        try fixture.write()
        #expect(
            try fixture.rows(
                "select block, kind, kept, reason, source_start, source_end, text from blocks where document like '%harbour%'"
            ).prefix(2) == [
                "0|furniture|0|donation request|0|24|Give today!",
                "1|paragraph|1|-|24|101|The Harbour Board says at least 50 crates were lost. It rained on 3 May 2024.",
            ])
    }

    @Test("quantities keep their bounds and dates their days")
    func values() throws {
        try fixture.write()
        #expect(
            try fixture.rows("select number, lower, upper, noun, approximate from quantities")
                == ["50.0|50.0|-|crates|0", "44.0|44.0|44.0|crates|0"])
        #expect(
            try fixture.rows("select value, lower, upper, anchor from dates") == ["2024-05-03|2024-05-03|2024-05-03|-"])
    }

    @Test("a claim keeps source, cue and content apart, and two claims of one passage have ids of their own")
    func claims() throws {
        try fixture.write()
        #expect(
            try fixture.rows(
                "select sentence, source, source_entity, cue, content, form, stance, negated from claims where n = 0 order by document"
            )
                == [
                    "0|The Harbour Board|organization:harbour-board|says|at least 50 crates were lost|indirect|asserted|0",
                    "0|Officials|-|said|44 crates were lost|indirect|asserted|0",
                ])
        #expect(try fixture.rows("select count(distinct claim), count(*) from claims") == ["4|4"])
        #expect(
            try fixture.rows(
                "select text from mentions where mention = (select source_mention from claims where n = 1)")
                == ["Mira Šostak"])
    }

    @Test("a pair of linked claims stands once, the smaller id first")
    func links() throws {
        try fixture.write()
        #expect(
            try fixture.rows("select claim_a < claim_b, relation, score, reason from claim_links")
                == ["1|disputes|0.81|figures differ: at least 50 / 44 crates"])
        #expect(
            try fixture.rows(
                """
                select count(*) from claim_links join claims a on a.claim = claim_a join claims b on b.claim = claim_b
                    where a.document = document_a and b.document = document_b
                """) == ["1"])
    }

    @Test(
        "whether another claim disputes, repeats or supports one is looked up, from either side", arguments: ["a", "b"])
    func linkedClaim(side: String) throws {
        try fixture.write()
        let plan = try DatabaseQueue(path: fixture.path).read { db in
            try Row.fetchAll(
                db,
                sql: """
                    explain query plan select 1 from claim_links l
                        where l.claim_\(side) = 'c-x' and l.relation in ('disputes', 'repeats', 'supports')
                        and l.relation <> 'disputes'
                    """
            ).map { $0["detail"] as String }
        }
        #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
    }

    @Test("a statement of a question keeps its claim when an edit gives the claim another number")
    func movedClaim() throws {
        func document(_ text: String, asking claim: Int) -> HandmadeDocument {
            let document = HandmadeDocument("a.txt", text)
            let said = ["Ana said one.", "Bo said two."].map { words in
                Claim(
                    document.span(words), source: document.span(String(words.prefix { $0 != " " })),
                    cue: document.span("said"), content: [document.span(String(words.dropFirst(words.count - 4)))],
                    form: .indirect, stance: .asserted)
            }
            document.layers.set(Claims(text.hasPrefix("Ana") ? said : said.reversed()))
            document.layers.set(Questions([], parts: [.init(claim: claim, statement: 0, question: "q", answer: nil)]))
            return document
        }
        let asked = "select c.text from question_claims q join claims c using (claim)"
        try fixture.write([document("Ana said one. Bo said two.", asking: 0)])
        #expect(try fixture.rows(asked) == ["Ana said one."])
        try fixture.write([document("Bo said two. Ana said one.", asking: 1)], fresh: false)
        #expect(try fixture.rows(asked) == ["Ana said one."])
        #expect(try fixture.database().digests() == fixture.database().recomputedDigests())
    }

    @Test("a document without a layer has no rows of it")
    func missingLayers() throws {
        let bare = HandmadeDocument("a.txt", "Only a text.")
        for layer in bare.layers.names where layer != DocumentText.name { bare.layers.remove(layer) }
        try fixture.write([bare])
        #expect(
            try fixture.rows("select document, words, sentences, text from documents") == ["a.txt|-|-|Only a text."])
        #expect(try fixture.rows("select count(*) from sentences") == ["0"])
    }

    @Test("spans beyond the text are cut to it")
    func hostileSpans() throws {
        let document = HandmadeDocument("a.txt", "Short.")
        document.layers.set(Sentences([.init(2, 4), .init(90, 95)]))
        document.layers.set(Mentions([Mention(.init(3, 900), .person)]))
        try fixture.write([document])
        #expect(try fixture.rows(#"select start, "end" from sentences"#) == ["2|4", "6|6"])
        #expect(try fixture.rows("select text from mentions") == ["rt."])
    }

    @Test("a document with more rows than are put in at once has all of them, in order")
    func manyRows() throws {
        let document = HandmadeDocument("a.txt", String(repeating: "Word ", count: 700))
        document.layers.set(
            Mentions((0..<700).map { Mention(.init(5 * $0, 5 * $0 + 4), .place, entity: "place:word") }))
        let written = try fixture.write([HandmadeCorpus.harbour, document, HandmadeCorpus.telegram])
        #expect(
            try fixture.rows("select count(*), max(n), sum(start) from mentions where document = 'a.txt'")
                == ["700|699|\(5 * 699 * 350)"])
        #expect(try fixture.rows("select alias, mentions from aliases where entity = 'place:word'") == ["Word|700"])
        #expect(try fixture.database().recomputedDigests() == written)
        let again = try fixture.write([document], fresh: false)
        #expect(again == written)
        #expect(try fixture.database().recomputedDigests() == written)
    }
}
