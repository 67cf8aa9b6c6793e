import Testing

@testable import Notebook

@Suite("Footnotes and link targets of parts of a report are kept apart")
struct MarkdownLabelsTests {
    @Test(
        "a label gets another name wherever it is one",
        arguments: [
            ("Text[^1].\n\n[^1]: A note.\n", "Text[^x].\n\n[^x]: A note.\n"),
            (
                "See [the wire][w] and [W] and [w][].\n\n  [w]: a.txt\n",
                "See [the wire][y] and [W][y] and [w][y].\n\n  [y]: a.txt\n"
            ),
            ("An ![image][w] with [w](b.txt) and [other][o].", "An ![image][y] with [w](b.txt) and [other][o]."),
            ("Code `[w]` and ``[^1] ` ``, \\[w] and \\[^1].", "Code `[w]` and ``[^1] ` ``, \\[w] and \\[^1]."),
            ("[^12] and [ww] and [w", "[^12] and [ww] and [w"),
        ])
    func renames(text: String, other: String) {
        #expect(MarkdownLabels.renaming(["^1": "^x", "w": "y"], in: text) == other)
    }

    @Test("a definition stands at the beginning of a line")
    func definitions() {
        #expect(MarkdownLabels.defined(by: "[^1]: A note") == "^1")
        #expect(MarkdownLabels.defined(by: "   [The  Wire]: a.txt") == "the wire")
        for line in ["    [w]: code", "text [w]: no", "[w] : no", "[]: no", "[^]: no", "[w"] {
            #expect(MarkdownLabels.defined(by: line) == nil, "\(line)")
        }
    }

    private func report(_ files: [String: String]) throws -> (markdown: String, page: String) {
        let fixture = try NotebookFixture()
        let notebook = try Notebook(files["n.md"] ?? "", file: "n.md") { files[$0] }
        let made = try NotebookRenderer(notebook, over: fixture.database).render().files
        func text(_ name: String) -> String {
            made.first { $0.path == name }.map { String(decoding: $0.bytes ?? [], as: UTF8.self) } ?? ""
        }
        return (text("report.md"), text("report.html"))
    }

    @Test("a notebook and what it includes have footnotes of the same name, each its own")
    func includes() throws {
        let part = "---\ntitle: A part\n---\nPart[^1] and [link][l].\n\n[^1]: Of the part.\n\n[l]: part.txt\n"
        let (markdown, page) = try report([
            "n.md":
                "Main[^1] and [link][l].\n\n```{include} p.md\n```\n\n```{include} p.md\n```\n\n[^1]: Of the notebook.\n\n[l]: main.txt\n",
            "p.md": part,
        ])
        #expect(!markdown.contains("title: A part") && !page.contains("title: A part"))
        for note in ["[^1]: Of the notebook.", "[^1-2]: Of the part.", "[^1-3]: Of the part."] {
            #expect(markdown.contains(note), "\(markdown)")
        }
        #expect(markdown.contains("Main[^1] and [link][l].") && markdown.contains("Part[^1-2] and [link][l-2]."))
        #expect(page.contains("Of the notebook.") && page.ranges(of: "Of the part.").count == 2)
        #expect(page.contains("href=\"main.txt\"") && page.contains("href=\"part.txt\""))
    }

    @Test("a part that clashes with nothing stays as it is")
    func alone() throws {
        let (markdown, _) = try report(["n.md": "```{include} p.md\n```\n", "p.md": "Part[^1].\n\n[^1]: A note.\n"])
        #expect(markdown.contains("Part[^1].") && markdown.contains("[^1]: A note."))
    }

    @Test("each repetition of a section has its own footnote")
    func sections() throws {
        let (markdown, page) = try report([
            "n.md":
                ":::{section}\neach: select 'a' as w union all select 'b'\n\n{param}`w`[^n]\n\n[^n]: Note on {param}`w`.\n:::\n"
        ])
        #expect(markdown.contains("a[^n]") && markdown.contains("b[^n--2]") && markdown.contains("[^n--2]: Note on b."))
        #expect(page.contains("Note on a.") && page.contains("Note on b."))
    }
}
