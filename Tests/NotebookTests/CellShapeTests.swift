import Model
import Testing

@testable import Notebook

@Suite("What a cell asks of its columns is asked before there are rows")
struct CellShapeTests {
    private func told(_ text: String, variants: Int = 0) throws -> [String] {
        let variants = (0..<variants).map { VariantSetting(name: "v\($0)", parameters: [:]) }
        return try Notebook(text, file: "n.md").problems(parameters: [:], variants: variants).map {
            "\($0.line ?? 0):\($0.column ?? 0) \($0.id)"
        }
    }

    private func chart(_ kind: String, _ sql: String) -> String { "```{chart} \(kind)\nsql: \(sql)\n```\n" }

    @Test(
        "a chart over columns that it can't show is told",
        arguments: [
            ("bar", "select publisher, title from documents"),
            ("bar", "select publisher, excerpt(title, 9) as short from documents"),
            ("bar", "select publisher, 'a' as letter from documents"),
            ("bar", "select publisher, 1 as a, 2 as b, 3 as c, 4 as d, 5 as e from documents"),
            ("scatter", "select title, words from documents"), ("slope", "select title, words from documents"),
            ("heat", "select title, words from documents"), ("heat", "select title, date, publisher from documents"),
            ("figures", "select publisher, words from documents"),
            ("dispersion", "select title, date, words from documents"),
            ("timeline", "select date, title from documents"),
        ])
    func wrong(kind: String, sql: String) throws {
        #expect(try told(chart(kind, sql)) == ["2:6 chart-columns"])
    }

    @Test(
        "a chart over columns that it may show is not told",
        arguments: [
            ("bar", "select publisher, count(*) from documents group by 1"),
            ("bar", "select publisher, coalesce(words, 0) as words, evidence(document) as shown from documents"),
            ("line", "select date, words from documents"), ("timeline", "select date, words from documents"),
            ("heat", "select title, publisher, words from documents"),
            ("dispersion", "select title, date from documents"), ("dispersion", "select title, words from documents"),
            ("multiples", "select publisher, date, words from documents"),
            ("network", "select title, publisher, words from documents"),
            ("figures", "select publisher, words as lower, null as upper, date from documents"),
            ("slope", "select * from (select title, words, sentences from documents)"),
        ])
    func right(kind: String, sql: String) throws {
        #expect(try told(chart(kind, sql)) == [])
    }

    @Test("more variants than a chart can tell apart are refused, and a field or a table takes them")
    func variants() throws {
        func cell(_ kind: String) -> String {
            "```{\(kind)\nover: variants\nsql: select name, mentions from entities\n```\n"
        }
        #expect(try told(cell("chart} bar"), variants: 5) == ["3:6 chart-columns"])
        #expect(try told(cell("chart} bar"), variants: 4) == [])
        #expect(try told(cell("chart} heat"), variants: 5) == [])
        #expect(try told(cell("table}"), variants: 5) == [])
        let ordered = "```{chart} bar\nover: variants\norder: v1 desc\nsql: select name, mentions from entities\n```\n"
        #expect(try told(ordered, variants: 2) == [])
        #expect(try told(ordered, variants: 1) == ["3:8 unknown-column"])
    }

    @Test("names of columns in fields have to be there")
    func names() throws {
        let text = """
            ```{table}
            compare: titl | date
            order: wrds desc
            format: words 0; dat date
            sql: select title, date, words from documents
            ```
            """
        #expect(try told(text) == ["2:10 unknown-column", "3:8 unknown-column", "4:18 unknown-column"])
    }

    @Test("an expectation compares one value")
    func expectation() throws {
        #expect(try told("```{expect}\nsql: select 1, 2\nvalue: 1\n```") == ["2:6 expect-value"])
        #expect(try told("```{expect}\nsql: select 1, null as evidence\nvalue: 1\n```") == [])
        let fixture = try NotebookFixture()
        let two = fixture.problems("```{expect}\nsql: select document from documents\nvalue: 1\n```")
        #expect(two.count == 1 && two[0].hasPrefix("n.md:2:6: 'expect' compares one value, and the query gives "))
        let none = fixture.problems("```{expect}\nsql: select document from documents where 0\nvalue: 1\n```")
        #expect(none.count == 1 && none[0].contains("the query gives no row"))
    }

    @Test("names that no row has are told with the report, and those of repeated sections are not")
    func rows() throws {
        let fixture = try NotebookFixture()
        let table =
            "```{table}\nhighlight: Wire | Wir\norder: Wire | Lamp\nsql: select publisher, words from documents where publisher is not null\n```\n"
        let first = try fixture.renderer(table).render()
        let told = first.warnings.map { "\($0.line ?? 0):\($0.column ?? 0) \($0.message)" }
        #expect(
            told == ["3:15 'order' names 'Lamp', which no row has", "2:19 'highlight' names 'Wir', which no row has"])
        #expect(first.warnings.allSatisfy { $0.severity == .warning && $0.id == "unknown-row" })
        #expect(try fixture.renderer(table, kept: first.kept).render().warnings == first.warnings)
        let section = ":::{section}\neach: select document from documents\n\n\(table):::\n"
        #expect(try fixture.renderer(section.replacing(":::", with: "::::")).render().warnings.isEmpty)
    }

    @Test("an id of nothing is told with the cell that gave it")
    func evidence() throws {
        let told = try NotebookFixture().problems("Text\n\n{value}`select 1, evidence('c-none')`\n")
        #expect(
            told == [
                "n.md:3:9: 'evidence' was given 'c-none', which is no claim, mention, sentence or document. [unknown-evidence]"
            ])
    }
}
