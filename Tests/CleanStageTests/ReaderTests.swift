import StageKit
import Testing

@testable import CleanStage

struct ReaderTests {
    @Test("hard-wrapped lines are joined, and hyphens of line ends taken out")
    func wrapping() async throws {
        let text = """
            There is a book in the pilot station that is never allowed to be emp-
            ty. It has a line for every hour of the day and the night, and who-
            ever is on watch must put something on it, even if it is only wind.

            A well-known rule of the place says that the log is written in ink, a
            well-
            known rule that nobody has ever broken in all the years it has stood.
            """
        let cleaned = try await Cleaned(text).text()
        #expect(cleaned.contains("never allowed to be empty. It has a line"))
        #expect(cleaned.contains("and whoever is on watch"))
        #expect(!cleaned.contains("emp-"))
    }

    @Test("line ends of every kind end lines")
    func lineEnds() async throws {
        for end in ["\n", "\r\n", "\r", "\u{2028}"] {
            let cleaned = try await Cleaned("One sentence stands here." + end + end + "Another one stands there.")
            #expect(try cleaned.text() == "One sentence stands here.\n\nAnother one stands there.")
        }
    }

    @Test("a date line, a headline and a byline become metadata")
    func masthead() async throws {
        let body = String(repeating: "The story goes on and on for a long time. ", count: 6)
        let cleaned = try await Cleaned(
            "THE DAILY PLUM\n\nMonday, January 19, 2026\n\nWhy the ferry office closed at noon\n\nBy Mara Quill, The Plum\n\n"
                + body)
        let metadata = try cleaned.metadata()
        #expect(metadata.date == "2026-01-19")
        #expect(metadata.title == "Why the ferry office closed at noon")
        #expect(metadata.author == "Mara Quill")
        #expect(metadata.publisher == "The Plum")
        #expect(try cleaned.blocks().first(where: \.isKept)?.kind == .title)
        #expect(try !cleaned.text().contains("DAILY PLUM"))
    }

    @Test("Markdown gives its front matter, headings, lists, quotations and code as kinds")
    func markdown() async throws {
        let cleaned = try await Cleaned(
            """
            ---
            title: "A walk"
            date: 2026-01-19
            author: Mara Quill
            ---
            # A walk

            See [the *map*](https://map.example/a) and `run` it.

            ## Steps

            - one
            - two

            > A quoted line
            > that goes on.

            ```
            let x = 1
            ```
            """, format: .markdown)
        #expect(
            try cleaned.text()
                == "A walk\n\nSee the map and run it.\n\nSteps\n\none\ntwo\n\nA quoted line that goes on.\n\nlet x = 1")
        #expect(
            try cleaned.blocks().map(\.kind) == [.title, .paragraph, .heading, .list, .list, .quote, .code])
        #expect(try cleaned.metadata().date == "2026-01-19")
    }

    @Test("a web page gives its article, and what it says about itself")
    func webPage() async throws {
        let prose = String(repeating: "The office was shut and the queue stood on, as queues do. ", count: 4)
        let cleaned = try await Cleaned(
            """
            <html lang="en"><head><title>Shut | The Plum</title><meta property="og:site_name" content="The Plum">
            <script type="application/ld+json">{"@type":"NewsArticle","headline":"Shut","datePublished":"2026-01-19T08:00Z",
            "author":[{"@type":"Person","name":"Mara Quill"}]}</script></head><body>
            <nav><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav>
            <article><h1>Shut</h1><p>\(prose)</p><blockquote><p>Nobody told me, &amp; I asked.</p></blockquote>
            <table><tr><th>Day<th>Ships<tr><td>Monday<td>3</table><ul><li>First<li>Second</ul><p>And then: \(prose)</p></article>
            <div class="comments"><p>I was there too, and it was shut for me as well as for them.</p></div>
            <footer>© 2026 The Plum</footer></body></html>
            """, format: .html)
        let text = try cleaned.text()
        #expect(text.hasPrefix("Shut\n\nThe office was shut"))
        #expect(text.contains("\n\nNobody told me, & I asked.\n\nDay\tShips\nMonday\t3\n\nFirst\nSecond\n\n"))
        #expect(!text.contains("I was there too"))
        #expect(!text.contains("Home"))
        let metadata = try cleaned.metadata()
        #expect([metadata.title, metadata.date, metadata.author] == ["Shut", "2026-01-19", "Mara Quill"])
        #expect([metadata.publisher, metadata.language] == ["The Plum", "en"])
        #expect(try cleaned.blocks().contains { $0.isKept && $0.kind == .quote })
    }

    @Test("a row of the metadata file beats what the document says")
    func row() async throws {
        let cleaned = try await Cleaned(
            [("a", Array("---\ntitle: Mine\n---\nSome words stand here.".utf8))], format: .markdown,
            row: [MetadataField("title", "Theirs")])
        #expect(try cleaned.metadata().title == "Theirs")
    }

    @Test("the stage 'plain-text' leaves the text as it is")
    func plainText() async throws {
        let source = Array("One.\r\n\r\n  Two \u{AD}three.\n".utf8)
        let run = try await MemoryRun(
            StepGraph(Step.prepare(PlainTextStage.self)),
            over: [
                .init(DocumentFacts(id: "a"), source: source), .init(DocumentFacts(id: "b"), source: [0x61, 0xFF]),
            ])
        #expect(try run.documents[0].layers.value(DocumentText.self)?.bytes == source)
        #expect(try run.documents[0].layers.value(Blocks.self)?.blocks.count == 2)
        #expect(run.documents[1].failure?.code == "not-utf-8")
    }
}
