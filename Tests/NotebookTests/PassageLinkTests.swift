import Testing

@testable import Notebook

/// Where a passage's link leads in the file of its document.
@Suite struct PassageLinkTests {
    @Test(
        "a line has a link that code hosts follow, Markdown by its source",
        arguments: [
            ("corpus/a.txt", "[corpus/a.txt](../corpus/a.txt#L7)"), ("a.html", "[a.html](../a.html#L7)"),
            ("a.md", "[a.md](../a.md?plain=1#L7)"), ("a.jsonl#1", "[a.jsonl#1](../a.jsonl)"),
        ])
    func line(document: String, link: String) {
        let text = PassageText(projectFolder: "../").file(document, line: 7)
        #expect(text.replacing("\\", with: "") == link)
    }
}
