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
}
