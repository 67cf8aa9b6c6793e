import Model
import Results
import StageKit
import TestSupport
import Testing

@testable import Notebook

/// Named queries that several cells read, which are asked once.
@Suite struct FilledQueriesTests {
    /// A notebook with one named query and a value for each of `cells`, in a paragraph of its own.
    private static func notebook(_ query: String, _ cells: [String]) -> String {
        "```{query} few\nsql: \(query)\n```\n\n" + cells.map { "{value}`\($0)`\n\n" }.joined()
    }

    private func filled(_ text: String, setting names: Set<String> = []) throws -> (tables: Set<String>, text: String) {
        let fixture = try NotebookFixture()
        let connection = try ReportConnection(fixture.database)
        let queries = FilledQueries(
            try Notebook(text, file: "n.md").queries, on: connection, parameters: Parameters(["least": .integer(1)]),
            marks: try connection.read { try TableMarks($0) }, kept: [:])
        let expanded = try FilledQueries.Within(queries: queries, names: names).expanded("select * from few")
        return (connection.filled, expanded.text)
    }

    @Test("a query that two cells read stands in a table, and one that one cell reads is a part of it")
    func shared() throws {
        let read = "select count(*) from few"
        let twice = try filled(Self.notebook("select title from documents", [read, read]))
        #expect(twice.tables == ["few"])
        #expect(twice.text == "select * from few")
        let once = try filled(Self.notebook("select title from documents", [read]))
        #expect(once.tables == [])
        #expect(once.text.hasPrefix("with \"few\" as ("))
        let repeated = try filled(
            "```{query} few\nsql: select title from documents\n```\n\n:::{section}\neach: select 1 as one\n\n"
                + "{value}`\(read)`\n:::\n")
        #expect(repeated.tables == ["few"])
    }

    @Test("a query with very many rows, or one that fails, stands in no table")
    func large() throws {
        let read = "select count(*) from few"
        let many = "with recursive n(n) as (select 1 union all select n + 1 from n where n < 60000) select n from n"
        #expect(try filled(Self.notebook(many, [read, read])).tables == [])
        let report = try NotebookFixture().report(Self.notebook(many, [read, read]))
        #expect(report.split(separator: "\n") == ["60,000", "60,000"])
        #expect(try filled(Self.notebook("select abs(-9223372036854775808) as n", [read, read])).tables == [])
        #expect(
            try NotebookFixture().problems(
                Self.notebook("select abs(-9223372036854775808) as n", ["select n from few", read])
            )
            .contains { $0.contains("integer overflow") })
    }

    @Test("a query that uses a column of a section is another one in each of its repetitions")
    func sections() throws {
        let text = """
            ```{query} few
            sql: select name from entities where type = $kind
            ```

            :::{section}
            each: select 'person' as kind union all select 'organization' union all select 'nothing'

            {param}`kind` {value}`select count(*) from few` {value}`select count(*) = (select count(*) from entities where type = $kind) from few`
            :::
            """
        let report = try NotebookFixture().report(text, parameters: ["kind": .string("person")])
        let lines = report.split(separator: "\n").filter { !$0.isEmpty }
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.hasSuffix(" 1") })
        #expect(lines.last == "nothing 0 1")
        #expect(try filled(text, setting: ["kind"]).tables == [])
    }

    @Test("what a query gives is the same in a table as in a statement: texts that look like numbers, evidence, order")
    func values() throws {
        let cells = [
            "select count(*) from few where seven = 7", "select typeof(seven) || typeof(half) || typeof(n) from few",
            "select group_concat(seven) from few",
        ]
        let query = "select cast(7 as text) as seven, 0.5 as half, null as n union all select '6', 1, 2"
        let report = try NotebookFixture().report(Self.notebook(query, cells))
        #expect(report.split(separator: "\n") == ["1", "textrealnull", "7,6"])
        let cited = try NotebookFixture().render(
            Self.notebook(
                "select count(*) as n, evidence(claim) as evidence from claims",
                ["select n, evidence from few", "select n + 1, evidence from few"]))
        #expect(cited.files["report.md"]?.contains("](evidence/") == true)
    }

    /// The cells that are asked again when a report follows on an edit, by their places; and whether all is as without
    /// anything kept.
    private func asked(_ text: String, _ edit: (ResultsWriter) throws -> Void) throws -> [Int] {
        let fixture = try NotebookFixture()
        var kept = try fixture.renderer(text).render().kept
        #expect(try KeptReport(encoded: kept.encoded, pages: kept.encodedPages) == kept)
        let next = try fixture.database.begin(fresh: false, layers: [])
        try edit(next)
        _ = try next.finish(runKey: "next", about: [("title", "Crates"), ("pipeline", "pipelines/crates.yaml")])
        let plain = try fixture.renderer(text).render()
        let again = try fixture.renderer(text, kept: kept).render()
        #expect(again.files == plain.files)
        #expect(again.kept == plain.kept)
        for key in kept.cells.keys { kept.cells[key]?.text = CellText("KEPT") }
        let marked = try fixture.renderer(text, kept: kept).render()
        let report = String(decoding: marked.files.first { $0.path == "report.md" }?.bytes ?? [], as: UTF8.self)
        return report.split(separator: "\n").filter { !$0.isEmpty }.enumerated()
            .filter { $0.element != "KEPT" }.map(\.offset)
    }

    /// A document that is as before but for its title.
    private static func entitled(_ title: String) -> DocumentResult {
        let document = HandmadeCorpus.telegram
        let layers = LayerSet()
        for name in document.layers.names {
            if let bytes = document.layers.encoded(name) { layers.set(name, bytes: bytes) }
        }
        let facts = (try? layers.value(Metadata.self))?.entries ?? []
        layers.set(Metadata(facts.filter { $0.key != "title" } + [.init("title", title, .row)]))
        return DocumentResult(id: document.id, sha256: "00", byteCount: document.source.count, layers: layers)
    }

    @Test("a cell stays where the query that it reads is asked again and gives what it gave")
    func sameRows() throws {
        let cells = ["select n from few", "select n + 1 from few", "select max(title) from documents"]
        let text = Self.notebook("select count(title) > 0 as n from documents", cells)
        #expect(try asked(text) { try $0.put(Self.entitled("Zebra")) } == [2])
        let counted = Self.notebook("select max(title) as n from documents", cells)
        #expect(try asked(counted) { try $0.put(Self.entitled("Zebra")) } == [0, 1, 2])
    }

    @Test("a cell stays that reads a query through another one which gives what it gave")
    func nested() throws {
        let text = """
            ```{query} titles
            sql: select title from documents
            ```

            ```{query} few
            sql: select count(*) as n from titles where title is not null
            ```

            {value}`select n from few`

            {value}`select n + 1 from few`

            {value}`select max(title) from titles`
            """
        #expect(try asked(text) { try $0.put(Self.entitled("Zebra")) } == [2])
    }
}
