import StageKit
import Testing

@testable import CleanStage

@Suite("What a page says about itself")
struct PageMetadataTests {
    private static let prose =
        "<p>" + String(repeating: "The queue stood on, as queues do, and nobody said why. ", count: 4)

    /// Each says the same in its own way.
    private static let heads: [(source: String, head: String, body: String)] = [
        (
            "JSON-LD",
            """
            <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
            {"@type":["Article"],"headline":"Shut at noon","datePublished":"2026-01-19T08:00:00+01:00","inLanguage":"en_GB",
            "author":[{"@type":"Person","name":"Mara Quill"}],"publisher":{"@type":"Organization","name":"The Plum"}}]}</script>
            """, ""
        ),
        (
            "Open Graph",
            """
            <meta property="og:title" content="Shut at noon"><meta property="article:published_time" content="2026-01-19">
            <meta property="og:site_name" content="The Plum"><meta property="og:locale" content="en_GB">
            <meta property="article:author" content="Mara Quill">
            """, ""
        ),
        (
            "microdata", "",
            """
            <div itemscope itemtype="https://schema.org/Article"><h1 itemprop="headline">Shut at noon</h1>
            <span itemprop="author" itemscope><a itemprop="url" href=/q><b itemprop="name">Mara Quill</b></a>, of the quay</span>
            <time itemprop="datePublished" datetime="2026-01-19T08:00">Monday</time>
            <span itemprop="publisher"><i itemprop="name">The Plum</i></span></div>
            """
        ),
        (
            "meta elements",
            """
            <meta name="DC.title" content="Shut at noon"><meta name="author" content="Mara Quill"><meta name="date" content="19.01.2026">
            <meta name="DC.publisher" content="The Plum"><meta name="DC.language" content="en-GB">
            """, ""
        ),
        (
            "visible marks", "<title>Shut at noon | The Plum</title>",
            "<h1>Shut at noon</h1><p>By Mara Quill</p><p><time datetime='2026-01-19T08:00Z'>yesterday</time></p>"
        ),
        (
            "its text", "",
            "<h1>Shut at noon</h1><p>By Mara Quill</p><p>Monday, January 19, 2026</p>"
        ),
    ]

    @Test("is read from every place in which pages say it", arguments: heads.map(\.source))
    func sources(source: String) async throws {
        let (_, head, body) = try #require(Self.heads.first { $0.source == source })
        let page = "<html><head>\(head)</head><body>\(body)\(Self.prose)</body></html>"
        let metadata = try await Cleaned(page, format: .html).metadata()
        #expect([metadata.title, metadata.date, metadata.author] == ["Shut at noon", "2026-01-19", "Mara Quill"])
        let names = ["visible marks", "its text"].contains(source)
        #expect(metadata.publisher == (names ? nil : "The Plum"))
        let declares = ["JSON-LD", "Open Graph", "meta elements"].contains(source)
        #expect(metadata.language == (declares ? "en-GB" : "en"))
    }

    @Test("is left open where it is no author, no day and no language")
    func nonsense() async throws {
        let page = """
            <html lang="English"><head><meta name=author content="https://plum.example/quill"><meta name=date content="2026-13-77">
            </head><body>\(Self.prose)</body></html>
            """
        let metadata = try await Cleaned(page, format: .html).metadata()
        #expect(metadata.author == nil)
        #expect(metadata.date == nil)
        #expect(metadata.language == "en")
    }

    private func read(_ head: String, _ body: String = "<article><h1>Shut at noon</h1>\(prose)</article>") async throws
        -> Metadata
    {
        try await Cleaned("<html><head>\(head)</head><body>\(body)</body></html>", format: .html).metadata()
    }

    @Test("is not what it says about other articles")
    func otherItems() async throws {
        let list = """
            <script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"Article","headline":"Gulls",
            "datePublished":"1999-01-01","author":"Some Body"}]}</script><meta property="og:title" content="Shut at noon">
            <meta property="article:published_time" content="2026-01-19T08:00:00Z">
            """
        let listed = try await read(list)
        #expect([listed.title, listed.date, listed.author] == ["Shut at noon", "2026-01-19", nil])
        let two = """
            <link rel=canonical href="https://plum.example/shut"><script type="application/ld+json">[{"@type":"NewsArticle",
            "headline":"Gulls","url":"https://plum.example/gulls","datePublished":"1999-01-01"},{"@type":"NewsArticle",
            "headline":"Shut at noon","url":"https://plum.example/shut/","datePublished":"2026-01-19"}]</script>
            """
        #expect(try await read(two).date == "2026-01-19")
        let times = """
            <article><h1>Shut at noon</h1><p>Updated <time datetime="2027-01-01">later</time></p>\(Self.prose)</p></article>
            <div class=related><time datetime="1999-01-01">then</time></div><aside><time datetime="1998-01-01">then</time></aside>
            """
        #expect(try await read("", times).date == nil)
        let own = times.replacing("Updated <time datetime=\"2027-01-01\"", with: "<time datetime=\"2026-01-19\"")
        #expect(try await read("", own).date == "2026-01-19")
    }

