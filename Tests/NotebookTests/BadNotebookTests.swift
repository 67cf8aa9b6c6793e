import Foundation
import Model
import StageKit
import Testing

@testable import Notebook

@Suite("Every mistake of a notebook has its message")
struct BadNotebookTests {
    private func problems(_ text: String, files: [String: String] = [:]) -> [Diagnostic] {
        let (notebook, problems) = Notebook.read(text, file: "n.md") { files[$0] }
        return problems + notebook.problems(parameters: ["window": .integer(3)])
    }

    @Test(
        "a mistake is told with its kind and its line",
        arguments: [
            ("{value}`select 1\n", ["cell-syntax 1"]), ("{value}``\n", ["cell-syntax 1"]),
            ("```{table}\nsql: select 1 as a\n", ["cell-syntax 1"]),
            ("```{tabel}\nsql: select 1\n```\n", ["unknown-cell 1"]),
            ("```{table}\nsqll: select 1\n```\n", ["missing-sql 1", "unknown-field 2"]),
            ("```{table}\nsql: select * from docs\n```\n", ["sql 2"]),
            ("```{table}\nsql: select wrds from documents\n```\n", ["sql 2"]),
            ("```{chart} pie\nsql: select 1, 2\n```\n", ["unknown-chart 1"]),
            ("```{chart} bar\nsql: select publisher from documents\n```\n", ["chart-columns 2"]),
            ("```{table}\nformat: words many\nsql: select words from documents\n```\n", ["unknown-format 2"]),
            ("{value}`select $widow`\n", ["unknown-parameter 1"]), ("{param}`widow`\n", ["unknown-parameter 1"]),
            ("```{expect}\nsql: select 1\n```\n", ["missing-value 1"]),
            (":::{section}\n\nText.\n:::\n", ["missing-sql 1"]), ("{ref}`nowhere`\n", ["unknown-label 1"]),
            ("```{query} a b\nsql: select 1\n```\n", ["query-name 1"]),
            (
                "```{query} one\nsql: select * from two\n```\n\n```{query} two\nsql: select * from one\n```\n",
                ["query-circular 2", "query-circular 6"]
            ),
            ("```{query} one\nsql: select * from one\n```\n", ["query-circular 2"]),
            ("```{include} gone.md\n```\n", ["include 1"]), ("```{include} n.md\n```\n", ["include 1"]),
            ("- ```{table}\n  sql: select 1\n  ```\n", ["cell-syntax 1"]),
        ])
    func mistakes(text: String, found: [String]) {
        let told = problems(text, files: ["n.md": text]).map { "\($0.id) \($0.line ?? 0)" }
        for one in found { #expect(told.contains(one), "\(told)") }
        #expect(!told.isEmpty && told.count <= found.count + 1, "\(told)")
    }

    @Test("mistakes of form do not hide those of queries")
    func together() {
        let text =
            "{value}`select nothing from documents`\n\n```{tabel}\nsql: select 1\n```\n\n{value}`select $widow`\n"
        #expect(Set(problems(text).map(\.id)) == ["sql", "unknown-cell", "unknown-parameter"])
    }

    @Test("notebooks that include each other in a circle are an error that shows the way")
    func circle() throws {
        let files = ["a.md": "```{include} b.md\n```\n", "b.md": "```{include} a.md\n```\n"]
        let found = problems("```{include} a.md\n```\n", files: files)
        #expect(found.map(\.id) == ["include"])
        #expect(found.first?.message.contains("'a.md' includes 'b.md' includes 'a.md'") == true)
    }

    @Test("sections over nothing leave nothing behind")
    func nothing() throws {
        let fixture = try NotebookFixture()
        let text =
            "Before.\n\n:::{section}\neach: select document from documents where 0\n\n## {param}`document`\n:::\n\nBehind.\n"
        #expect(try fixture.report(text) == "Before.\n\nBehind.\n")
    }

    @Test("ten thousand sections are read, checked and shown", .timeLimit(.minutes(1)))
    func many() throws {
        let fixture = try NotebookFixture()
        let text = (0..<10_000).map { ":::{section}\nwhen: select \($0 % 2)\n\n## \($0)\n:::\n" }.joined(
            separator: "\n")
        #expect(problems(text).isEmpty)
        #expect(try fixture.report(text).split(separator: "\n").count == 5000)
    }
}
