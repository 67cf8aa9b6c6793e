import Foundation
import StageKit
import TestSupport
import Testing
import Text

@testable import Notebook

/// `report.html`.
@Suite struct PageTests {
    private func page(_ text: String, _ documents: [HandmadeDocument] = HandmadeCorpus.documents) throws -> String {
        try #require(try NotebookFixture(documents).render(text).files["report.html"])
    }

    /// What stands between two strings.
    private func part(_ text: String, _ start: String, _ end: String) -> Substring {
        guard let from = text.range(of: start)?.upperBound, let to = text[from...].range(of: end)?.lowerBound else {
            return ""
        }
        return text[from..<to]
    }

    @Test("a figure leads to its passages in the page, each marked between its neighbours")
    func evidence() throws {
        let html = try page("# Crates\n\nWe count {value}`select count(*), evidence(claim) from claims` claims.\n")
        #expect(html.contains("<p>We count <a class=\"f\" href=\"#figures--figure-1\">4</a> claims.</p>"))
        let section = part(html, "<section class=\"e\" id=\"figures--figure-1\">", "</section>")
        #expect(section.components(separatedBy: "<blockquote").count == 5)
        #expect(section.contains("<mark>") && section.contains(" bytes "))
        #expect(html.contains("<title>Crates</title>"))
    }

    @Test("every link within the page leads somewhere, and every place is there once")
    func links() throws {
        let html = try page(BuiltInReport.text)
        let ids = html.components(separatedBy: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(Set(ids).count == ids.count)
        let targets = html.components(separatedBy: "href=\"#").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(!targets.isEmpty)
        for target in Set(targets) { #expect(ids.contains(target), "\(target)") }
    }

    @Test("the page asks for nothing outside itself, and no script runs but its own")
    func isolation() throws {
        let html = try page(BuiltInReport.text)
        #expect(!html.contains("http://") && !html.contains("https://"))
        #expect(html.components(separatedBy: "<script").count == 2)
        #expect(html.contains("default-src 'none'") && html.contains("script-src 'sha256-"))
        #expect(!html.contains(" src="))
    }

    @Test(
        "text of the corpus is text in the page",
        arguments: [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</title><script>", "\" onclick=\"alert(1)",
            "' onclick='alert(1)", "](javascript:alert(1))", "<!-- ", "--> <b>", "]]>", "&lt;script&gt;", "</section>",
            "{value}`select 1`", "\u{202E}evil", "\u{0}<i>", "<h1>x</h1>", "javascript:alert(1)", "```\n<b>",
            "\n\n<b>x</b>\n\n",
        ])
    func hostile(text: String) throws {
        let document = HandmadeDocument(
            "a\"<b>'.txt", text.isEmpty ? "x" : "Before. \(text) after. End.",
            metadata: [
                .init("title", text, .page), .init("publisher", text, .page), .init("date", "2024-03-01", .page),
            ])
        document.layers.set(Mentions([Mention(document.span("after"), .person, entity: "e")]))
        let notebook = """
            # {value}`select title from documents`

            {value}`select publisher, evidence(mention) from documents join mentions using (document)`

            ```{table}
            caption: Of {value}`select title from documents`
            sql: select title, document, publisher, evidence(mention) as evidence from documents join mentions using (document)
            ```

            ```{chart} bar
            caption: {value}`select title from documents`
            sql: select title, 1 as n from documents
            ```

            ```{quote}
            sql: select mention from mentions
            ```

            ```{concordance}
            sql: select mention from mentions
            ```
            """
        let html = try page(notebook, [document])
        let harmless = try page(
            notebook,
            [
                {
                    let document = HandmadeDocument(
                        "a.txt", "Before. x after. End.",
                        metadata: [
                            .init("title", "x", .page), .init("publisher", "x", .page),
                            .init("date", "2024-03-01", .page),
                        ])
                    document.layers.set(Mentions([Mention(document.span("after"), .person, entity: "e")]))
                    return document
                }()
            ])
        // The same tags in the same order, whatever the text says.
        func tags(_ html: String) -> [String] {
            html.components(separatedBy: "<").dropFirst().map {
                "<" + $0.prefix { $0.isLetter || $0.isNumber || $0 == "/" || $0 == "!" }
            }
        }
        #expect(tags(html) == tags(harmless))
        #expect(html.components(separatedBy: "onclick=\"").count == 1)
        #expect(html.components(separatedBy: "href=\"javascript").count == 1)
    }

    @Test("Markdown of a notebook becomes HTML as CommonMark has it, with tables")
    func commonMark() throws {
        let html = try page("# A\n\nSome *words* and `code`.\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n- x\n- y\n")
        #expect(
            html.contains("<h1 id=\"a\">A</h1>") && html.contains("<em>words</em>")
                && html.contains("<td align=\"right\">2</td>"))
        #expect(html.contains("<li>y</li>"))
    }

    @Test("headings get the names that code hosts give them, each once, and a list of contents")
    func headings() throws {
        let html = try page("# T\n\n## What was left out?\n\n## Words\n\n## Words\n")
        #expect(
            html.contains("<h2 id=\"what-was-left-out\">") && html.contains("<h2 id=\"words\">")
                && html.contains("<h2 id=\"words-1\">"))
        #expect(part(html, "<nav", "</nav>").components(separatedBy: "<li>").count == 4)
    }

    @Test("what follows a cell without an empty line is Markdown again")
    func blocks() throws {
        let html = try page("```{table}\nsql: select 1 as x\n```\nSome *words*.\n")
        #expect(html.contains("</figure>\n<p>Some <em>words</em>.</p>"))
    }

    @Test("of many passages the page shows some, and leads to the file with the others")
    func cut() throws {
        let text = String(repeating: "Word. ", count: 300)
        let document = HandmadeDocument("a.txt", text)
        document.layers.set(Sentences((0..<300).map { ByteSpan($0 * 6, $0 * 6 + 5) }))
        document.layers.set(
            Mentions((0..<300).map { Mention(ByteSpan($0 * 6, $0 * 6 + 4), .person, entity: "e\($0 % 7)") }))
        let figures = (0..<9).map { _ in "{value}`select 1, evidence(mention) from mentions`" }.joined(separator: " ")
        let html = try page(figures, [document])
        #expect(html.contains("300 passages, of which the first 100 are shown here."))
        #expect(html.contains("<a href=\"evidence/figure-9.md#figure-9\">The file beside this page</a> has 200."))
    }
}
