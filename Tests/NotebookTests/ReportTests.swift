import Foundation
import Notebook
import StageKit
import TestSupport
import Testing

@Suite struct ReportTests {
    @Test("a small report is the same to the byte, with its evidence")
    func golden() throws {
        let files = try NotebookFixture().render(
            """
            # Crates

            {value}`select count(*), evidence(claim) from claims` claims by {value}`select count(*) from entities` names.

            ```{table}
            caption: Who says how much
            sql: |
              select coalesce(e.name, 'nobody named') as source, count(*) as claims, evidence(claim) as evidence
              from claims left join entities e on e.entity = source_entity group by 1 order by 2 desc, 1
            ```

            ```{chart} bar
            caption: Claims by document
            sql: select document, count(*) as claims, evidence(claim) as evidence from claims group by document
            ```

            ```{quote}
            sql: select claim from claims where stance = 'asserted' limit 1
            ```

            ```{concordance}
            caption: In context
            sql: select mention from mentions where type = 'person'
            ```
            """
        ).files
        for (path, text) in files.sorted(by: { $0.key < $1.key }) where path != "report.html" {
            Golden.expect("<!-- \(path) -->\n\(text)", matches: "small-\(path.replacing("/", with: "-"))")
        }
        #expect(
            files.keys.sorted() == [
                "charts/claims-by-document.svg", "evidence/claims-by-document.md", "evidence/figures.md",
                "evidence/who-says-how-much.md", "report.html", "report.md",
            ])
    }

    @Test("a timeline that leaves rows out says how many")
    func cutTimeline() throws {
        let report = try NotebookFixture().report(
            """
            ```{chart} timeline
            rest: the others are in the table
            sql: |
              with recursive n(i) as (select 0 union all select i + 1 from n where i < 50002)
              select (1000 + i / 336) || '-' || substr('0' || (i / 28 % 12 + 1), -2) || '-' || substr('0' || (i % 28 + 1), -2) as day,
                1 as claims
              from n
            ```
            """)
        #expect(report.contains("*50,000 of 50,003 rows; the others are in the table.*"))
    }

    @Test("two documents are one pair, whichever of them a link begins with, and copies are told once")
    func pairs() throws {
        let sentences = (1...12).map { "Ada said: boat \($0) sank." }
        let text = sentences.joined(separator: " ")
        let documents = [HandmadeDocument("corpus/a.txt", text), HandmadeDocument("corpus/b.txt", text)]
        for (document, other) in [(documents[0], documents[1]), (documents[1], documents[0])] {
            document.layers.set(
                Claims(
                    sentences.map { sentence in
                        Claim(
                            document.span(sentence), cue: document.span("said"), content: [document.span(sentence)],
                            form: .indirect, stance: .asserted)
                    }))
            document.layers.set(
                Links(
                    sentences.enumerated().map { k, sentence in
                        .init(
                            claim: k, document: other.id, other: other.reference(sentence), relation: .repeats,
                            score: 1000, reason: "the same words")
                    }))
        }
        let fixture = try NotebookFixture(documents)
        // In this corpus links begin with either document.
        let begins = try fixture.report("{value}`select group_concat(distinct document_a) from claim_links`")
        #expect(begins.contains("a.txt") && begins.contains("b.txt"), "\(begins)")
        let pairs = try fixture.report("{value}`select count(*) || ' ' || sum(claims) from document_pairs`")
        #expect(pairs.contains("1 12"))
        let report = try fixture.report(BuiltInReport.text)
        #expect(!report.contains("Documents that have claims in common"))
        let rows = report.components(separatedBy: "\n").filter { $0.contains("[2](evidence/copies-and-versions") }
        #expect(rows.count == 1)
        // what only copies of one text have is told with the copies
        #expect(!report.contains("The same claim in several documents"))
        #expect(!report.contains("**Said in several documents.**"))
    }

    /// Three documents: two give different figures for one thing, two have a sentence in common.
    private func disagreeing(
        _ facts: (Int) -> [Metadata.Entry] = {
            [.init("date", "2024-05-0\($0 + 1)", .page), .init("publisher", "Paper \($0)", .row)]
        }
    ) -> [HandmadeDocument] {
        let texts = ["Ada said that 44 boats sank.", "Bo said that 52 boats sank.", "Bo said that 52 boats sank."]
        let documents = texts.enumerated().map { k, text in
            HandmadeDocument(
                "corpus/\(k).txt", "\(text) Cy said that it rained on paper \(k).", metadata: facts(k))
        }
        func answer(_ figure: Double, _ holder: String, _ statements: Int) -> Questions.Answer {
            .init(
                text: "\(Int(figure))", lower: figure, upper: figure, holders: [holder], statements: statements,
                publishers: statements, independent: 1, latest: [holder], first: "2024-05-01", last: "2024-05-03")
        }
        for (k, document) in documents.enumerated() {
            let sentences = [texts[k], "Cy said that it rained on paper \(k)."]
            document.layers.set(
                Claims(
                    sentences.map { sentence in
                        Claim(
                            document.span(sentence), source: document.span(String(sentence.prefix(2))),
                            cue: document.span("said"), content: [document.span(sentence)], form: .indirect,
                            stance: .asserted)
                    }))
            document.layers.set(
                Questions(
                    k > 0
                        ? []
                        : [
                            .init(
                                id: "q-boats", kind: .figure, heading: "How many boats sank?", entities: [], place: "",
                                first: "2024-05-01", last: "2024-05-03", statements: 3, sources: 2, publishers: 3,
                                independent: 2, isDisputed: true, isUpdated: false, isAgreed: true,
                                answers: [answer(52, "Bo", 2), answer(44, "Ada", 1)])
                        ], parts: [.init(claim: 0, statement: 0, question: "q-boats", answer: k == 0 ? 1 : 0)]))
        }
        func link(_ k: Int, _ other: Int, _ relation: Links.Relation, claim: Int, _ text: String) -> Links.Link {
            .init(
                claim: claim, document: documents[other].id, other: documents[other].reference(text),
                relation: relation, score: 900, reason: "figures")
        }
        let rain = (0...2).map { "Cy said that it rained on paper \($0)." }
        // both documents of a link have it
        documents[0].layers.set(
            Links([
                link(0, 1, .disputes, claim: 0, texts[1]), link(0, 2, .disputes, claim: 0, texts[2]),
                link(0, 1, .repeats, claim: 1, rain[1]),
            ]))
        documents[1].layers.set(
            Links([
                link(1, 0, .disputes, claim: 0, texts[0]), link(1, 2, .repeats, claim: 0, texts[2]),
                link(1, 0, .repeats, claim: 1, rain[0]),
            ]))
        documents[2].layers.set(
            Links([link(2, 0, .disputes, claim: 0, texts[0]), link(2, 1, .repeats, claim: 0, texts[1])]))
        return documents
    }

    @Test("a question that is drawn is told by its picture alone, and its versions stand beside each other once")
    func questions() throws {
        let report = try NotebookFixture(disagreeing()).report(BuiltInReport.text)
        #expect(report.contains("**How many boats sank? – who says how many**"))
        #expect(
            report.contains("[3 statements]")
                && report.contains("in 3 documents by 3 publishers give 2 answers, dated from 2024-05-01 to 2024"))
        #expect(!report.contains("with more than one answer**"))
        let rows = report.components(separatedBy: "\n").filter { $0.contains("](evidence/two-passages-side-by-side") }
        #expect(rows.count == 1, "\(rows)")
        #expect(report.contains("has all 2 pairs"))
        // both have 52, which the question tells; that it rained is told by nothing else
        let told = report.components(separatedBy: "\n").filter { $0.contains("](evidence/the-same-claim") }
        #expect(told.count == 1 && told.first?.contains("rained") == true, "\(told)")
        #expect(report.contains("**Said in several documents.** [Cy said that it rained"))
    }

    @Test("dates and publishers are told of those documents that have one")
    func fewFacts() throws {
        let report = try NotebookFixture(
            disagreeing { $0 == 1 ? [.init("date", "2024-05-02", .page), .init("publisher", "Lamp", .row)] : [] }
        ).report(BuiltInReport.text)
        #expect(report.contains("#figure-1), 1 of them by Lamp; only one has a date, 2024-05-02."))
        #expect(report.contains("in 3 documents give 2 answers; 1 has a date, 2024-05-02."))
        #expect(report.contains("figures have no date") && !report.contains("**, published 2024-05-02"))
        #expect(report.contains("; the first with a date: Lamp, 2024-05-02)") && !report.contains("first in Lamp"))
        #expect(report.contains("no date and are not in the pictures") == report.contains("## Over time"))
        let bare = try NotebookFixture(disagreeing { _ in [] }).report(BuiltInReport.text)
        #expect(bare.contains("](evidence/figures.md#figure-1), none with a date."))
        #expect(bare.contains("in 3 documents give 2 answers.") && !bare.contains("Documents by publisher"))
        #expect(!bare.contains("publishers"), "where none is known, none is counted")
    }

    @Test("checks that fail are shown, and told")
    func checks() throws {
        let (files, failed) = try NotebookFixture().render(
            """
            ```{check}
            sql: select document from documents where date is null
            message: every document has a date
            ```
            ```{check}
            sql: select 1 where false
            message: nothing
            ```
            ```{expect}
            sql: select count(*) from documents
            value: 3
            ```
            ```{expect}
            sql: select count(*) from claims
            value: 12
            message: there are a dozen claims
            ```
            """)
        #expect(failed == ["1: every document has a date (1)", "13: there are a dozen claims; the results say 4 (0)"])
        #expect(
            files["report.md"] == """
                > ✗ **Check failed:** every document has a date. 1 row contradicts it.

                | document |
                | --- |
                | [corpus/ferry.txt](../../corpus/ferry.txt) |
                ✓ *Checked:* nothing.

                > ✗ **Check failed:** there are a dozen claims. The results say 4, the text 12.

                """)
    }

    @Test("the built-in report renders over a corpus, over none, and over texts alone")
    func builtIn() throws {
        let bare = HandmadeDocument("a.txt", "Only a text.")
        for layer in bare.layers.names where layer != DocumentText.name { bare.layers.remove(layer) }
        for documents in [HandmadeCorpus.documents, [], [bare]] {
            let fixture = try NotebookFixture(documents)
            let files = try fixture.render(BuiltInReport.text, file: BuiltInReport.file).files
            #expect(files["report.md"]?.hasPrefix("# Crates\n") == true)
            #expect(files["report.md"]?.contains("{value}") == false)
            #expect(try fixture.render(BuiltInReport.text).files == files)
        }
    }

    @Test("a figure, its evidence and the bytes of the file belong together")
    func trace() throws {
        let files = try NotebookFixture().render(
            "{value}`select 'three', evidence(mention) from mentions where type = 'person'`"
        ).files
        #expect(files["report.md"] == "[three](evidence/figures.md#figure-1)")
        let page = try #require(files["evidence/figures.md"])
        #expect(page.contains("[corpus/harbour.txt](../../../corpus/harbour.txt#L6), line 6, bytes"))
        let source = HandmadeCorpus.harbour.source
        let start = try #require(source.firstRange(of: Array("Mira".utf8))?.lowerBound)
        #expect(page.contains("bytes \(start)–\(start + 12)"))
    }

    @Test(
        "a hostile title changes nothing around it",
        arguments: [
            "a | b", "`", "<script>alert(1)</script>", "](https://x.y)", "# x", "{value}`select 1`", "```\n```{table}",
            "--- |\n| x", "&lt;", "\\", "<!--", "![x](y)", "\u{0}", "| --- |", "</details>",
        ])
    func hostile(title: String) throws {
        let document = HandmadeDocument(
            "a|b/`c`.txt", "Text.", metadata: [.init("title", title, .page), .init("publisher", title, .page)])
        document.layers.set(Mentions([Mention(document.span("Text"), .person, entity: "e")]))
        let files = try NotebookFixture([document]).render(
            """
            ```{table}
            sql: |
              select title, document, publisher, count(*) as n, evidence(mention) as evidence
              from documents join mentions using (document) group by document
            ```
            """
        ).files
        let lines = try #require(files["report.md"]).split(separator: "\n")
        #expect(lines.count == 3)
        let bars = lines[2].replacing("\\\\", with: "").replacing("\\|", with: "").count { $0 == "|" }
        #expect(bars == 5)
        for (path, text) in files where path != "report.html" {
            #expect(!text.contains("<script") || text.contains("\\<script"))
            #expect(!text.contains("](https://x.y)") || text.contains("\\](https\\://x.y)"))
        }
    }
}
