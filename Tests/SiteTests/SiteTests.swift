import Foundation
import StageKit
import TestSupport
import Testing
import Text

@testable import Site

@Suite struct SiteTests {
    @Test("every link of every page leads to a page, and to a place that is there once")
    func links() throws {
        let pages = try SiteFixture().pages()
        var ids: [String: Set<String>] = [:]
        for (path, html) in pages {
            let found = html.components(separatedBy: " id=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
            #expect(Set(found).count == found.count, "\(path)")
            ids[path] = Set(found)
        }
        var count = 0
        for (path, html) in pages where path.hasSuffix(".html") && path != "index.html" {
            for part in html.components(separatedBy: "href=\"").dropFirst() {
                let target = part.prefix { $0 != "\"" }.split(separator: "#", omittingEmptySubsequences: false)
                guard !target[0].hasPrefix("../../../") else { continue }
                let page = path.contains("/") ? String(target[0].dropFirst(3)) : String(target[0])
                #expect(pages[page] != nil, "\(path): \(target)")
                if target.count > 1 { #expect(ids[page]?.contains(String(target[1])) == true, "\(path): \(target)") }
                count += 1
            }
        }
        #expect(count > 50)
    }

    @Test("a report that is larger than a page has its evidence in pages of their own, and its links lead there")
    func evidence() throws {
        let sections = ["a", "b", "c"].map { "<section class=\"e\" id=\"\($0)\">\n<p>text of \($0)</p></section>\n" }
        let page =
            "<body><h2 id=\"words\">W</h2><a href=\"#a\">1</a> <a href=\"#c\">2</a> <a href=\"#words\">3</a></main>\n"
            + "<section id=\"evidence\" aria-label=\"Evidence\">\n<h2>Evidence</h2>\n" + sections.joined()
            + "\n</section>\n<script>x</script></body>"
        let parts = try #require(EvidenceParts(Array(page.utf8), pageBytes: 110))
        #expect(parts.pages.map(\.count) == [2, 1])
        #expect(
            String(decoding: parts.rest, as: UTF8.self)
                == "<body><h2 id=\"words\">W</h2><a href=\"evidence-1.html#a\">1</a> <a href=\"evidence-2.html#c\">2</a> "
                + "<a href=\"#words\">3</a></main>\n<script>x</script></body>")
        #expect(String(decoding: parts.pages[1][0], as: UTF8.self).contains("text of c"))
        #expect(EvidenceParts(Array("<body></body>".utf8)) == nil)
        let fixture = try SiteFixture()
        let large = Site(
            fixture.database,
            report: Array(page.replacing("x</script>", with: String(repeating: "x", count: 2_000_000)).utf8),
            projectFolder: "../..")
        var pages: [String: [UInt8]] = [:]
        try large.pages { pages[$0] = $1 }
        #expect(pages["evidence-1.html"].map { String(decoding: $0, as: UTF8.self).contains("id=\"a\"") } == true)
    }

    @Test("the page of a document marks its claims and names, each with a place to link to")
    func document() throws {
        let fixture = try SiteFixture()
        let pages = try fixture.pages()
        let page = try #require(
            pages.first { $0.key.hasPrefix("documents/") && $0.value.contains("<mark title=") }?.value)
        #expect(page.contains("<a id=\"c-") && page.contains("<a class=\"m\" href=\"../names/"))
        #expect(page.contains("<h2>Claims in this document</h2>"))
    }

