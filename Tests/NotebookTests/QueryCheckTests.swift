import StageKit
import Testing

@testable import Notebook

/// What `colophon check` tells of the queries of a notebook, before there are results.
@Suite struct QueryCheckTests {
    private func problems(
        _ text: String, parameters: [String: OptionValue] = [:], layers: [LayerName] = []
    ) throws -> [String] {
        try Notebook(text, file: "n.md").problems(parameters: parameters, layers: layers).map(NotebookFixture.line)
    }

    @Test("every mistake of every query is reported at once, with its place and near names")
    func all() throws {
        let text = """
            {value}`select count(*) from claimz` and {value}`select titel from documents`

            ```{table}
            caption: Of {value}`select cont(*) from documents`
            total: select count(*) from document
            sql: |
              select document from documents
                where langauge = 'en'
            ```

            ```{chart} bar
            sql: select publisher from documents
            ```

            :::{section}
            each: select name as who from entities

            {value}`select $hwo`
            :::
            """
        #expect(
            try problems(text) == [
                "n.md:1:30: no such table: claimz. Did you mean 'claims'? [sql]",
                "n.md:1:57: no such column: titel. Did you mean 'title'? [sql]",
                "n.md:4:28: no such function: cont. Did you mean 'count'? [sql]",
                "n.md:5:29: no such table: document. Did you mean 'documents'? [sql]",
                "n.md:8:11: no such column: langauge. Did you mean 'language'? [sql]",
                "n.md:12:6: a chart needs names in its first column and numbers in another. [chart-columns]",
                "n.md:18:16: the pipeline has no parameter 'hwo'. Did you mean 'who'? [unknown-parameter]",
            ])
    }

    @Test("a chart with too many columns is told, unless one may be evidence")
    func chartColumns() throws {
        let cell = { (sql: String) in "```{chart} dispersion\nsql: \(sql)\n```" }
        #expect(
            try problems(cell("select title, date, words from documents")) == [
                "n.md:2:6: a dispersion chart needs two columns: names, and places as numbers or dates; "
                    + "this query gives 3. [chart-columns]"
            ])
        #expect(try problems(cell("select title, date, evidence(document) as shown from documents")) == [])
        #expect(try problems(cell("select title, date from documents")) == [])
    }

    @Test("the built-in report has no mistake")
    func builtIn() throws {
        for text in [BuiltInReport.text, BuiltInReport.starter] {
            #expect(try Notebook(text, file: "n.md").problems(parameters: [:]).isEmpty)
        }
        #expect(BuiltInReport.starter.split(separator: "\n", omittingEmptySubsequences: false).count <= 41)
    }

    @Test("of a layer of the user's own the table is known, and its columns are not")
    func layers() throws {
        let text = "{value}`select strength from hedges` {value}`select text from hedgez`"
        #expect(
            try problems(text, layers: ["hedges"]) == [
                "n.md:1:63: no such table: hedgez. Did you mean 'hedges'? [sql]"
            ])
    }
}
