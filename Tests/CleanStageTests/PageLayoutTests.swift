import StageKit
import Testing
import Text

@testable import CleanStage

@Suite("Pages that are laid out in other ways")
struct PageLayoutTests {
    private static let long =
        "The ferry office closed at noon, and nobody in the queue had been told why it would not open again that week, or the next."

    /// The blocks that are kept, as `kind: text`, tabs as strokes.
    private func kept(_ body: String) async throws -> [String] {
        let cleaned = try await Cleaned("<html><body>\(body)</body></html>", format: .html)
        let text = Array(try cleaned.text().utf8)
        return try cleaned.blocks().filter(\.isKept).map {
            "\($0.kind): " + String(decoding: text[$0.span.range], as: UTF8.self).replacing("\t", with: " / ")
        }
    }

    @Test("one long paragraph does not push out the lists, tables, terms and short paragraphs beside it")
    func oneParagraph() async throws {
        let rest =
            "<ul><li>No plums came.</li></ul><ol><li>No boat came.</li></ol><table><tr><td>Crates</td><td>12</td></tr></table>"
            + "<dl><dt>Gull</dt><dd>A bird of the quay.</dd></dl><p>So it was.</p>"
        for paragraph in ["<p>\(Self.long)</p>", "<div>\(Self.long)</div>", "<blockquote>\(Self.long)</blockquote>"] {
            let blocks = try await kept(paragraph + rest)
            #expect(
                blocks.dropFirst() == [
                    "list: No plums came.", "list: No boat came.", "table: Crates / 12", "list: Gull",
                    "list: A bird of the quay.", "paragraph: So it was.",
                ])
        }
        let inContent = try await kept(
            "<div class=sidebar><p>About the ferry.</p></div><div class=content><p>\(Self.long)</p><p>So it was.</p></div>"
        )
        #expect(inContent == ["paragraph: \(Self.long)", "paragraph: So it was."])
    }

    @Test("a number set high is an exponent, an index, or the mark of a note")
    func raised() async throws {
        for (written, read) in [
            ("built in 1911<sup>2</sup>.", "built in 1911."), ("cost 40<sup>3</sup> marks", "cost 40 marks"),
            ("10<sup>6</sup> plums", "10⁶ plums"), ("40 m<sup>2</sup>", "40 m²"), ("12 km<sup>2</sup>", "12 km²"),
            ("CO<sub>2</sub>", "CO₂"), ("the 3<sup>rd</sup> crate", "the 3rd crate"),
            ("M<sup>me</sup> Quill", "Mme Quill"),
            ("the quay<sup>a</sup> was", "the quay was"), ("Mara Quill<sup>1,2</sup> wrote", "Mara Quill wrote"),
            ("2<sup>1</sup>/<sub>2</sub> crates", "2 1/2 crates"), ("10<sup>-3</sup> m", "10⁻³ m"),
            ("the quay.<sup>[4]</sup>", "the quay."),
            ("x<sub>i</sub>", "xi"),
        ] {
            #expect(try await kept("<p>\(written)</p>").first == "paragraph: \(read)")
        }
        #expect(try await kept("<p><sup>2</sup>See the log.</p>").first == "paragraph: 2 See the log.")
    }

    @Test("a row of a table is a block, whatever stands in its cells")
    func cells() async throws {
        let table =
            "<table><tr><td><p>2024</p></td><td><p>plums</p><p>pears</p></td><td><div>3</div></td></tr>"
            + "<tr><td>2025</td><td><ul><li>figs</li><li>nuts</li></ul></td><td>4<br>5</td></tr></table>"
        #expect(
            try await kept("<article><p>\(Self.long)</p>\(table)</article>").dropFirst() == [
                "table: 2024 / plums pears / 3", "table: 2025 / figs nuts / 4 5",
            ])
    }

    @Test("rows of a table are no links, dates, bylines or forms")
    func rows() async throws {
        let rows = [
            "<td>Year</td><td>Plums | pears</td>", "<td>Next</td>", "<td>3 May 2031</td>",
            "<td>Comments</td><td>3</td>", "<td>By Mara Quill</td>",
        ]
        let table = "<table>" + rows.map { "<tr>\($0)</tr>" }.joined() + "</table>"
        let cleaned = try await Cleaned("<article><p>\(Self.long)</p>\(table)</article>", format: .html)
        #expect(try cleaned.blocks().filter { $0.kind == .table && $0.isKept }.count == rows.count)
        #expect(try cleaned.metadata().date == nil && cleaned.metadata().author == nil)
    }

    @Test("a table that lays out a page holds paragraphs, and its links stand apart from them")
    func layout() async throws {
        let links = "<a href=a>Home</a><br><a href=b>Boats</a><br><a href=c>Guest book</a>"
        let second =
            "Mara Quill, who had waited since eight, said that the gulls had told her, and that nobody else had come."
        for text in [
            "<b>Ferry</b><p>\(Self.long)<p>\(second)", "\(Self.long)<br><br>\(second)",
            "<div>\(Self.long)</div><div>\(second)</div>",
        ] {
            let blocks = try await kept("<table><tr><td>\(links)</td><td>\(text)</td></tr></table>")
            #expect(blocks.contains("paragraph: \(Self.long)") && blocks.contains("paragraph: \(second)"))
            #expect(!blocks.contains { $0.contains("Guest book") })
        }
    }

    @Test("tags that parsers leave unread are no text")
    func rawTags() async throws {
        let frames =
            "<html><frameset><frame src=a><noframes><body><p>Seen <b>without</b> frames.</p></body></noframes></frameset></html>"
        #expect(try await Cleaned(frames, format: .html).text() == "Seen without frames.")
        let typed = try await kept(
            "<p>\(Self.long)</p><xmp><b>typed</b> &amp; set</xmp><noembed><p>no</p></noembed><noframes><p>no</p></noframes>"
        )
        #expect(typed == ["paragraph: \(Self.long)", "code: typed & set"])
        #expect(try await kept("<h1>Log</h1><plaintext>The <b>quay</b>.") == ["title: Log", "code: The quay."])
    }

    @Test("what a text says again stays, what a page holds twice for other screens does not")
    func repeats() async throws {
        let soup = "Two bowls of plum soup with barley and one slice of the bread of the day"
        let days = ["Monday", "Tuesday", "Wednesday"].map {
            "<h2>\($0)</h2><p>\(soup)</p><p>A walk along the quay of Orle before the bells ring for the noon meal</p>"
        }
        let twice = try await kept(
            "<article><h1>Meals</h1><p>\(Self.long)</p><p>\(Self.long) So it was.</p>\(days.joined())</article>")
        #expect(twice.filter { $0.contains("plum soup") }.count == 3 && twice.contains("heading: Wednesday"))
        let body = "<p>\(Self.long)</p><p>\(Self.long) So it was.</p>"
        let screens = try await kept(
            "<article><div class=desktop-only>\(body)</div><div class=mobile-only>\(body)</div></article>")
        #expect(screens.count == 2)
        let halves = try await kept("<main><div>\(body)</div><div>\(body)</div></main>")
        #expect(halves.count == 2)
    }

    @Test("a page of short lines is its text, and the note above its comments is not")
    func shortLines() async throws {
        let blocks = try await kept(
            "<div id=content><h1>Regatta</h1><p>First: 10 March, Orle<br>Second: 8 April, Pelmar<br>Third: 22 April, Skerrow</p></div>"
                + "<div id=comments><p>Comments that nobody can read, or that are rude to a gull, are not shown by those who run the page.</p></div>"
        )
        #expect(blocks.count == 4 && !blocks.contains { $0.contains("rude") })
    }
}
