import StageKit
import Testing

@testable import Notebook

@Suite struct ParameterTests {
    let fixture: NotebookFixture
    init() throws { fixture = try NotebookFixture() }

    private let values: [String: OptionValue] = [
        "window": .integer(12_000), "share": .real(0.5), "name": .string("O'Hara | <b>"), "all": .bool(true),
        "words": .list([.string("sea wall"), .string("quay")]),
    ]

    @Test(
        "a parameter of the pipeline is a variable of a query",
        arguments: [
            ("$window", "12,000"), (":window + 1", "12,001"), ("@share", "0.5"), ("$all", "1"),
            ("$name = 'O''Hara | <b>'", "1"), ("(select count(*) from json_each($words))", "2"),
        ])
    func variables(sql: String, shown: String) throws {
        #expect(try fixture.report("{value}`select \(sql)`", parameters: values) == shown)
    }

    @Test(
        "a list and a mapping are JSON with keys in order, in which a number keeps its kind",
        arguments: [
            (OptionValue.list([.real(3), .integer(3), .null, .bool(true)]), "[3.0,3,null,true]"),
            (.list([.string("a \"b\" \\")]), #"["a \"b\" \\"]"#),
            (.mapping([OptionEntry("b", .integer(1)), OptionEntry("a", .list([]))]), #"{"a":[],"b":1}"#),
        ])
    func json(value: OptionValue, shown: String) throws {
        let text = try fixture.renderer("{value}`select $x = '\(shown)'`", parameters: ["x": value]).render()
        #expect(String(decoding: text.files.first { $0.path == "report.md" }?.bytes ?? [], as: UTF8.self) == "1")
    }

    @Test("and stands in prose, as data")
    func prose() throws {
        let text = "Window {param}`window`, {param}`words`, {param}`name`."
        #expect(
            try fixture.report(text, parameters: values)
                == "Window 12,000, sea wall, quay, O'Hara \\| \\<b\\>.")
    }

    @Test("a caption may hold parameters and figures")
    func captions() throws {
        let text = """
            ```{table}
            caption: Within {param}`window` of {value}`select count(*) from documents`
            sql: select $window as w
            ```
            """
        #expect(try fixture.report(text, parameters: values).hasPrefix("**Within 12,000 of 3**\n"))
    }

    @Test(
        "any other variable is a problem at its place",
        arguments: [
            (
                "{value}`select $windo`",
                "n.md:1:16: the pipeline has no parameter 'windo'. Did you mean 'window'? [unknown-parameter]"
            ),
            (
                "{value}`select ?`",
                "n.md:1:16: a query has no variables without a name. A parameter of the pipeline is written '$name'. [sql-variable]"
            ),
            (
                "{value}`select ?1`",
                "n.md:1:9: a query has no variables without a name. A parameter of the pipeline is written '$name'. [sql-variable]"
            ),
            (
                "{param}`nam`",
                "n.md:1:9: the pipeline has no parameter 'nam'. Did you mean 'name'? [unknown-parameter]"
            ),
        ])
    func unknown(text: String, message: String) {
        #expect(fixture.problems(text, parameters: values) == [message])
    }

    @Test("a cell is asked again when a parameter has another value")
    func kept() throws {
        let text = "{value}`select $window`"
        let first = try fixture.renderer(text, parameters: values).render()
        let second = try fixture.renderer(text, parameters: ["window": .integer(2)], kept: first.kept).render()
        #expect(String(decoding: second.files.first { $0.path == "report.md" }?.bytes ?? [], as: UTF8.self) == "2")
    }
}

@Suite struct SectionTests {
    let fixture: NotebookFixture
    init() throws { fixture = try NotebookFixture() }

    @Test("a section is repeated for each row, whose columns are its parameters")
    func rows() throws {
        let text = """
            before

            :::{section}
            each: select value as k, value * 2 as twice from json_each('[1, 2]')

            ## Row {param}`k`

            {value}`select $k || '/' || $twice`
            :::

            after
            """
        #expect(
            try fixture.report(text) == "before\n\n## Row 1\n\n1/2\n\n## Row 2\n\n2/4\n\nafter")
    }

    @Test("a section without rows, or whose condition does not hold, is not there")
    func conditions() throws {
        let section = { (query: String) in ":::{section}\n\(query)\n\nshown\n:::\n" }
        #expect(try fixture.report(section("each: select 1 where false")) == "")
        for value in ["0", "null", "''", "0.0"] { #expect(try fixture.report(section("when: select \(value)")) == "") }
        for value in ["1", "-1", "'x'"] {
            #expect(try fixture.report(section("when: select \(value)")) == "shown\n\n")
        }
    }

    @Test("sections stand in sections, and see the rows around them")
    func nested() throws {
        let text = """
            ::::{section}
            each: select value as a from json_each('[1, 2]')

            :::{section}
            each: select $a * value as b from json_each('[10, 100]')

            {param}`a`:{param}`b`
            :::
            ::::
            """
        let report = try fixture.report(text)
        #expect(report.split(separator: "\n").map(String.init) == ["1:10", "1:100", "2:20", "2:200"])
    }

    @Test("more repetitions than anybody reads are counted")
    func many() throws {
        let text = """
            :::{section}
            each: with recursive n(k) as (select 1 union all select k + 1 from n where k < 10000) select k from n

            x
            :::
            """
        let report = try fixture.report(text)
        #expect(report.split(separator: "\n").filter { $0 == "x" }.count == 200)
        #expect(report.contains("200 of 10,000 rows"))
    }

    @Test(
        "mistakes of a section are reported where they are",
        arguments: [
            (":::{section}\n\nx\n:::", "n.md:1:1: the section has neither 'each' nor 'when'."),
            (
                ":::{section}\neach: select 1\nwhen: select 1\n\nx\n:::",
                "n.md:1:1: the section has both 'each' and 'when'."
            ),
            (
                ":::{section}\neach: select 1 as k\n\n{value}`select $n`\n:::",
                "n.md:4:16: the pipeline has no parameter 'n'."
            ),
            (":::{section}\nwhen: select 1\n\nx", "n.md:1:1: the cell is not closed."),
            (
                ":::{section}\nwhen: select 1\n\n```{tabel}\nsql: select 1\n```\n:::",
                "n.md:4:1: there is no cell '{tabel}'."
            ),
        ])
    func mistakes(text: String, message: String) {
        let problems = fixture.problems(text)
        #expect(problems.count == 1 && problems[0].hasPrefix(message), "\(problems)")
    }
}
