import Testing

@testable import Notebook

@Suite struct MarkdownTextTests {
    @Test(
        "text from the corpus means nothing to Markdown",
        arguments: [
            ("a | b", "a \\| b"), ("`code`", "\\`code\\`"), ("<script>", "\\<script\\>"), ("](x)", "\\](x)"),
            ("# no heading", "\\# no heading"), ("- no item", "\\- no item"), ("a - b # c", "a - b # c"),
            ("{value}`x`", "\\{value\\}\\`x\\`"), ("*a* _b_ snake_case", "\\*a\\* \\_b\\_ snake_case"),
            ("1. first", "1\\. first"), ("0.1.0", "0.1.0"), ("&amp; & b", "\\&amp; & b"), ("$x$", "\\$x\\$"),
            ("http://x.y", "http\\://x.y"), ("www.x.y", "www\\.x.y"), (":smile: 3:30", "\\:smile: 3:30"),
            ("two\nlines\r\n\r\nand", "two lines and"), ("nul\u{0}", "nul\u{FFFD}"), ("a\\|b", "a\\\\\\|b"),
            ("~~gone~~", "\\~\\~gone\\~\\~"),
        ])
    func escaping(text: String, escaped: String) {
        #expect(MarkdownText.escaped(text) == escaped)
    }

    @Test("text in pictures is escaped for XML")
    func html() {
        #expect(MarkdownText.html("<a href=\"x\">&\u{1}") == "&lt;a href=&quot;x&quot;&gt;&amp;\u{FFFD}")
    }

    @Test("links hold no character that ends them")
    func links() { #expect(MarkdownText.link("a b/(ü).md") == "a%20b/%28%C3%BC%29.md") }

    @Test(
        "names of files and places are letters, digits and hyphens",
        arguments: [("Who is heard most?", "who-is-heard-most"), ("Çağla Gürdere", "cagla-gurdere"), ("日本", "")])
    func slugs(text: String, slug: String) { #expect(MarkdownText.slug(text) == slug) }

    @Test(
        "numbers are printed the same everywhere",
        arguments: [
            (0.1 + 0.2, "0.3"), (1.0 / 3, "0.333333333333"), (12345.0, "12,345"), (1234.5, "1234.5"), (-2.0, "-2"),
            (1e300, "1e+300"), (123456789012345.678, "123456789012000"), (0, "0"),
        ])
    func numbers(value: Double, text: String) { #expect(NumberText.real(value) == text) }

    @Test("a passage is bold however it is set off")
    func emphasis() {
        #expect(PassageText.emphasized("said", before: "he ", after: " it") == "he **said** it")
        #expect(PassageText.emphasized("“No,”", before: "he", after: "said") == "he<b>“No,”</b>said")
        #expect(PassageText.emphasized("*x*", before: "", after: "") == "**\\*x\\***")
    }
}
