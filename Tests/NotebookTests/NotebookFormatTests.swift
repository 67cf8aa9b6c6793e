import Foundation
import Model
import StageKit
import Testing

@testable import Notebook

@Suite("Formats, named queries, labels, citations and includes")
struct NotebookFormatTests {
    @Test(
        "a format writes a value, and leaves one alone that it does not fit",
        arguments: [
            ("0", QueryValue.real(2.5), "2"), ("0", .real(3.5), "4"), ("0.0", .integer(3), "3.0"),
            ("0,0", .integer(1_234_567), "1,234,567"), ("0,0.00", .real(-1234.5), "-1,234.50"),
            ("0.0%", .real(0.1234), "12.3%"), ("£0,0", .integer(-5000), "-£5,000"), ("0.0 km", .real(2.25), "2.2 km"),
            ("0.0", .real(-0.01), "0.0"), ("date", .text("2024-03-05"), "5 March 2024"),
            ("date", .text("2024-03"), "March 2024"), ("month", .text("2024-03-05"), "March 2024"),
            ("date", .text("soon"), nil), ("0.0", .text("many"), nil), ("0.0", .real(.infinity), nil),
            ("0", .null, nil),
        ] as [(String, QueryValue, String?)])
    func formats(pattern: String, value: QueryValue, text: String?) throws {
        #expect(try #require(ValueFormat(pattern)).text(value) == text)
    }

    @Test("what is no format is none", arguments: ["", "x", "0.", "%", "00", "0.0%%", "0,00", "dates"])
    func noFormats(pattern: String) { #expect(ValueFormat(pattern) == nil) }

    @Test(
        "a table writes its columns in their formats, in both forms of the report, and the function does so in a line")
    func tables() throws {
        let notebook = """
            {value}`select formatted(0.256, '0.0%')`

            ```{table}
            format: share 0.0%; day date
            highlight: beta | gamma
            sql: select 'alpha' as name, 0.5 as share, '2024-05-04' as day, 0.5 as raw union all select 'beta', 1, '2024-06', 2
            ```
            """
        let files = try NotebookFixture().render(notebook).files
        let report = try #require(files["report.md"])
        #expect(report.hasPrefix("25.6%\n"))
        #expect(report.contains("| alpha | 50.0% | 4 May 2024 | 0.5 |"))
        #expect(report.contains("| **beta** | **100.0%** | **June 2024** | **2** |"))
        let page = try #require(files["report.html"])
        #expect(page.contains(">50.0%</td>") && page.contains("data-v=\"0.5\"") && page.contains("<b>100.0%</b>"))
    }

    @Test("a named query is read like a table, wherever it stands, by other named queries too")
    func namedQueries() throws {
        let notebook = """
            {value}`select count(*) from long_words`

            ```{query} long_words
            sql: select w from some_words where length(w) > $least;
            ```

            ```{query} some_words
            sql: |
              select 'crate' as w union all select 'a' -- all of them
            ```

            {value}`with x as (select * from long_words) select w from x`
            {value}`with recursive n(k) as (select 1 union all select k + 1 from n where k < 3) select max(k) || w from n, long_words`
            """
        let report = try NotebookFixture().report(notebook, parameters: ["least": .integer(2)])
        #expect(report.hasPrefix("1\n"))
        #expect(report.contains("crate\n3crate"))
    }

    @Test("a mistake in a query that reads named ones is told at its place")
    func places() throws {
        let problems = try NotebookFixture().problems(
            "```{query} words\nsql: select 'a' as w\n```\n\n{value}`select w, nowhere from words`\n")
        #expect(problems == ["n.md:5:19: no such column: nowhere. [sql]"])
    }

    @Test("tables and charts with labels are numbered, and references lead to them")
    func labels() throws {
        let notebook = """
            See {ref}`words` and {ref}`lengths`.

            ```{table}
            caption: Words
            subtitle: all of them
            unit: letters
            source: the results
            label: words
            sql: select 'a' as w, 1 as n
            ```

            ```{chart} bar
            caption: Lengths
            label: lengths
            sql: select 'a' as w, 1 as n
            ```

            ```{table}
            caption: No number
            sql: select 1 as n
            ```
            """
        let files = try NotebookFixture().render(notebook).files
        let report = try #require(files["report.md"])
        #expect(report.hasPrefix("See [Table 1](#ref-words) and [Figure 1](#ref-lengths)."))
        #expect(report.contains("<a id=\"ref-words\"></a>**Table 1. Words**\\\n*all of them, in letters*\n\n| w | n |"))
        #expect(report.contains("*Source: the results*"))
        #expect(report.contains("**Figure 1. Lengths**") && report.contains("\n**No number**\n"))
        let page = try #require(files["report.html"])
        #expect(page.contains("<a id=\"ref-words\"></a>Table 1. Words<br><em>all of them, in letters</em>"))
        #expect(page.contains("href=\"#ref-words\""))
    }

    @Test("documents are cited by author and year, and stand in a list of references")
    func citations() throws {
        let report = try NotebookFixture().report(
            "As told ({cite}`corpus/harbour.txt`; {cite}`corpus/telegram.txt`; {cite}`corpus/ferry.txt`).\n\n```{references}\n```\n"
        )
        #expect(report.hasPrefix("As told (Daily Lamp 2024; Wire 2024; corpus/ferry.txt n.d.).\n"))
        #expect(
            report.contains(
                "- Daily Lamp 2024: “What the Harbour \\| Board \\*knew\\*”, *Daily Lamp*, 2024-05-04, [corpus/harbour.txt]("
            ))
    }

