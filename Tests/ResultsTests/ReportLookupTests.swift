import GRDB
import Results
import StageKit
import TestSupport
import Testing

/// What the report looks up instead of counting it: described sources, the weight of claims, pairs of documents.
@Suite struct ReportLookupTests {
    let fixture: ResultsFixture
    init() throws { fixture = try ResultsFixture() }

    @Test("a source without a name is described by its words in small letters, and counted with its documents")
    func described() throws {
        try fixture.write()
        #expect(
            try fixture.rows("select document, source, described_as from claims where described_as is not null")
                == ["corpus/telegram.txt|Officials|officials"])
        #expect(try fixture.rows("select * from description_totals") == ["officials|1|1"])
        try fixture.write([], fresh: false) { writer in try writer.remove(document: "corpus/telegram.txt") }
        #expect(try fixture.rows("select * from description_totals") == [])
    }

    @Test("a claim weighs more with a figure and with a link, and nothing where it is short")
    func weight() throws {
        let short = Self.document("a.txt", ["Too short.", "The wall of the harbour is safe again.", Self.figure])
        short.layers.set(
            Links([
                Self.link(0, to: "b.txt", .repeats), Self.link(2, to: "b.txt", .disputes),
                Self.link(1, to: "b.txt", .related),
            ]))
        try fixture.write([short])
        #expect(try fixture.rows("select weight from claims order by n") == ["0", "1", "4"])
    }

    @Test("documents with three claims in common are a pair, told once, and links to one claim count once")
    func pairs() throws {
        let sentences = ["The wall of the harbour is safe.", "The ferry runs again today.", Self.figure]
        let documents = ["a.txt", "b.txt", "c.txt"].map { Self.document($0, sentences) }
        documents[0].layers.set(
            Links((0..<3).map { Self.link($0, to: "b.txt", .repeats) } + [Self.link(0, to: "c.txt", .repeats)]))
        documents[1].layers.set(
            Links(
                (0..<3).map { Self.link($0, to: "a.txt", .repeats) }
                    + [0, 1, 1, 1].map { Self.link($0, to: "c.txt", .repeats) }))
        documents[2].layers.set(Links([]))
        try fixture.write(documents)
        #expect(try fixture.rows("select * from document_pairs") == ["a.txt|b.txt|3"])
        documents[0].layers.set(Links([]))
        try fixture.write([documents[0]], fresh: false) { writer in try writer.remove(document: "b.txt") }
        #expect(try fixture.rows("select * from document_pairs") == [])
    }

    @Test("what a report shows of a source is found by an index")
    func plans() throws {
        try fixture.write()
        for query in [
            "select claim from claims where source_entity = 'e' and weight > 0 order by weight desc limit 3",
            "select claim from claims where described_as = 'officials' limit 3",
            "select * from document_pairs order by claims desc limit 15",
            "select question from questions where disputed order by publishers desc, statements desc limit 1",
        ] {
            let plan = try DatabaseQueue(path: fixture.path).read { db in
                try Row.fetchAll(db, sql: "explain query plan \(query)").map { $0["detail"] as String }
            }
            #expect(!plan.contains { $0.hasPrefix("SCAN") && !$0.contains("INDEX") }, "\(query): \(plan)")
        }
    }

    @Test("the links of several claims are looked up, from either end", arguments: ["a", "b"])
    func linksOfSeveral(side: String) throws {
        try fixture.write()
        let query = """
            with most as materialized (select claim from repeats limit 20)
            select l.reason from most m cross join claim_links l on l.claim_\(side) = m.claim
                and l.relation in ('disputes', 'repeats', 'supports') and l.relation <> 'disputes'
            """
        let plan = try DatabaseQueue(path: fixture.path).read { db in
            try Row.fetchAll(db, sql: "explain query plan \(query)").map { $0["detail"] as String }
        }
        #expect(!plan.contains { $0.hasPrefix("SCAN t") }, "\(plan)")
        #expect(plan.contains { $0.contains(side == "a" ? "(claim=?)" : "(claim_b=?)") }, "\(plan)")
    }

    private static let figure = "It said that 44 crates were lost there."

    private static func document(_ id: String, _ sentences: [String]) -> HandmadeDocument {
        let document = HandmadeDocument(id, sentences.joined(separator: " "))
        document.layers.set(
            Claims(
                sentences.map { sentence in
                    Claim(
                        document.span(sentence), content: [document.span(sentence)], form: .direct,
                        stance: .asserted)
                }))
        return document
    }

    private static func link(_ claim: Int, to document: String, _ relation: Links.Relation) -> Links.Link {
        Links.Link(
            claim: claim, document: document, other: ClaimReference(passage: UInt64(claim), occurrence: 0),
            relation: relation, score: 900, reason: "same words")
    }
}