    @Test(
        "is read from every form of JSON-LD",
        arguments: [
            """
            {"@graph":[{"@type":"Article","headline":"Plum &amp; tide","datePublished":"2026-01-19","author":{"@id":"#q"},
            "publisher":{"@id":"#p"}},{"@type":"Person","@id":"#q","name":"Mara Quill"},{"@type":"Organization","@id":"#p","name":"The Plum"}]}
            """,
            """
            //<![CDATA[
            {"@type":"http://schema.org/BlogPosting","headline":"Plum &#38; tide","datePublished":"2026-01-19T08:00",
            "author":{"@type":"Person","givenName":"Mara","familyName":"Quill"},"publisher":"The Plum"}
            //]]>
            """,
            """
            <!-- [{"@type":["Report"],"name":"Plum & tide","datePublished":"20260119","creator":[{"name":["Mara Quill"]}],
            "publisher":{"name":"The Plum"}}] -->
            """,
        ])
    func jsonForms(data: String) async throws {
        let metadata = try await read("<script type='application/ld+json; charset=utf-8'>\(data)</script>")
        #expect(
            [metadata.title, metadata.date, metadata.author, metadata.publisher] == [
                "Plum & tide", "2026-01-19", "Mara Quill", "The Plum",
            ])
    }

    @Test("is what scholarly pages say, with every author")
    func scholarly() async throws {
        let metadata = try await read(
            """
            <title>Plums 12</title><meta name=citation_title content="Of plums"><meta name=citation_author content="Quill, Mara">
            <meta name=citation_author content="Reed, Jon"><meta name=citation_publication_date content="2026/01/19">
            """)
        #expect(
            [metadata.title, metadata.date, metadata.author] == ["Of plums", "2026-01-19", "Quill, Mara, Reed, Jon"])
        let two = try await read("<meta name=author content='Mara Quill'><meta name=author content='Jon Reed'>")
        #expect(two.author == "Mara Quill, Jon Reed")
    }

    @Test(
        "has the day of its address where nothing else says one",
        arguments: [
            ("2026/01/19/shut", "2026-01-19"), ("news/2026-01-19-shut.html", "2026-01-19"),
            ("20260119/shut", "2026-01-19"),
            ("2026/jan/19/shut", "2026-01-19"), ("2026/13/45/shut", nil), ("a/12345678", nil), ("2026/shut", nil),
        ])
    func addresses(path: String, day: String?) async throws {
        #expect(try await read("<link rel=canonical href='https://plum.example/\(path)'>").date == day)
        let said = try await read(
            "<meta property=og:url content='https://plum.example/\(path)'><meta name=date content=2026-03-01>")
        #expect(said.date == "2026-03-01")
    }

    @Test("is not what systems write that know no day, and not the word before a name")
    func systems() async throws {
        for none in ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "9999-12-31"] {
            #expect(try await read("<meta property=article:published_time content=\(none)>").date == nil)
        }
        #expect(try await read("<meta name=pdate content=20260119>").date == "2026-01-19")
        #expect(try await read("<meta property=article:published content=2026-01-19T10:00>").date == "2026-01-19")
        #expect(try await read("<meta name=byl content='By Mara Quill'>").author == "Mara Quill")
        #expect(
            try await read("", "<article><h1>Shut</h1><p>Published 5:12 p.m. Jan. 19, 2026</p>\(Self.prose)</article>")
                .date == "2026-01-19")
    }

    @Test("has the headline as it is printed, not the one for search engines")
    func printed() async throws {
        let head = """
            <title>Ferry office noon hours: why it shut - The Plum</title><meta property=og:title content="Shut at noon">
            <script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry office noon hours: why it shut"}</script>
            """
        #expect(try await read(head).title == "Shut at noon")
    }
}