    @Test("the head of a notebook stays in the Markdown and is no part of the page; a rule at the top is a rule")
    func frontMatter() throws {
        let files = try NotebookFixture().render("---\ntitle: Mine\n---\n# One\n\nText[^1].\n\n[^1]: A note.\n").files
        #expect(files["report.md"]?.hasPrefix("---\ntitle: Mine\n---\n# One\n") == true)
        #expect(files["report.html"]?.contains("title: Mine") == false)
        #expect(files["report.html"]?.contains("footnote") == true)
        let rule = try NotebookFixture().render("---\n\nText\n").files
        #expect(rule["report.html"]?.contains("<hr") == true)
    }

    private func notebook(_ files: [String: String], _ name: String = "main.md") throws(NotebookProblems) -> Notebook {
        try Notebook(files[name] ?? "", file: name) { files[$0] }
    }

    @Test("an included notebook stands in the place of its cell, and its problems have its places")
    func includes() throws {
        let files = [
            "main.md": "# A\n\n```{include} parts/one.md\n```\n\nEnd\n",
            "parts/one.md": "One {value}`select 1`\n\n```{include} two.md\n```\n", "parts/two.md": "Two\n",
            "bad.md": "```{include} parts/bad.md\n```\n", "parts/bad.md": "x\n\n{value}`select nowhere`\n",
        ]
        let fixture = try NotebookFixture()
        let report = try NotebookRenderer(notebook(files), over: fixture.database).render()
        let text = report.files.first { $0.path == "report.md" }.map { String(decoding: $0.bytes ?? [], as: UTF8.self) }
        #expect(
            text == "# A\n\nOne 1\n\nTwo\n\n\nEnd\n" || text?.contains("One 1") == true && text?.contains("Two") == true
        )
        #expect(try notebook(files).included.map(\.path) == ["parts/one.md", "parts/two.md"])
        let problems = try notebook(files, "bad.md").problems(parameters: [:])
        #expect(problems.map { "\($0.file ?? ""):\($0.line ?? 0):\($0.column ?? 0)" } == ["parts/bad.md:3:16"])
    }

    @Test(
        "a notebook that is wrong says so",
        arguments: [
            (["```{include} main.md\n```"], "include", "'main.md' includes 'main.md'"),
            (["```{include} b.md\n```", "b.md", "```{include} main.md\n```"], "include", "'b.md' includes 'main.md'"),
            (["```{include} none.md\n```"], "include", "can't be read"),
            (["```{include}\n```"], "include", "needs the path"),
            (
                ["```{query} a\nsql: select * from b\n```\n```{query} b\nsql: select * from a\n```"], "query-circular",
                "'a' reads 'b' reads 'a'"
            ),
            (["```{query} a\nsql: select * from A\n```"], "query-circular", "'a' reads 'a'"),
            (["```{query} a\nsql: select 1\n```\n```{query} A\nsql: select 2\n```"], "query-name", "two queries"),
            (["```{query}\nsql: select 1\n```"], "query-name", "no name"),
            (["```{query} two words\nsql: select 1\n```"], "query-name", "no name for a query"),
            (["```{query} claims\nsql: select 1\n```"], "query-name", "table of the results"),
            (["```{table}\nformat: 0.0.0\nsql: select 1\n```"], "unknown-format", "no format '0.0.0'"),
            (["```{table}\nformat: b 0.0\nsql: select 1 as a\n```"], "unknown-column", "column 'b'"),
            (["{ref}`tabel`\n\n```{table}\nlabel: table\ncaption: T\nsql: select 1\n```"], "unknown-label", "'tabel'"),
            (["```{table}\nlabel: A b\ncaption: T\nsql: select 1\n```"], "label", "no label"),
            (["```{table}\nlabel: a\nsql: select 1\n```"], "label", "needs a caption"),
            (
                [
                    "```{table}\nlabel: a\ncaption: T\nsql: select 1\n```\n\n```{table}\nlabel: a\ncaption: T\nsql: select 1\n```"
                ],
                "label", "two cells"
            ),
            (
                [":::{section}\neach: select 1 as k\n\n```{table}\nlabel: a\ncaption: T\nsql: select 1\n```\n:::"],
                "label", "repeated"
            ),
            (["{ref}``"], "cell-syntax", "nothing"), (["{cite}"], "cell-syntax", "no backticks"),
        ] as [([String], String, String)])
    func wrong(texts: [String], id: String, words: String) {
        var files = ["main.md": texts[0]]
        if texts.count == 3 { files[texts[1]] = texts[2] }
        var found: [Diagnostic] = []
        do throws(NotebookProblems) {
            found = try notebook(files).problems(parameters: [:])
        } catch {
            found = error.diagnostics
        }
        #expect(
            found.contains { $0.id == id && $0.message.contains(words) && ($0.line ?? 0) > 0 },
            "\(found.map(\.rendered))")
    }

    @Test("a document that is cited and not there is an error")
    func unknownDocument() throws {
        let problems = try NotebookFixture().problems("{cite}`corpus/none.txt`")
        #expect(problems.first?.contains("there is no document 'corpus/none.txt'") == true)
    }
}