    @Test("the page of a name shows documents in order of time, those without a day last")
    func mentions() throws {
        let days = [("a", "2024-03-01"), ("b", "2024-01-01"), ("c", nil), ("d", "2024-02-01")]
        let documents = days.map { name, day in
            let document = HandmadeDocument(
                "corpus/\(name).txt", "Mira Šostak, the pilot, and again Mira Šostak.",
                metadata: [.init("title", "Paper \(name)", .page)] + (day.map { [.init("date", $0, .page)] } ?? []))
            document.layers.set(
                Mentions(
                    (0...1).map { Mention(document.span("Mira Šostak", $0), .person, entity: "person:mira-sostak") }))
            return document
        }
        let page = try #require(
            try SiteFixture(documents).pages().first {
                $0.key.hasPrefix("names/") && $0.value.contains("Is mentioned")
            }?
            .value)
        let order = page.components(separatedBy: "<h3").dropFirst().compactMap { part in
            ["a", "b", "c", "d"].first { part.contains("Paper \($0)<") }
        }
        #expect(order == ["b", "d", "a", "c"])
        #expect(
            page.contains("2 mentions, of which this is the first")
                && page.contains("<b>Mira Šostak</b></a>, the pilot"))
    }

    @Test("the report's links to documents lead to their pages, and its own places stay")
    func report() throws {
        let document = HandmadeDocument("corpus/a.txt", "A text.")
        let index = try #require(try SiteFixture([document]).pages()["index.html"])
        #expect(index.contains("<a href=\"\(SiteAddress.page(.document, "corpus/a.txt"))\">a</a> <a href=\"#x\">x</a>"))
        #expect(index.contains("<header class=\"site\">"))
    }

    @Test("a block that was taken out is shown where it stood, with the reason")
    func furniture() throws {
        let text = "One.\n\nTwo."
        var marks = DocumentMarks()
        marks.blocks = [
            .init(kind: "paragraph", start: 0, end: 4, removed: nil),
            .init(kind: "furniture", start: 6, end: 6, removed: (text: "Share <this>", reason: "navigation")),
            .init(kind: "paragraph", start: 6, end: 10, removed: nil),
        ]
        var writer = MarkedText(text, marks)
        let html = writer.parts(limit: 10_000).map { String(decoding: $0.html, as: UTF8.self) }
        #expect(
            html == [
                """
                <p dir="auto">One.</p>
                <div class="out" dir="auto"><span class="why">taken out: navigation</span> Share &lt;this&gt;</div>
                <p dir="auto">Two.</p>

                """
            ])
    }

    @Test("marks that overlap are cut at each other's borders")
    func overlap() {
        var marks = DocumentMarks()
        marks.blocks = [.init(kind: "paragraph", start: 0, end: 9, removed: nil)]
        marks.stretches = [
            .init(start: 0, end: 5, content: .claim("c-1", note: "A", isAuthors: false)),
            .init(start: 3, end: 8, content: .mention("m-1", address: "names/x.html", note: "X")),
        ]
        var writer = MarkedText("äbcdefghi", marks)
        let html = writer.parts(limit: 10_000).map { String(decoding: $0.html, as: UTF8.self) }.joined()
        #expect(
            html == """
                <p dir="auto"><a id="c-1"></a><mark title="A">äbc</mark><a id="m-1"></a><mark title="A">\
                <a class="m" href="../names/x.html" title="X">de</a></mark>\
                <a class="m" href="../names/x.html" title="X">fgh</a>i</p>

                """)
    }

    @Test("a long text is cut in parts, none much larger than the limit, and nothing of it is lost")
    func parts() {
        let text = (0..<3000).map { "Sentence \($0) of a text without an end. " }.joined()
        var marks = DocumentMarks()
        marks.blocks = [.init(kind: "paragraph", start: 0, end: text.unicodeScalars.count, removed: nil)]
        marks.stretches = (0..<3000).map { .init(start: $0 * 30, end: $0 * 30 + 9, content: .sentence($0)) }
        var writer = MarkedText(text, marks)
        let parts = writer.parts(limit: 5000)
        #expect(parts.count > 20 && parts.allSatisfy { $0.html.count < 6000 })
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.start < $1.start })
        let plain = parts.map { part in
            var isTag = false
            return String(decoding: part.html, as: UTF8.self).filter { character in
                if character == "<" { isTag = true }
                defer { if character == ">" { isTag = false } }
                return !isTag && character != "\n"
            }
        }.joined()
        #expect(plain == text)
    }

    @Test(
        "an address depends on what the page is about, and needs no escape",
        arguments: ["a/b.txt", "<b>\"#?", "長い", "", "A b"])
    func addresses(id: String) {
        let address = SiteAddress.page(.name, id)
        #expect(
            address.utf8.allSatisfy {
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0
                    || "-/.".utf8.contains($0)
            })
        #expect(address != SiteAddress.page(.name, id + "x"))
    }

    @Test("the second time only pages that changed are written, and pages that are gone are removed")
    func changes() throws {
        let fixture = try SiteFixture([HandmadeDocument("a.txt", "One text."), HandmadeDocument("b.txt", "Another.")])
        let folder = fixture.project.path("site")
        let first = try SiteFolder(folder).write(fixture.site)
        #expect(first.written == first.pages && first.removed == 0)
        let again = try SiteFolder(folder).write(fixture.site)
        #expect(again.written == 0 && again.pages == first.pages)
        // what is about everything is small, and is made and compared
        #expect(again.made == 7)
        let other = try SiteFixture([HandmadeDocument("a.txt", "One text.")])
        let second = try SiteFolder(folder).write(other.site)
        #expect(second.removed > 0)
        // the page of `a.txt` is the same
        #expect(second.written < second.pages)
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(SiteAddress.page(.document, "b.txt"))"))
    }
}
